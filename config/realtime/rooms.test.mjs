import assert from "node:assert/strict";
import { test } from "node:test";

import { Rooms, sameHost } from "./rooms.mjs";

function socketOf(user, desk = false) {
	const handlers = {};
	const rooms = new Set();
	return { user, desk, rooms, handlers, on: (event, handler) => (handlers[event] = handler), join: (room) => rooms.add(room), leave: (room) => rooms.delete(room) };
}

const rules = { mayReadDoc: async (_doctype, docname) => docname === "boleh", mayReadDoctype: async (doctype) => doctype === "OPD" };
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("a page of another host is no origin", () => {
	assert.equal(sameHost("http://absensi.localhost:8000", "absensi.localhost:8000"), true);
	assert.equal(sameHost("https://jahat.example", "absensi.localhost"), false);
	assert.equal(sameHost("null", "absensi.localhost"), false);
	assert.equal(sameHost(undefined, "absensi.localhost"), true);
});

test("staff without desk do not hear what is said to all desks", () => {
	const staff = socketOf("a@pegawai.invalid");
	new Rooms(staff, rules).welcome();
	assert.deepEqual([...staff.rooms], ["user:a@pegawai.invalid", "website"]);
	const head = socketOf("b@pegawai.invalid", true);
	new Rooms(head, rules).welcome();
	assert.ok(head.rooms.has("all"));
});

test("a room is joined only by who may read the document", async () => {
	const socket = socketOf("a");
	new Rooms(socket, rules).listen();
	socket.handlers.doc_subscribe("Absensi", "dilarang");
	socket.handlers.doc_subscribe("Absensi", "boleh");
	socket.handlers.doctype_subscribe("OPD");
	socket.handlers.doctype_subscribe("Pegawai");
	await settled();
	assert.deepEqual([...socket.rooms], ["doc:Absensi/boleh", "doctype:OPD"]);
});

test("rubbish from a browser is passed over", async () => {
	const socket = socketOf("a");
	new Rooms(socket, rules).listen();
	for (const values of [[{}], [null, 7], [], ["x".repeat(301)], [["OPD"]]]) {
		socket.handlers.doctype_subscribe(...values);
		socket.handlers.task_subscribe(...values);
	}
	await settled();
	assert.equal(socket.rooms.size, 0);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { Rooms } from "./rooms.mjs";

/** As much of a socket as Rooms touches; relay.test.mjs has the real ones. */
function socketOf(user, desk = false) {
	const handlers = {};
	const rooms = new Set();
	return {
		user,
		desk,
		rooms,
		handlers,
		connected: true,
		on: (event, handler) => (handlers[event] = handler),
		join: (room) => rooms.add(room),
		leave: (room) => rooms.delete(room),
	};
}

const rules = {
	mayReadDoc: async (_doctype, docname) => docname === "boleh" || docname === "7",
	mayReadDoctype: async (doctype) => doctype === "OPD",
};

function listening() {
	const socket = socketOf("a");
	new Rooms(socket, rules).listen();
	return socket;
}

test("staff without desk do not hear what is said to all desks", () => {
	const staff = socketOf("a@pegawai.invalid");
	new Rooms(staff, rules).welcome();
	assert.deepEqual([...staff.rooms], ["user:a@pegawai.invalid", "website"]);
	const head = socketOf("b@pegawai.invalid", true);
	new Rooms(head, rules).welcome();
	assert.ok(head.rooms.has("all"));
});

test("a room is joined only by who may read the document", async () => {
	const { handlers, rooms } = listening();
	await handlers.doc_subscribe("Absensi", "dilarang");
	await handlers.doc_subscribe("Absensi", "boleh");
	await handlers.doc_subscribe("Absensi", 7);
	await handlers.doctype_subscribe("OPD");
	await handlers.doctype_subscribe("Pegawai");
	assert.deepEqual([...rooms], ["doc:Absensi/boleh", "doc:Absensi/7", "doctype:OPD"]);
});

test("who leaves before the answer came is not put in", async () => {
	const { handlers, rooms } = listening();
	const asked = handlers.doc_subscribe("Absensi", "boleh");
	await handlers.doc_unsubscribe("Absensi", "boleh");
	await asked;
	assert.equal(rooms.size, 0);
});

test("rubbish from a browser is passed over", async () => {
	const { handlers, rooms } = listening();
	for (const values of [[{}], [null, 7], [], ["x".repeat(301)], [["OPD"]], [1.5]]) {
		await handlers.doctype_subscribe(...values);
		await handlers.task_subscribe(...values);
		await handlers.doc_open(...values);
	}
	assert.equal(rooms.size, 0);
});

test("one browser cannot be in any number of rooms", async () => {
	const { handlers, rooms } = listening();
	for (let task = 0; task < 1000; task++) await handlers.task_subscribe(`t${task}`);
	assert.equal(rooms.size, 500);
});

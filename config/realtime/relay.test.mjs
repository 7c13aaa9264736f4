import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import net from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { load, startRelay } from "./relay.mjs";

const SITE = "uji.localhost";
const USERS = { "sid=kepala": ["kepala@uji.invalid", "System User"], "sid=staf": ["staf@uji.invalid", "Website User"] };
let redis, redisPort, web, relay, publisher;
const clients = [];

async function freePort() {
	const probe = net.createServer().listen(0, "127.0.0.1");
	await once(probe, "listening");
	const { port } = probe.address();
	probe.close();
	return port;
}

async function startRedis() {
	redis = spawn("redis-server", ["--bind", "127.0.0.1", "--port", redisPort, "--save", ""], { stdio: "ignore" });
	for (let tries = 0; tries < 100; tries++) {
		const socket = net.connect(redisPort, "127.0.0.1");
		const open = await once(socket, "connect").then(() => true, () => false);
		socket.destroy();
		if (open) return;
		await sleep(50);
	}
	throw new Error("redis-server does not answer");
}

/** Answers as Frappe's whitelisted methods do. */
function answer(request, response) {
	const url = new URL(request.url, "http://web");
	const [user, user_type] = USERS[request.headers.cookie] ?? ["Guest", "Website User"];
	const site = request.headers["x-frappe-site-name"];
	const message = url.pathname.endsWith("get_user_info") ? { user, user_type } : url.searchParams.get("docname") === `milik ${user}`;
	const refused = site !== SITE || message === false || request.headers.cookie === "sid=habis";
	response.writeHead(refused ? 403 : 200, { "Content-Type": "application/json" }).end(JSON.stringify({ message }));
}

before(async () => {
	redisPort = await freePort();
	await startRedis();
	web = createServer(answer).listen(0, "127.0.0.1");
	await once(web, "listening");
	const redisUrl = `redis://127.0.0.1:${redisPort}`;
	relay = await startRelay({
		port: 0,
		redisUrl,
		web: `http://127.0.0.1:${web.address().port}`,
		defaultSite: SITE,
		isSite: (name) => name !== "hilang.localhost",
	});
	publisher = load("@redis/client").createClient({ url: redisUrl, socket: { reconnectStrategy: () => 50 } });
	publisher.on("error", () => {});
	await publisher.connect();
	await subscribed();
});

after(async () => {
	for (const client of clients) client.close();
	await publisher.disconnect();
	await relay.close();
	web.close();
	redis.kill();
});

async function subscribed() {
	for (let tries = 0; tries < 100; tries++) {
		if ((await publisher.sendCommand(["PUBSUB", "NUMSUB", "events"]).catch(() => [0, 0]))[1] > 0) return;
		await sleep(50);
	}
	throw new Error("the relay does not listen to Redis");
}

function connect(cookie, headers = {}, namespace = SITE) {
	const socket = load("socket.io-client").io(`http://127.0.0.1:${relay.port}/${namespace}`, {
		forceNew: true,
		reconnection: false,
		extraHeaders: { ...(cookie && { Cookie: cookie }), ...headers },
	});
	clients.push(socket);
	socket.heard = [];
	socket.onAny((event, message) => socket.heard.push([event, message]));
	return new Promise((resolve, reject) => {
		socket.on("connect", () => resolve(socket));
		socket.on("connect_error", reject);
	});
}

const publish = (event, room, namespace = SITE) =>
	publisher.publish("events", JSON.stringify({ event, message: { a: 1 }, room, namespace }));

async function until(condition) {
	for (let tries = 0; tries < 100 && !condition(); tries++) await sleep(20);
	assert.ok(condition());
}

test("each hears what is said to them, and desks what is said to desks", async () => {
	const [head, staff, guest] = [await connect("sid=kepala"), await connect("sid=staf"), await connect()];
	await publish("untuk-semua", "all");
	await publish("tanpa-ruang", null);
	await publish("untuk-staf", "user:staf@uji.invalid");
	await publisher.publish("events", "bukan json");
	await publish("selesai", "website");
	await until(() => [head, staff, guest].every(({ heard }) => heard.some(([event]) => event === "selesai")));
	const events = ({ heard }) => heard.map(([event]) => event);
	assert.deepEqual(events(head), ["untuk-semua", "tanpa-ruang", "selesai"]);
	assert.deepEqual(events(staff), ["untuk-staf", "selesai"]);
	assert.deepEqual(events(guest), ["selesai"]);
	assert.deepEqual(staff.heard[0][1], { a: 1 });
});

test("strange origins, other sites and ended sessions are refused", async () => {
	await assert.rejects(connect("sid=kepala", { Origin: "https://jahat.example" }), /Invalid origin/);
	await assert.rejects(connect("sid=kepala", {}, "lain.localhost"), /Invalid namespace/);
	await assert.rejects(connect("sid=kepala", { "X-Frappe-Site-Name": "lain.localhost" }, "lain.localhost"), /Unauthorized/);
	await assert.rejects(connect("sid=kepala", {}, "hilang.localhost"), /Invalid namespace/);
	await assert.rejects(connect("sid=habis"), /Unauthorized/);
});

test("publishing to a site nobody is on opens no door to it", async () => {
	await publish("x", "all", "kosong.localhost");
	await assert.rejects(connect("sid=kepala", {}, "kosong.localhost"), /Invalid namespace/);
});

test("a document is heard of only by who may read it, and its viewers know of each other", async () => {
	const [head, staff] = [await connect("sid=kepala"), await connect("sid=staf")];
	for (const socket of [head, staff]) socket.emit("doc_subscribe", "Absensi", "milik staf@uji.invalid");
	for (const socket of [head, staff]) socket.emit("doc_open", "Absensi", "milik staf@uji.invalid");
	await until(() => staff.heard.length > 0);
	assert.deepEqual(staff.heard[0], ["doc_viewers", { doctype: "Absensi", docname: "milik staf@uji.invalid", users: ["staf@uji.invalid"] }]);
	await publish("doc_update", "doc:Absensi/milik staf@uji.invalid");
	await until(() => staff.heard.some(([event]) => event === "doc_update"));
	assert.deepEqual(head.heard, []);
});

test("a Redis that ends and comes back is listened to again", async () => {
	const head = await connect("sid=kepala");
	redis.kill();
	await once(redis, "exit");
	await startRedis();
	await subscribed();
	await publish("kembali", "all");
	await until(() => head.heard.some(([event]) => event === "kembali"));
});

// socket.io between Redis, where Frappe publishes events, and browsers.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import { authenticator } from "./access.mjs";
import { parseEvent } from "./events.mjs";
import { Rooms } from "./rooms.mjs";

export const load = createRequire(fileURLToPath(new URL("../node/node_modules/from-here.js", import.meta.url)));

function listenToBrowsers(options) {
	const { Server } = load("socket.io");
	const http = createServer((_request, response) => response.writeHead(404).end());
	const io = new Server(http, { serveClient: false, maxHttpBufferSize: 100_000 });
	// Only for sites there are: a namespace stays once it was asked for, and anybody may ask.
	const sites = io.of((namespace, _auth, next) => next(null, options.isSite(namespace.slice(1))));
	sites.use(authenticator(options));
	// Kept here, as io.of() with the name of a namespace that nobody is in would make one that lets everybody in.
	const open = new Map();
	sites.on("connection", (socket) => {
		open.set(socket.nsp.name, socket.nsp);
		const rooms = new Rooms(socket, socket.asker);
		rooms.welcome();
		rooms.listen();
	});
	return { http, io, open };
}

function listenToFrappe(url, open) {
	const redis = load("@redis/client").createClient({
		url,
		socket: { reconnectStrategy: (tries) => Math.min(tries * 100, 3000) },
	});
	let said = "";
	// Without a listener a lost connection would end the process. The client connects and subscribes again by itself.
	redis.on("error", (error) => {
		const reason = error.message || error.code;
		if (reason !== said) console.error(`realtime: Redis: ${reason}; trying again.`);
		said = reason;
	});
	redis.on("ready", () => (said = ""));
	const relay = (text) => {
		const event = parseEvent(text);
		if (event) open.get(event.namespace)?.to(event.room).emit(event.event, event.message);
	};
	redis
		.connect()
		.then(() => redis.subscribe("events", relay))
		.catch((error) => redis.emit("error", error));
	return redis;
}

/**
 * Serves until `close()`, on loopback only. `port` 0 takes any free one; `port` of the result tells which.
 * `web` is the web server's address, `isSite(name)` tells whether there is such a site.
 */
export async function startRelay({ port, redisUrl, web, defaultSite, isSite }) {
	const { http, io, open } = listenToBrowsers({ web, defaultSite, isSite });
	await new Promise((resolve, reject) => {
		http.once("error", reject);
		http.listen(port, "127.0.0.1", resolve);
	});
	const redis = listenToFrappe(redisUrl, open);
	const close = async () => {
		await redis.disconnect().catch(() => {}); // not connected at this moment: nothing to end
		await new Promise((resolve) => io.close(resolve));
	};
	return { port: http.address().port, close };
}

// The socket.io server between Redis, where Frappe publishes events, and browsers. Contract: docs/decisions/0003-desk-bundles.md.
// Who somebody is and what they may listen to is asked of the web server, with the browser's own cookie.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { Rooms, sameHost } from "./rooms.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const load = createRequire(path.resolve(here, "../node/node_modules/x.js"));
const { Server } = load("socket.io");
const { createClient } = load("@redis/client");

const config = JSON.parse(readFileSync(path.resolve(here, "../../sites/common_site_config.json"), "utf8"));
const port = Number(process.env.FRAPPE_SOCKETIO_PORT || config.socketio_port);
const web = process.env.SPBE_WEB_URL || `http://127.0.0.1:${config.webserver_port}`;

/** One call of a whitelisted method as this browser; null when refused. */
async function ask(socket, method, query = {}) {
	const url = `${web}/api/method/${method}?${new URLSearchParams(query)}`;
	const headers = { Cookie: socket.request.headers.cookie ?? "", "X-Frappe-Site-Name": socket.site, Host: socket.site };
	try {
		const answer = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(10_000) });
		return answer.ok ? ((await answer.json()).message ?? null) : null;
	} catch {
		return null;
	}
}

async function authenticate(socket, next) {
	const { headers } = socket.request;
	socket.site = socket.nsp.name.slice(1);
	const resolved = headers["x-frappe-site-name"] || (headers.host ?? "").split(":")[0];
	if (!sameHost(headers.origin, headers.host) || resolved !== socket.site) return next(new Error("Invalid origin"));
	const info = await ask(socket, "frappe.realtime.get_user_info");
	if (!info?.user) return next(new Error("Unauthorized"));
	socket.user = info.user;
	socket.desk = info.user_type === "System User";
	return next();
}

function serve(socket) {
	const rooms = new Rooms(socket, {
		mayReadDoc: async (doctype, docname) =>
			(await ask(socket, "frappe.realtime.can_subscribe_doc", { doctype, docname })) === true,
		mayReadDoctype: async (doctype) =>
			(await ask(socket, "frappe.realtime.can_subscribe_doctype", { doctype })) === true,
	});
	rooms.welcome();
	rooms.listen();
}

const http = createServer((_request, response) => response.writeHead(404).end());
const io = new Server(http, { serveClient: false, maxHttpBufferSize: 100_000 });
const sites = io.of(/^\/[A-Za-z0-9.-]+$/);
sites.use(authenticate);
sites.on("connection", serve);

const redis = createClient({
	url: config.redis_socketio || config.redis_queue,
	socket: { reconnectStrategy: (tries) => Math.min(tries * 100, 3000) },
});
// Without a listener a lost connection would end the process; the client connects again by itself.
redis.on("error", (error) => console.error(`realtime: Redis: ${error.message || error.code}`));
await redis.connect();
await redis.subscribe("events", (text) => {
	const { event, message, room, namespace } = JSON.parse(text);
	if (!event || !namespace) return;
	const target = io.of(`/${namespace}`);
	(room ? target.to(room) : target).emit(event, message);
});

http.listen(port, "127.0.0.1");
for (const signal of ["SIGTERM", "SIGINT"]) {
	process.on(signal, () => {
		io.close();
		redis.disconnect().finally(() => process.exit(0));
		setTimeout(() => process.exit(0), 2000).unref();
	});
}

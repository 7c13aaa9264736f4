// Screens that watch: node screens.mjs URL SITE COUNT OPD, with the log-in's cookie on standard input.
// Says "ready" when all have joined the room, and after each line on standard input how many messages they have got since.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const load = createRequire(new URL("../../config/node/node_modules/from-here.js", import.meta.url));
const { io } = load("socket.io-client");

const [url, site, count, opd] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const cookie = (await lines.next()).value;
// As many permissions are asked for at once as the web workers answer.
const AT_ONCE = 10;
let messages = 0;

function watch() {
	return new Promise((resolve, reject) => {
		const extraHeaders = { Cookie: cookie, Host: site, Origin: `http://${site}` };
		const socket = io(`${url}/${site}`, { extraHeaders, transports: ["websocket"], forceNew: true });
		socket.on("spbe_ringkasan", () => (messages += 1));
		socket.on("connect_error", reject);
		socket.on("connect", () => {
			socket.emit("doc_subscribe", "Ringkasan OPD", opd);
			resolve(socket);
		});
	});
}

for (let made = 0; made < Number(count); made += AT_ONCE) {
	await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - made) }, watch));
}
// The answers to the last questions are still on their way.
await new Promise((resolve) => setTimeout(resolve, 3000));
messages = 0;
console.log("ready");
while (!(await lines.next()).done) {
	console.log(messages);
	messages = 0;
}
process.exit(0);

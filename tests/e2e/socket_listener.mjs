// Listens to the room of an OPD's summary: node socket_listener.mjs URL HOST OPD, with the log-in's cookie on standard input.
// Says "connected" once the server has heard of the room, then each message on a line.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { io } = createRequire(new URL("../../config/node/node_modules/from-here.js", import.meta.url))("socket.io-client");
const [url, host, opd] = process.argv.slice(2);
const cookie = (await createInterface({ input: process.stdin })[Symbol.asyncIterator]().next()).value;
const extraHeaders = { Cookie: cookie, Host: host, Origin: `http://${host}` };
const socket = io(`${url}/${host}`, { extraHeaders, transports: ["websocket"] });
socket.on("connect_error", (error) => {
	console.log(`refused ${error.message}`);
	process.exit(0);
});
socket.on("spbe_ringkasan", (message) => console.log(JSON.stringify(message)));
socket.on("connect", () => {
	socket.emit("doc_subscribe", "Ringkasan OPD", opd);
	// The room is joined when the web server has been asked.
	setTimeout(() => console.log("connected"), 3000);
});

// The realtime server of the bench; see docs/decisions/0003-desk-bundles-and-realtime.md.
//   node config/realtime/server.mjs     (environment: FRAPPE_SOCKETIO_PORT, SPBE_WEB_URL)
import { existsSync, readFileSync } from "node:fs";

import { SITE } from "./access.mjs";
import { startRelay } from "./relay.mjs";

const SITES = new URL("../../sites/", import.meta.url);
const PATIENCE_MS = 2000;

function settings() {
	const config = JSON.parse(readFileSync(new URL("common_site_config.json", SITES), "utf8"));
	return {
		port: Number(process.env.FRAPPE_SOCKETIO_PORT || config.socketio_port || 9000),
		// Where Frappe's publish_realtime publishes to.
		redisUrl: config.redis_queue || config.redis_socketio,
		web: (process.env.SPBE_WEB_URL || `http://127.0.0.1:${config.webserver_port || 8000}`).replace(/\/$/, ""),
		defaultSite: config.default_site,
		isSite: (name) => SITE.test(name) && existsSync(new URL(`${name}/site_config.json`, SITES)),
	};
}

try {
	const relay = await startRelay(settings());
	console.log(`realtime: listening on 127.0.0.1:${relay.port}`);
	const stop = () => {
		setTimeout(() => process.exit(0), PATIENCE_MS).unref();
		relay.close().finally(() => process.exit(0));
	};
	process.on("SIGTERM", stop);
	process.on("SIGINT", stop);
} catch (error) {
	console.error(`The realtime server could not start: ${error.message}`);
	process.exitCode = 1;
}

// Frappe keeps assets.json in its Redis cache and would go on naming bundles that are gone.
import { readFile } from "node:fs/promises";
import path from "node:path";

import { load } from "./compile.mjs";

/** Makes a running site read the tables anew. Without a configuration or a Redis that answers there is nothing to forget. */
export async function forgetTables(sitesPath) {
	const text = await readFile(path.join(sitesPath, "common_site_config.json"), "utf8").catch(() => "{}");
	const url = JSON.parse(text).redis_cache;
	if (!url) return false;
	const client = load("@redis/client").createClient({ url, socket: { connectTimeout: 500, reconnectStrategy: false } });
	client.on("error", () => {}); // without a listener, the refusal that connect() below reports would end the process
	try {
		await client.connect();
		await client.del("assets_json");
		await client.disconnect();
		return true;
	} catch {
		return false;
	}
}

import { SITE } from "./access.mjs";

/**
 * What Frappe published, `{namespace, room, event, message}`; null for anything else that came over the channel.
 * Without a room it is for all desks: publishing to everybody, guests too, is never meant.
 */
export function parseEvent(text) {
	let values;
	try {
		values = JSON.parse(text);
	} catch {
		return null;
	}
	const { event, message, room, namespace } = values ?? {};
	if (typeof event !== "string" || !event || typeof namespace !== "string" || !SITE.test(namespace)) return null;
	return { namespace: `/${namespace}`, room: room ? String(room) : "all", event, message };
}

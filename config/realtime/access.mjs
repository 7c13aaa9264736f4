// Who may connect to which site. Who somebody is, the web server says: it is asked with the browser's own credentials.

/** Names of sites: those of folders below sites/, so nothing that could leave it. */
export const SITE = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

const hostname = (address) => new URL(address).hostname;

/** A socket must come from a page of the same host, whatever its port; programs that are no browser send no origin. */
export function sameHost(origin, host) {
	if (!origin) return true;
	try {
		return hostname(origin) === hostname(`http://${host}`);
	} catch {
		return false;
	}
}

/** The site that a request is meant for, as the web server would resolve it: the proxy's word, or else the host's name. */
export function siteOf(headers, defaultSite) {
	if (headers["x-frappe-site-name"]) return headers["x-frappe-site-name"];
	try {
		const name = hostname(`http://${headers.host}`);
		return LOOPBACK.includes(name) ? defaultSite : name;
	} catch {
		return undefined;
	}
}

/** Calls whitelisted methods as the browser of one socket. */
export class Asker {
	constructor(web, site, { cookie, authorization } = {}) {
		this.web = web;
		this.headers = { Accept: "application/json", "X-Frappe-Site-Name": site };
		if (cookie) this.headers.Cookie = cookie;
		if (authorization) this.headers.Authorization = authorization;
	}

	/** What the method returns; null when it refuses or cannot be asked. */
	async ask(method, query = {}) {
		try {
			const answer = await fetch(`${this.web}/api/method/${method}?${new URLSearchParams(query)}`, {
				headers: this.headers,
				redirect: "error",
				signal: AbortSignal.timeout(10_000),
			});
			return answer.ok ? ((await answer.json()).message ?? null) : null;
		} catch {
			return null;
		}
	}

	mayReadDoc = async (doctype, docname) =>
		(await this.ask("frappe.realtime.can_subscribe_doc", { doctype, docname })) === true;

	mayReadDoctype = async (doctype) => (await this.ask("frappe.realtime.can_subscribe_doctype", { doctype })) === true;
}

/**
 * Middleware of the namespaces: lets a socket in and tells who it is (`socket.user`, `socket.desk`, `socket.asker`).
 * A namespace of another site than the one the request was sent to is refused: cookies of one are no proof to the other.
 */
export function authenticator({ web, defaultSite }) {
	return async (socket, next) => {
		const { headers } = socket.request;
		const site = socket.nsp.name.slice(1);
		if (!sameHost(headers.origin, headers.host)) return next(new Error("Invalid origin"));
		if (siteOf(headers, defaultSite) !== site) return next(new Error("Invalid namespace"));
		socket.asker = new Asker(web, site, headers);
		const info = await socket.asker.ask("frappe.realtime.get_user_info");
		if (!info?.user) return next(new Error("Unauthorized"));
		socket.user = info.user;
		socket.desk = info.user_type === "System User";
		return next();
	};
}

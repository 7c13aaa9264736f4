// Which rooms a browser is in. Names are those that Frappe's Python side publishes to.

/** A socket must come from a page of the same host; other programs send no origin. */
export function sameHost(origin, host) {
	if (!origin) return true;
	try {
		return new URL(origin).hostname === new URL(`http://${host}`).hostname;
	} catch {
		return false;
	}
}

const text = (value) => typeof value === "string" && value.length > 0 && value.length <= 300;

export class Rooms {
	/** `rules`: mayReadDoc(doctype, docname) and mayReadDoctype(doctype), promises of booleans. */
	constructor(socket, rules) {
		this.socket = socket;
		this.rules = rules;
	}

	/** The rooms one is in by being who one is. */
	welcome() {
		this.socket.join(`user:${this.socket.user}`);
		this.socket.join("website");
		if (this.socket.desk) this.socket.join("all");
	}

	listen() {
		this.on("doctype_subscribe", (doctype) => this.guarded(this.rules.mayReadDoctype, `doctype:${doctype}`, doctype));
		this.on("doctype_unsubscribe", (doctype) => this.socket.leave(`doctype:${doctype}`));
		this.on("doc_subscribe", (...doc) => this.guarded(this.rules.mayReadDoc, `doc:${doc.join("/")}`, ...doc));
		this.on("doc_unsubscribe", (...doc) => this.socket.leave(`doc:${doc.join("/")}`));
		this.on("doc_open", (...doc) => this.open(...doc));
		this.on("doc_close", (...doc) => this.close(...doc));
		this.on("task_subscribe", (task) => this.socket.join(`task:${task}`));
		this.on("task_unsubscribe", (task) => this.socket.leave(`task:${task}`));
		this.on("progress_subscribe", (task) => this.socket.join(`task_progress:${task}`));
		this.socket.on("disconnecting", () => {
			for (const room of this.socket.rooms) if (room.startsWith("open_doc:")) this.tellViewers(room, this.socket.id);
		});
	}

	/** Anything but short texts is passed over: it comes from outside. */
	on(event, handler) {
		this.socket.on(event, (...values) => {
			if (values.length && values.every(text)) handler(...values);
		});
	}

	async guarded(rule, room, ...values) {
		if (await rule(...values)) this.socket.join(room);
		return room;
	}

	async open(doctype, docname) {
		const room = `open_doc:${doctype}/${docname}`;
		if (!(await this.rules.mayReadDoc(doctype, docname))) return;
		this.socket.join(room);
		await this.tellViewers(room);
	}

	async close(doctype, docname) {
		const room = `open_doc:${doctype}/${docname}`;
		if (!this.socket.rooms.has(room)) return;
		this.socket.leave(room);
		await this.tellViewers(room);
	}

	/** Everybody in an open form learns who else is. */
	async tellViewers(room, leaving = null) {
		const [doctype, docname] = room.slice("open_doc:".length).split(/\/(.*)/s);
		const sockets = await this.socket.nsp.in(room).fetchSockets();
		const users = [...new Set(sockets.filter(({ id }) => id !== leaving).map(({ id }) => this.userOf(id)))];
		this.socket.nsp.to(room).emit("doc_viewers", { doctype, docname, users: users.filter(Boolean) });
	}

	userOf(id) {
		return this.socket.nsp.sockets.get(id)?.user;
	}
}

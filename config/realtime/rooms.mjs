// Which rooms a browser is in. Their names are those that Frappe's Python side publishes to.

/** Nobody has so many forms open; without a bound one socket could fill the memory. */
const MOST_ROOMS = 500;
const text = (value) => typeof value === "string" && value.length > 0 && value.length <= 300;
/** Numbered documents have numbers for names. */
const plain = (value) => (Number.isSafeInteger(value) ? String(value) : value);

export class Rooms {
	/** `rules`: mayReadDoc(doctype, docname) and mayReadDoctype(doctype), promises of booleans. */
	constructor(socket, rules) {
		this.socket = socket;
		this.rules = rules;
		this.wanted = new Set();
	}

	/** The rooms one is in by being who one is. */
	welcome() {
		this.socket.join(`user:${this.socket.user}`);
		this.socket.join("website");
		if (this.socket.desk) this.socket.join("all");
	}

	listen() {
		const { mayReadDoc, mayReadDoctype } = this.rules;
		const doc = (doctype, name) => `doc:${doctype}/${name}`;
		this.on("doctype_subscribe", 1, (doctype) => this.enter(`doctype:${doctype}`, mayReadDoctype(doctype)));
		this.on("doctype_unsubscribe", 1, (doctype) => this.leave(`doctype:${doctype}`));
		this.on("doc_subscribe", 2, (...names) => this.enter(doc(...names), mayReadDoc(...names)));
		this.on("doc_unsubscribe", 2, (...names) => this.leave(doc(...names)));
		this.on("doc_open", 2, (...names) => this.open(...names));
		this.on("doc_close", 2, (...names) => this.close(...names));
		// The name of a task is its secret: whoever started it was told.
		this.on("task_subscribe", 1, (task) => this.enter(`task:${task}`));
		this.on("task_unsubscribe", 1, (task) => this.leave(`task:${task}`));
		this.on("progress_subscribe", 1, (task) => this.enter(`task_progress:${task}`));
		this.socket.on("disconnecting", () => {
			for (const room of this.socket.rooms) if (room.startsWith("open_doc:")) this.tellViewers(room, this.socket.id);
		});
	}

	/** Anything but the expected number of short texts is passed over: it comes from outside. */
	on(event, count, handler) {
		this.socket.on(event, async (...values) => {
			const names = values.slice(0, count).map(plain);
			if (names.length !== count || !names.every(text)) return;
			try {
				await handler(...names);
			} catch (error) {
				console.error(`realtime: ${event}: ${error.message}`);
			}
		});
	}

	/** Joins once it is allowed, unless the browser has left or gone meanwhile; true if joined. */
	async enter(room, allowed = true) {
		if (this.socket.rooms.size + this.wanted.size >= MOST_ROOMS) return false;
		this.wanted.add(room);
		const joins = (await allowed) && this.wanted.has(room) && this.socket.connected;
		this.wanted.delete(room);
		if (joins) this.socket.join(room);
		return joins;
	}

	/** True if it was in there. */
	leave(room) {
		this.wanted.delete(room);
		const was = this.socket.rooms.has(room);
		this.socket.leave(room);
		return was;
	}

	async open(doctype, docname) {
		const room = `open_doc:${doctype}/${docname}`;
		if (await this.enter(room, this.rules.mayReadDoc(doctype, docname))) this.tellViewers(room);
	}

	close(doctype, docname) {
		const room = `open_doc:${doctype}/${docname}`;
		if (this.leave(room)) this.tellViewers(room);
	}

	/** Everybody in an open form learns who else is. */
	tellViewers(room, leaving = null) {
		const [, doctype, docname] = room.match(/^open_doc:([^/]*)\/(.*)$/s);
		const { nsp } = this.socket;
		const ids = [...(nsp.adapter.rooms.get(room) ?? [])].filter((id) => id !== leaving);
		const users = new Set(ids.map((id) => nsp.sockets.get(id)?.user).filter(Boolean));
		nsp.to(room).emit("doc_viewers", { doctype, docname, users: [...users] });
	}
}

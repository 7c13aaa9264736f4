import assert from "node:assert/strict";
import { test } from "node:test";

import { parseEvent } from "./events.mjs";

test("an event of Frappe's goes to its site and room", () => {
	const text = JSON.stringify({ event: "doc_update", message: { name: "1" }, room: "doc:OPD/1", namespace: "a.localhost" });
	assert.deepEqual(parseEvent(text), { namespace: "/a.localhost", room: "doc:OPD/1", event: "doc_update", message: { name: "1" } });
});

test("an event without a room is for desks, not for guests", () => {
	assert.equal(parseEvent('{"event":"x","namespace":"a.localhost","room":null}').room, "all");
});

test("what is no event is passed over", () => {
	for (const text of ["", "{", "null", "7", "{}", '{"event":"x"}', '{"event":"x","namespace":"../y"}', '{"event":1,"namespace":"a"}']) {
		assert.equal(parseEvent(text), null, text);
	}
});

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";

import { copyPublic, publish } from "./output.mjs";
import { folderWith } from "./testing.mjs";

const json = async (...parts) => JSON.parse(await readFile(path.join(...parts), "utf8"));
const bundle = (name, content) => ({ kind: "js", name, content });

test("building one app leaves the rows of the others and drops its own stale ones", async (t) => {
	const out = await folderWith(t, {});
	await publish([bundle("desk.bundle.js", "1"), bundle("lama.bundle.js", "1")], "frappe", out);
	await publish([bundle("peta.bundle.js", "1")], "spbe_attendance", out);
	await publish([bundle("desk.bundle.js", "2")], "frappe", out);
	const table = await json(out, "assets.json");
	assert.deepEqual(Object.keys(table), ["desk.bundle.js", "peta.bundle.js"]);
	assert.deepEqual(await readdir(path.join(out, "frappe/dist/js")), [path.basename(table["desk.bundle.js"])]);
	assert.equal(await readFile(path.join(out, "..", path.basename(out), table["desk.bundle.js"].slice("/assets/".length)), "utf8"), "2");
});

test("right-to-left styles have a table of their own", async (t) => {
	const out = await folderWith(t, {});
	await publish([{ kind: "css", name: "desk.bundle.css", content: "a" }, { kind: "css-rtl", name: "desk.bundle.css", content: "b" }], "frappe", out);
	assert.match((await json(out, "assets.json"))["desk.bundle.css"], /^\/assets\/frappe\/dist\/css\/desk\.bundle\.[0-9A-F]{8}\.css$/);
	assert.match((await json(out, "assets-rtl.json"))["rtl_desk.bundle.css"], /^\/assets\/frappe\/dist\/css-rtl\/desk\.bundle\./);
});

test("a damaged table is reported and left as it is", async (t) => {
	const out = await folderWith(t, { "assets.json": "{" });
	await assert.rejects(publish([], "frappe", out), /assets\.json is not JSON: remove it/);
	assert.equal(await readFile(path.join(out, "assets.json"), "utf8"), "{");
});

test("pictures are copied, removed ones go, bundles stay", async (t) => {
	const folder = await folderWith(t, { "images/baru.png": "x", "dist/js/salah.js": "x" });
	const out = await folderWith(t, { "app/images/lama.png": "x", "app/sounds/lama.mp3": "x", "app/dist/js/a.js": "x" });
	await copyPublic(folder, "app", out);
	assert.deepEqual((await readdir(path.join(out, "app"))).sort(), ["dist", "images"]);
	assert.deepEqual(await readdir(path.join(out, "app/images")), ["baru.png"]);
	assert.deepEqual(await readdir(path.join(out, "app/dist/js")), ["a.js"]);
});

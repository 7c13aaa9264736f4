import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import { byOutput, entryPoints, hashedName, outputOf } from "./entries.mjs";
import { folderWith } from "./testing.mjs";

test("a name changes with the content and with nothing else", () => {
	assert.match(hashedName("desk.bundle.js", "a"), /^desk\.bundle\.[0-9A-F]{8}\.js$/);
	assert.equal(hashedName("desk.bundle.js", "a"), hashedName("desk.bundle.js", Buffer.from("a")));
	assert.notEqual(hashedName("desk.bundle.js", "a"), hashedName("desk.bundle.js", "b"));
});

test("only bundles are entry points, in a fixed order, built ones left out", async (t) => {
	const folder = await folderWith(t, { "js/z.bundle.js": "", "js/a.bundle.scss": "", "js/plain.js": "", "js/dist/old.bundle.js": "" });
	assert.deepEqual((await entryPoints(folder)).map((file) => path.basename(file)), ["a.bundle.scss", "z.bundle.js"]);
});

test("a style language that is not built is refused, not passed over", async (t) => {
	const folder = await folderWith(t, { "css/lama.bundle.less": "" });
	await assert.rejects(entryPoints(folder), /lama\.bundle\.less .* write it as \.scss/);
});

test("a script and a style of one name do not hide each other, two scripts would", () => {
	assert.equal(outputOf("/x/scss/desk.bundle.scss"), "css/desk.bundle");
	assert.deepEqual(Object.keys(byOutput(["/x/desk.bundle.js", "/x/desk.bundle.scss"])), ["js/desk.bundle", "css/desk.bundle"]);
	assert.throws(() => byOutput(["/x/desk.bundle.js", "/y/desk.bundle.ts"]), /Two bundles are called desk\.bundle\.ts/);
});

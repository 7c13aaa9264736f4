import assert from "node:assert/strict";
import { mkdtemp, mkdir, writeFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import vm from "node:vm";

import { entryPoints, hashedName } from "./build.mjs";
import { templateModule } from "./plugins.mjs";

test("a name changes with the content and with nothing else", () => {
	assert.match(hashedName("desk.bundle.js", "a"), /^desk\.bundle\.[0-9A-F]{8}\.js$/);
	assert.equal(hashedName("desk.bundle.js", "a"), hashedName("desk.bundle.js", Buffer.from("a")));
	assert.notEqual(hashedName("desk.bundle.js", "a"), hashedName("desk.bundle.js", "b"));
});

test("only bundles are entry points, in a fixed order, built ones left out", async () => {
	const folder = await mkdtemp(path.join(os.tmpdir(), "bundles-"));
	await mkdir(path.join(folder, "js/dist"), { recursive: true });
	for (const name of ["js/z.bundle.js", "js/a.bundle.scss", "js/plain.js", "js/dist/old.bundle.js"]) {
		await writeFile(path.join(folder, name), "");
	}
	assert.deepEqual((await entryPoints(folder)).map((file) => path.basename(file)), ["a.bundle.scss", "z.bundle.js"]);
	await rm(folder, { recursive: true });
});

test("a template survives quotes, comments and line breaks", () => {
	const frappe = { templates: {} };
	vm.runInNewContext(templateModule("kartu", "<b title='x'>\n\t\"`${1}`\\</b><!-- weg -->"), { frappe });
	assert.equal(frappe.templates.kartu, "<b title='x'> \"`${1}`\\</b>");
});

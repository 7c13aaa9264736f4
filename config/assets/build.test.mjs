import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

import { injection } from "./compile.mjs";
import { templateModule } from "./plugins.mjs";
import { folderWith } from "./testing.mjs";

const BUILDER = fileURLToPath(new URL("./build.mjs", import.meta.url));
const SOURCES = {
	"apps/frappe/frappe/public/scss/warna.scss": "$merah: #c00;",
	"apps/frappe/frappe/public/images/titik.png": "x",
	"apps/frappe/frappe/public/js/kosong.bundle.js": "export {};",
	"apps/app/app/public/js/kartu.bundle.js":
		'import "./kartu.html"; import Kartu from "./Kartu.vue"; import md5 from "md5"; window.hasil = [Kartu.__scopeId, md5("a")];',
	"apps/app/app/public/js/kartu.html": "<b>\n{{ nama }}</b>",
	"apps/app/app/public/js/Kartu.vue": "<template><p>x</p></template><script setup></script><style scoped>p { color: red }</style>",
	"apps/app/app/public/scss/meja.bundle.scss":
		'@import "frappe/public/scss/warna"; @import "~bootstrap/scss/functions"; a { margin-left: 1px; color: $merah; user-select: none; background: url("/assets/frappe/images/titik.png") }',
};

const build = (folder, ...options) =>
	spawnSync("node", [BUILDER, "--apps-path", "apps", "--sites-path", "sites", ...options], { cwd: folder, encoding: "utf8" });

test("an app's bundles come out as Frappe looks them up, the same wherever the bench lies", async (t) => {
	const [one, two] = [await folderWith(t, SOURCES), await folderWith(t, SOURCES)];
	for (const folder of [one, two]) {
		const done = build(folder, "--app", "frappe", "--app", "app", "--production");
		assert.equal(done.status, 0, done.stderr);
	}
	const read = (folder, name) => readFile(path.join(folder, "sites/assets", name), "utf8");
	assert.equal(await read(one, "assets.json"), await read(two, "assets.json"));
	const table = JSON.parse(await read(one, "assets.json"));
	assert.deepEqual(Object.keys(table), ["kartu.bundle.css", "kartu.bundle.js", "kosong.bundle.js", "meja.bundle.css"]);

	const style = await read(one, table["meja.bundle.css"].slice("/assets/".length));
	assert.match(style, /margin-left:1px/);
	assert.match(style, /#c00/);
	assert.match(style, /-webkit-user-select:none/);
	assert.match(style, /url\(\/assets\/frappe\/images\/titik\.png\)/);
	const rtl = JSON.parse(await read(one, "assets-rtl.json"))["rtl_meja.bundle.css"];
	assert.match(await read(one, rtl.slice("/assets/".length)), /margin-right:\s?1px/);

	const script = await read(one, table["kartu.bundle.js"].slice("/assets/".length));
	const head = [];
	const frappe = { templates: {} };
	const window = {};
	const document = { createElement: () => ({}), head: { append: (element) => head.push(element) } };
	vm.runInNewContext(script, { frappe, window, document, console });
	assert.equal(frappe.templates.kartu, "<b> {{ nama }}</b>");
	assert.equal(window.hasil[1], "0cc175b9c0f1b6a831c399e269772661");
	assert.ok(head[0].textContent.includes(window.hasil[0]), "the styles of the component come along in the script");
	assert.deepEqual(await readdir(path.join(one, "sites/assets/frappe/images")), ["titik.png"]);
});

test("a source that does not compile stops the build with its place, and leaves the earlier result", async (t) => {
	const folder = await folderWith(t, { "apps/frappe/frappe/public/js/rusak.bundle.js": "let a = ;", "sites/assets/assets.json": "{}" });
	const done = build(folder);
	assert.equal(done.status, 1);
	assert.match(done.stderr, /^The bundles could not be built: Unexpected ";" \(.*rusak\.bundle\.js:1\)\.\n$/);
	assert.equal(await readFile(path.join(folder, "sites/assets/assets.json"), "utf8"), "{}");
});

test("an app that is not there is named", async (t) => {
	const done = build(await folderWith(t, { "apps/kosong": "" }), "--app", "hilang");
	assert.equal(done.status, 1);
	assert.match(done.stderr, /There is no app hilang/);
});

test("a template survives quotes, comments and line breaks", () => {
	const frappe = { templates: {} };
	vm.runInNewContext(templateModule("kartu", "<b title='x'>\n\t\"`${1}`\\</b><!-- weg -->"), { frappe });
	assert.equal(frappe.templates.kartu, "<b title='x'> \"`${1}`\\</b>");
});

test("a style survives being carried in a script", () => {
	const added = [];
	const document = { createElement: () => ({}), head: { append: (element) => added.push(element) } };
	vm.runInNewContext(injection('a::before { content: "\\201C" }'), { document });
	assert.equal(added[0].textContent, 'a::before { content: "\\201C" }');
});

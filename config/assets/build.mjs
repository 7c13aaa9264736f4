// Builds the bundles that Frappe's Python side looks up in assets.json. Contract: docs/decisions/0003-desk-bundles.md.
//   node config/assets/build.mjs --apps-path apps --sites-path sites --app frappe --out sites/assets --production
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { publicFiles, scss, templates } from "./plugins.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const nodeModules = path.resolve(here, "../node/node_modules");
const load = createRequire(path.join(nodeModules, "x.js"));
const BUNDLE = /\.bundle\.(js|ts|jsx|css|scss)$/;

/** Every entry point below a folder, sorted: the output must not depend on the file system. */
export async function entryPoints(folder) {
	const found = [];
	const walk = async (current) => {
		for (const entry of await readdir(current, { withFileTypes: true }).catch(() => [])) {
			const file = path.join(current, entry.name);
			if (entry.isDirectory() && !["node_modules", "dist", "frontend"].includes(entry.name)) await walk(file);
			else if (entry.isFile() && BUNDLE.test(entry.name)) found.push(file);
		}
	};
	await walk(folder);
	return found.sort();
}

/** `desk.bundle.js` -> `desk.bundle.3F2A….js`, named by content. */
export function hashedName(name, content) {
	const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
	const ending = path.extname(name);
	return `${name.slice(0, -ending.length)}.${hash}${ending}`;
}

async function compile(entries, publics, appsPath, production) {
	const esbuild = load("esbuild");
	const vue = load("esbuild-plugin-vue3");
	const roots = publics.map(([app]) => path.join(appsPath, app));
	const result = await esbuild.build({
		entryPoints: Object.fromEntries(entries.map((file) => [`${kindOf(file)}/${stem(file)}`, file])),
		outdir: path.join(appsPath, ".bundles"),
		write: false,
		bundle: true,
		minify: production,
		sourcemap: false,
		target: ["es2017"],
		format: "iife",
		logLevel: "silent",
		nodePaths: [...roots, nodeModules],
		define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false" },
		plugins: [publicFiles({ publics, nodeModules }), templates(), (vue.default ?? vue)(), scss({ nodeModules, roots })],
	});
	return result.outputFiles;
}

const kindOf = (file) => (/\.(css|scss)$/.test(file) ? "css" : "js");
const stem = (file) => path.basename(file).replace(/\.(js|ts|jsx|css|scss)$/, "");

/** Writes the files below `<out>/<app>/dist` and returns what assets.json and assets-rtl.json say of them. */
async function emit(files, app, out) {
	const rtlcss = load("rtlcss");
	const names = {};
	const rtlNames = {};
	const put = async (kind, name, content) => {
		const folder = path.join(out, app, "dist", kind);
		await mkdir(folder, { recursive: true });
		const hashed = hashedName(name, content);
		await writeFile(path.join(folder, hashed), content);
		return `/assets/${app}/dist/${kind}/${hashed}`;
	};
	for (const file of files) {
		const name = path.basename(file.path);
		const kind = path.extname(name).slice(1);
		names[name] = await put(kind, name, file.contents);
		if (kind === "css") rtlNames[`rtl_${name}`] = await put("css-rtl", name, rtlcss.process(file.text));
	}
	return [names, rtlNames];
}

/** Adds to a JSON table in one step: a killed build leaves the old one. */
async function merge(file, fresh) {
	const old = JSON.parse(await readFile(file, "utf8").catch(() => "{}"));
	const sorted = Object.fromEntries(Object.entries({ ...old, ...fresh }).sort(([a], [b]) => (a < b ? -1 : 1)));
	await writeFile(`${file}.new`, `${JSON.stringify(sorted, null, 4)}\n`);
	await rename(`${file}.new`, file);
}

/** Fonts, pictures and sounds are served from beside the bundles. */
async function copyPublic(folder, out, app) {
	const target = path.join(out, app);
	await mkdir(target, { recursive: true });
	for (const entry of await readdir(folder).catch(() => [])) {
		if (["dist", "frontend", "node_modules"].includes(entry)) continue;
		await rm(path.join(target, entry), { recursive: true, force: true });
		await cp(path.join(folder, entry), path.join(target, entry), { recursive: true });
	}
	if (app === "frappe") {
		const link = path.join(target, "node_modules");
		await rm(link, { force: true });
		// Relative to sites/assets/frappe, wherever the clone lies.
		await symlink("../../../config/node/node_modules", link);
	}
}

async function main() {
	const { values } = parseArgs({
		options: {
			"apps-path": { type: "string", default: "apps" },
			"sites-path": { type: "string", default: "sites" },
			app: { type: "string", multiple: true },
			out: { type: "string" },
			production: { type: "boolean", default: false },
		},
	});
	const appsPath = path.resolve(values["apps-path"]);
	const out = path.resolve(values.out ?? path.join(values["sites-path"], "assets"));
	const publicOf = (app) => path.join(appsPath, app, app, "public");
	const publics = [...new Set(["frappe", ...(values.app ?? [])])].map((app) => [app, publicOf(app)]);
	for (const app of values.app ?? ["frappe"]) {
		const entries = await entryPoints(publicOf(app));
		await rm(path.join(out, app, "dist"), { recursive: true, force: true });
		await copyPublic(publicOf(app), out, app);
		const files = entries.length ? await compile(entries, publics, appsPath, values.production) : [];
		const [names, rtlNames] = await emit(files, app, out);
		await merge(path.join(out, "assets.json"), names);
		await merge(path.join(out, "assets-rtl.json"), rtlNames);
		console.log(`${app}: ${entries.length} entry points, ${files.length} files`);
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	main().catch((error) => {
		const first = error.errors?.[0];
		const place = first?.location ? ` (${first.location.file}:${first.location.line})` : "";
		console.error(`The bundles could not be built: ${first ? first.text + place : error.message}`);
		process.exit(1);
	});
}

// Builds the bundles that Frappe's Python side looks up in assets.json; see docs/decisions/0003-desk-bundles-and-realtime.md.
//   node config/assets/build.mjs --apps-path apps --sites-path sites --app frappe --app spbe_attendance --production
import { realpath, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { forgetTables } from "./cache.mjs";
import { compile } from "./compile.mjs";
import { entryPoints } from "./entries.mjs";
import { BuildError, sentence } from "./errors.mjs";
import { copyPublic, link, publish } from "./output.mjs";

const OPTIONS = {
	"apps-path": { type: "string", default: "apps" },
	"sites-path": { type: "string", default: "sites" },
	app: { type: "string", multiple: true, default: ["frappe"] },
	out: { type: "string" },
	production: { type: "boolean", default: false },
};

const isFolder = async (folder) => (await stat(folder).catch(() => null))?.isDirectory() ?? false;

/** The Python package's public folder, where an app keeps what browsers get. */
async function publicFolder(appsPath, app) {
	const module = path.join(appsPath, app, app);
	if (!(await isFolder(module))) throw new BuildError(`There is no app ${app}: ${module} is not a folder.`);
	return path.join(await realpath(module), "public");
}

/** Builds one app into `out`; returns the number of its entry points. */
export async function buildApp(app, { appsPath, out, production }) {
	const folder = await publicFolder(appsPath, app);
	const publics = [[app, folder]];
	if (app !== "frappe") publics.push(["frappe", await publicFolder(appsPath, "frappe")]);
	const files = await entryPoints(folder);
	const bundles = files.length ? await compile(files, { publics, appsPath, production }) : [];
	await copyPublic(folder, app, out);
	await publish(bundles, app, out);
	// Relative to sites/assets/<app>, also while the result still lies in a cache.
	if (app === "frappe") await link("../../../config/node/node_modules", path.join(out, app, "node_modules"));
	if (await isFolder(path.join(folder, "frontend"))) {
		const beside = path.relative(await realpath(path.join(out, app)), path.join(folder, "frontend"));
		await link(beside, path.join(out, app, "frontend"));
	}
	return files.length;
}

async function main() {
	const { values } = parseArgs({ options: OPTIONS });
	if (!(await isFolder(values["apps-path"]))) throw new BuildError(`--apps-path: ${values["apps-path"]} is not a folder.`);
	const appsPath = await realpath(values["apps-path"]);
	const sitesPath = path.resolve(values["sites-path"]);
	const out = path.resolve(values.out ?? path.join(sitesPath, "assets"));
	for (const app of new Set(values.app)) {
		const began = performance.now();
		const count = await buildApp(app, { appsPath, out, production: values.production });
		console.log(`${app}: ${count} entry points in ${((performance.now() - began) / 1000).toFixed(1)} s`);
	}
	if (out === path.join(sitesPath, "assets")) await forgetTables(sitesPath);
}

if (process.argv[1] && (await realpath(process.argv[1])) === fileURLToPath(import.meta.url)) {
	main().catch((error) => {
		console.error(`The bundles could not be built: ${sentence(error)}`);
		process.exitCode = 1;
	});
}

// From entry points to the contents of bundles, in memory.
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { datepicker } from "./datepicker.mjs";
import { byOutput } from "./entries.mjs";
import { BuildError } from "./errors.mjs";
import { packages, publicFiles, scss, templates } from "./plugins.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
export const nodeModules = path.resolve(here, "../node/node_modules");
const require = createRequire(path.join(nodeModules, "from-here.js"));

/** A package of config/node: its node_modules are no parent folder of this file. */
export function load(name) {
	try {
		return require(name);
	} catch (error) {
		if (error.code !== "MODULE_NOT_FOUND") throw error;
		throw new BuildError(`The Node package ${name} is missing: run npm ci --ignore-scripts in config/node.`);
	}
}

/**
 * Bundles of one app: a list of `{kind: "js" | "css" | "css-rtl", name: "desk.bundle.js", content: string}`.
 * `publics` are pairs of app and its public folder whose files bundles may refer to.
 */
export async function compile(files, { publics, appsPath, production }) {
	const vue = load("esbuild-plugin-vue3");
	const roots = publics.map(([app]) => path.join(appsPath, app));
	// The Vue plugin derives the ids of scoped styles from paths relative to here; the output must not depend on the caller's.
	process.chdir(appsPath);
	const result = await load("esbuild").build({
		entryPoints: byOutput(files),
		absWorkingDir: appsPath,
		outdir: path.join(appsPath, ".bundles"),
		write: false,
		bundle: true,
		minify: production,
		target: ["es2017"],
		format: "iife",
		logLevel: "silent",
		nodePaths: [...roots, nodeModules],
		define: { "process.env.NODE_ENV": production ? '"production"' : '"development"' },
		plugins: [
			publicFiles({ publics, nodeModules }),
			packages({ nodeModules }),
			datepicker({ nodeModules }),
			templates(),
			(vue.default ?? vue)(),
			scss({ nodeModules, roots }),
		],
	});
	return finish(result.outputFiles);
}

async function finish(outputs) {
	const prefixer = load("postcss")([load("autoprefixer")({ overrideBrowserslist: ["defaults", "Android >= 6"] })]);
	const rtlcss = load("rtlcss");
	const scripts = new Map();
	const styles = [];
	for (const { path: file, text } of outputs) {
		const name = path.basename(file);
		if (file.endsWith(".js")) {
			scripts.set(name, text);
			continue;
		}
		const content = (await prefixer.process(text, { from: undefined })).css;
		styles.push({ kind: "css", name, content, ofScript: path.basename(path.dirname(file)) === "js" });
	}
	for (const { name, content, ofScript } of styles) {
		const script = name.replace(/css$/, "js");
		if (ofScript) scripts.set(script, scripts.get(script) + injection(content));
	}
	return [
		...[...scripts].map(([name, content]) => ({ kind: "js", name, content })),
		...styles.map(({ kind, name, content }) => ({ kind, name, content })),
		...styles.map(({ name, content }) => ({ kind: "css-rtl", name, content: rtlcss.process(content) })),
	];
}

/** The Desk asks for a script by name and for nothing else: styles of its Vue components come along in it. */
export function injection(css) {
	return `(()=>{const s=document.createElement("style");s.textContent=${JSON.stringify(css)};document.head.append(s)})();\n`;
}

// What is built: the bundles of an app, and what they are called.
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";

import { BuildError } from "./errors.mjs";

const BUNDLE = /\.bundle\.(js|ts|jsx|css|scss)$/;
const UNSUPPORTED = /\.bundle\.(less|sass|styl)$/;
/** Folders of public/ that hold something built, not sources. */
export const BUILT = ["dist", "frontend", "node_modules"];

/** Every entry point below a folder, sorted: the output must not depend on the file system. */
export async function entryPoints(folder) {
	const found = [];
	const walk = async (current) => {
		for (const entry of await readdir(current, { withFileTypes: true }).catch(() => [])) {
			const file = path.join(current, entry.name);
			if (entry.isDirectory() && !BUILT.includes(entry.name)) await walk(file);
			else if (entry.isFile() && BUNDLE.test(entry.name)) found.push(file);
			else if (entry.isFile() && UNSUPPORTED.test(entry.name)) {
				throw new BuildError(`${entry.name} is in a style language that is not built here; write it as .scss.`);
			}
		}
	};
	await walk(folder);
	return found.sort();
}

/** `…/desk.bundle.scss` -> `css/desk.bundle`: where esbuild puts it. */
export function outputOf(file) {
	const kind = /\.s?css$/.test(file) ? "css" : "js";
	return `${kind}/${path.basename(file).replace(/\.\w+$/, "")}`;
}

/** Entry points by output. Frappe looks bundles up by file name alone, so two of one name would hide each other. */
export function byOutput(files) {
	const entries = {};
	for (const file of files) {
		const output = outputOf(file);
		if (entries[output]) {
			throw new BuildError(`Two bundles are called ${path.basename(file)}: ${entries[output]} and ${file}. Rename one.`);
		}
		entries[output] = file;
	}
	return entries;
}

/** `desk.bundle.js` -> `desk.bundle.3F2A….js`, named by content. */
export function hashedName(name, content) {
	const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
	const ending = path.extname(name);
	return `${name.slice(0, -ending.length)}.${hash}${ending}`;
}

// The esbuild plugins that Frappe's sources expect: packages from one folder, templates as strings, SCSS with ~package
// imports, public URLs left alone.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Bare names are packages of config/node, by the full rules of package.json; what is none (`frappe/public/…`) is left to
 * esbuild's nodePaths. Asked here and not there, as nodePaths skips "exports" and a node_modules link beside an app does not.
 */
export function packages({ nodeModules }) {
	return {
		name: "packages",
		setup(build) {
			build.onResolve({ filter: /^[~@a-z]/i }, async ({ path: name, importer, kind, pluginData }) => {
				const own = importer.startsWith(`${nodeModules}${path.sep}`);
				if (own || kind === "entry-point" || kind === "url-token" || pluginData?.asked || /^[a-z]+:|\.vue(\?|$)/.test(name)) return null;
				const found = await build.resolve(name.replace(/^~/, ""), {
					kind,
					resolveDir: path.dirname(nodeModules),
					pluginData: { asked: true },
				});
				return found.errors.length ? null : found;
			});
		},
	};
}

/** A `.html` file imported from JS registers itself as `frappe.templates["name"]`. */
export function templates() {
	return {
		name: "frappe-templates",
		setup(build) {
			build.onLoad({ filter: /\.html$/ }, async ({ path: file }) => ({
				contents: templateModule(path.basename(file, ".html"), await readFile(file, "utf8")),
				loader: "js",
			}));
		},
	};
}

export function templateModule(name, html) {
	const text = html.replace(/\s+/g, " ").replace(/(<!--.*?-->)/g, "");
	return `frappe.templates[${JSON.stringify(name)}] = ${JSON.stringify(text)};`;
}

/** SCSS through sass; `~pkg/…` and `frappe/…` are looked up in node_modules and the apps. */
export function scss({ nodeModules, roots }) {
	const sass = createRequire(path.join(nodeModules, "x.js"))("sass");
	const find = (url) => {
		if (url.startsWith("~")) return new URL(url.slice(1), pathToFileURL(`${nodeModules}/`));
		return null;
	};
	return {
		name: "scss",
		setup(build) {
			build.onLoad({ filter: /\.scss$/ }, ({ path: file }) => {
				try {
					const result = sass.compile(file, {
						loadPaths: [path.dirname(file), ...roots, nodeModules],
						importers: [{ findFileUrl: find }],
						quietDeps: true,
						logger: sass.Logger.silent,
					});
					return {
						contents: result.css.replace(/^﻿/, ""),
						loader: "css",
						resolveDir: path.dirname(file),
						watchFiles: result.loadedUrls.map((url) => url.pathname),
					};
				} catch (error) {
					return { errors: [{ text: `${path.basename(file)}: ${error.message}` }] };
				}
			});
		},
	};
}

/** Pictures and fonts stay where they are and are served from /assets; nothing is inlined. */
export function publicFiles({ publics, nodeModules }) {
	const address = (file) => {
		for (const [app, folder] of publics) {
			if (file.startsWith(`${folder}${path.sep}`)) return `/assets/${app}/${slashes(path.relative(folder, file))}`;
		}
		if (file.startsWith(`${nodeModules}${path.sep}`)) {
			return `/assets/frappe/node_modules/${slashes(path.relative(nodeModules, file))}`;
		}
		return null;
	};
	return {
		name: "public-files",
		setup(build) {
			build.onResolve({ filter: /^\/assets\// }, ({ path: url }) => ({ path: url, external: true }));
			build.onResolve({ filter: /.*/ }, ({ path: url, kind, resolveDir }) => {
				if (kind !== "url-token" || /^([a-z]+:|\/|#)/i.test(url)) {
					return kind === "url-token" ? { path: url, external: true } : null;
				}
				const file = path.resolve(resolveDir, url.replace(/[?#].*$/, ""));
				const suffix = url.match(/[?#].*$/)?.[0] ?? "";
				return { path: `${address(file) ?? url}${address(file) ? suffix : ""}`, external: true };
			});
		},
	};
}

const slashes = (name) => name.split(path.sep).join("/");

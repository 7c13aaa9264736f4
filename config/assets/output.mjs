// Writes what was built so that at every moment the tables name only files that are there.
import { cp, mkdir, readFile, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

import { BUILT, hashedName } from "./entries.mjs";
import { BuildError } from "./errors.mjs";

/** Puts bundles under `<out>/<app>/dist`, then switches the tables over to them, then removes those of earlier builds. */
export async function publish(bundles, app, out) {
	const tables = { "assets.json": {}, "assets-rtl.json": {} };
	for (const { kind, name, content } of bundles) {
		const address = `${app}/dist/${kind}/${hashedName(name, content)}`;
		await replace(path.join(out, address), content);
		if (kind === "css-rtl") tables["assets-rtl.json"][`rtl_${name}`] = `/assets/${address}`;
		else tables["assets.json"][name] = `/assets/${address}`;
	}
	for (const [file, fresh] of Object.entries(tables)) await merge(path.join(out, file), app, fresh);
	const wanted = new Set(Object.values(tables).flatMap((table) => Object.values(table)));
	for (const kind of ["js", "css", "css-rtl"]) {
		const folder = path.join(out, app, "dist", kind);
		for (const name of await readdir(folder).catch(() => [])) {
			if (!wanted.has(`/assets/${app}/dist/${kind}/${name}`)) await rm(path.join(folder, name));
		}
	}
}

/** The rows of one app in a table, replaced; those of other apps stay. */
async function merge(file, app, fresh) {
	const others = Object.entries(await table(file)).filter(([, address]) => !address.startsWith(`/assets/${app}/`));
	const rows = [...others, ...Object.entries(fresh)].sort(([a], [b]) => (a < b ? -1 : 1));
	await replace(file, `${JSON.stringify(Object.fromEntries(rows), null, 4)}\n`);
}

async function table(file) {
	const text = await readFile(file, "utf8").catch(() => "{}");
	try {
		return JSON.parse(text);
	} catch {
		throw new BuildError(`${file} is not JSON: remove it and build all apps again.`);
	}
}

/** Writes in one step: a killed build leaves the old file or the new one. */
async function replace(file, content) {
	const fresh = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`);
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(fresh, content);
	await rename(fresh, file);
}

/** Fonts, pictures and sounds are served from beside the bundles; copied, for the result is cached apart from the sources. */
export async function copyPublic(folder, app, out) {
	const target = path.join(out, app);
	await mkdir(target, { recursive: true });
	const names = (await readdir(folder).catch(() => [])).filter((name) => !BUILT.includes(name));
	for (const name of names) {
		const fresh = path.join(target, `.${name}.${process.pid}`);
		await cp(path.join(folder, name), fresh, { recursive: true });
		await rm(path.join(target, name), { recursive: true, force: true });
		await rename(fresh, path.join(target, name));
	}
	for (const name of await readdir(target)) {
		if (![...names, ...BUILT].includes(name)) await rm(path.join(target, name), { recursive: true });
	}
}

/** A link that holds wherever the bench is moved to. */
export async function link(target, place) {
	await rm(place, { force: true, recursive: true });
	await symlink(target, place);
}

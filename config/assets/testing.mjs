import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

/** A folder with these files, removed after the test. */
export async function folderWith(t, files) {
	const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), "bundles-")));
	t.after(() => rm(folder, { recursive: true, force: true }));
	for (const [name, content] of Object.entries(files)) {
		await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
		await writeFile(path.join(folder, name), content);
	}
	return folder;
}

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";

import { nodeModules } from "./compile.mjs";
import { withSeconds } from "./datepicker.mjs";

const original = await readFile(path.join(nodeModules, "air-datepicker/dist/js/datepicker.js"), "utf8");

test("the registry's date picker is given seconds", () => {
	const changed = withSeconds(original);
	assert.match(changed, /case \/ss\/\.test/);
	assert.match(changed, /name="seconds"/);
	assert.doesNotThrow(() => new Function("window", "jQuery", changed));
});

test("a picker of another version is refused, not half changed", () => {
	assert.throws(() => withSeconds(original.replaceAll("fullMinutes", "otherMinutes")), /not the version that is known/);
});

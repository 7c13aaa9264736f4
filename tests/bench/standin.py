"""A folder shaped like a git checkout of Frappe: the provisioned package plus what the registry's package lacks.

The stand-ins find their bench the way Frappe's own ``esbuild/utils.js`` and ``node_utils.js`` do, from where they lie, and hand
over to this repository's builder and socket server.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from config.dev.paths import CONFIG, FRAPPE, NODE

PACKAGE = {
    "name": "frappe-framework",
    "scripts": {"production": "node esbuild --production", "build": "node esbuild"},
    "private": True,
}
NODE_UTILS = """
const fs = require("fs");
const path = require("path");
const bench_path = path.resolve(__dirname, "..", "..");
const get_conf = () => JSON.parse(fs.readFileSync(path.resolve(bench_path, "sites", "common_site_config.json")));
module.exports = { bench_path, get_conf };
"""
ESBUILD = """
const { execFileSync } = require("child_process");
const fs = require("fs");
const path = require("path");
const bench = path.resolve(__dirname, "..", "..", "..");
const sites = path.join(bench, "sites");
const named = process.argv.indexOf("--apps");
const apps = named > 0 ? process.argv[named + 1].split(",") : fs.readFileSync(path.join(sites, "apps.txt"), "utf8").split("\\n").filter(Boolean);
const built = fs.mkdtempSync(path.join(bench, ".built-"));
const run = (program, words, cwd) => execFileSync(program, words, { stdio: "inherit", cwd });
try {
	run("node", [%(builder)s, "--apps-path", path.join(bench, "apps"), "--sites-path", sites, "--out", built, "--production", ...apps.flatMap((app) => ["--app", app])], bench);
	// As Frappe's own: into dist of whatever folder or link serves the app, the tables merged.
	for (const app of apps) {
		const target = path.join(sites, "assets", app, "dist");
		fs.rmSync(target, { recursive: true, force: true });
		if (fs.existsSync(path.join(built, app, "dist"))) fs.cpSync(path.join(built, app, "dist"), target, { recursive: true });
	}
	for (const table of ["assets.json", "assets-rtl.json"]) {
		const file = path.join(sites, "assets", table);
		const old = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file)) : {};
		fs.writeFileSync(file, JSON.stringify({ ...old, ...JSON.parse(fs.readFileSync(path.join(built, table))) }));
	}
	fs.writeFileSync(path.join(sites, "assets", "built-by-checkout"), __dirname);
} finally {
	fs.rmSync(built, { recursive: true, force: true });
}
for (const app of process.argv.includes("--run-build-command") ? apps : []) {
	const root = path.join(bench, "apps", app);
	const manifest = path.join(root, "package.json");
	if (app !== "frappe" && fs.existsSync(manifest) && JSON.parse(fs.readFileSync(manifest)).scripts?.build) run("yarn", ["build"], root);
}
"""
SOCKETIO = """
const path = require("path");
const { bench_path, get_conf } = require("./node_utils");
console.log(`realtime of the checkout, bench ${bench_path}, configured port ${get_conf().socketio_port}`);
import(path.join(bench_path, "config", "realtime", "server.mjs"));
"""


def make_checkout(target: Path) -> Path:
    """``target`` gets Frappe's sources (hard links where possible) and the stand-ins."""

    def link(source: str, copy: str) -> str:
        try:
            os.link(source, copy)
        except OSError:
            shutil.copy2(source, copy)
        return copy

    left_out = shutil.ignore_patterns(
        "node_modules", ".provisioned", ".checkout", "__pycache__", "package.json", "esbuild"
    )
    shutil.copytree(FRAPPE, target, symlinks=True, ignore=left_out, copy_function=link)
    (target / "package.json").write_text(json.dumps(PACKAGE))
    (target / "node_utils.js").write_text(NODE_UTILS)
    (target / "esbuild").mkdir()
    builder = json.dumps(str(CONFIG / "assets" / "build.mjs"))
    (target / "esbuild" / "index.js").write_text(ESBUILD % {"builder": builder})
    (target / "socketio.js").write_text(SOCKETIO)
    (target / "node_modules").symlink_to(NODE / "node_modules")
    return target

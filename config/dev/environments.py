"""The Python and Node environments, from locks, and the bundles built with them."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from pathlib import Path

from .console import DevError, step
from .paths import (
    APP,
    APPS,
    ASSETS,
    CONFIG,
    ENV,
    FRAPPE,
    FRONTEND,
    NODE,
    PWA_OUTPUT,
    PYTHON,
    ROOT,
    SITES,
    STATE,
    cache,
)
from .shell import output, run
from .store import digest, files_below, place, remove, stamp, stamped, tree

UV = "uv==0.9.0"
BENCH = "frappe-bench==5.31.1"
LOCK = CONFIG / "framework" / "requirements.txt"
BENCH_ENV = STATE / "bench-cli"


def tool_caches() -> dict[str, str]:
    """uv and npm keep their downloads in our one cache folder, not in folders of their own."""
    return {
        "UV_CACHE_DIR": str(cache() / "uv"),
        "PIP_CACHE_DIR": str(cache() / "pip"),
        "npm_config_cache": str(cache() / "npm"),
        "npm_config_update_notifier": "false",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def make_env() -> None:
    """env/ with pip and uv; an environment of another Python, or an unfinished one, is made anew."""
    mark = ENV / ".made"
    key = digest([sys.version, UV])
    if stamped(mark, key):
        return
    with step("Python environment"):
        uv = tree("uv", digest([sys.version, UV, platform.machine()]), fetch_uv) / "bin" / "uv"
        shutil.rmtree(ENV, ignore_errors=True)
        run(
            [uv, "venv", "-q", "--seed", "--python", sys.executable, ENV],
            log="venv",
            what="Making the Python environment",
            env=tool_caches(),
        )
        shutil.copy2(uv, ENV / "bin" / "uv")
        stamp(mark, key)


def fetch_uv(target: Path) -> None:
    """The one tool that makes all other environments; a Python without pip gets it through a venv of its own."""
    helper = target / "venv"
    run([sys.executable, "-m", "venv", helper], log="uv-venv", what="Making the Python environment")
    command = [helper / "bin" / "pip", "install", "-q", "--no-deps", "--target", target, UV]
    run(command, log="uv", what="Installing uv", env=tool_caches())
    remove(helper)


def install_python(own_lock: bool) -> None:
    """Everything of the lock, then Frappe and the app editable. A foreign checkout brings its own dependencies."""
    packaging = [ROOT / "pyproject.toml", FRAPPE / "pyproject.toml"]
    mark = ENV / ".installed"
    key = digest([LOCK, *packaging, str(own_lock), str(ROOT)])
    if stamped(mark, key):
        return
    uv = [ENV / "bin" / "uv", "pip"]
    environment = {**tool_caches(), "VIRTUAL_ENV": str(ENV)}
    with step("Python packages"):
        if own_lock:
            run(
                # The lock is complete: resolving it once more would cost ten times the installing.
                [*uv, "install", "-q", "--no-deps", "--require-hashes", "-r", LOCK],
                log="python-packages",
                what="Installing Python packages",
                env=environment,
            )
            editable = [*uv, "install", "-q", "--no-deps", "--no-build-isolation", "-e", FRAPPE, "-e", ROOT]
        else:
            editable = [
                *uv,
                "install",
                "-q",
                "setuptools<81",
                "honcho==1.1.0",
                "-e",
                FRAPPE,
                "-e",
                f"{ROOT}[dev]",
            ]
        run(editable, log="python-apps", what="Installing Frappe and the app", env=environment)
        stamp(mark, key)


def install_bench_cli() -> Path:
    """The real bench CLI; it needs a newer Click than Frappe, hence an environment of its own."""
    program = BENCH_ENV / "bin" / "bench"
    if not program.is_file():
        with step("bench CLI"):
            shutil.rmtree(BENCH_ENV, ignore_errors=True)
            uv = ENV / "bin" / "uv"
            run(
                [uv, "venv", "-q", "--python", sys.executable, BENCH_ENV],
                log="bench-venv",
                what="Making bench's environment",
            )
            where = {**tool_caches(), "VIRTUAL_ENV": str(BENCH_ENV)}
            run(
                [uv, "pip", "install", "-q", BENCH],
                log="bench-cli",
                what="Installing the bench CLI",
                env=where,
            )
    return program


def node_key(folder: Path) -> str:
    return digest([folder / "package-lock.json", output(["node", "--version"]), platform.machine()])


def npm_install(folder: Path, title: str, *options: str) -> None:
    """node_modules of a folder with a lock, cached whole and hard-linked into place."""
    key = node_key(folder)
    mark = folder / "node_modules" / ".made"
    if stamped(mark, key):
        return

    def build(target: Path) -> None:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            if (folder / name).is_file():
                shutil.copy2(folder / name, target / name)
        command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", *options]
        run(command, cwd=target, log=f"npm-{folder.name}", what=f"Installing {title}", env=tool_caches())

    with step(title):
        place(tree("node", key, build) / "node_modules", folder / "node_modules", link=True)
        stamp(mark, key)


def install_node(own_bundler: bool) -> None:
    if own_bundler:
        npm_install(NODE, "Node packages of the Desk", "--ignore-scripts", "--legacy-peer-deps")
        link = FRAPPE / "node_modules"
        if not link.is_symlink():
            remove(link)
            link.symlink_to(Path("../../config/node/node_modules"))
    elif not (FRAPPE / "node_modules").is_dir():
        with step("Node packages of the Frappe checkout"):
            place(checkout_modules() / "node_modules", FRAPPE / "node_modules", link=True)
    npm_install(FRONTEND, "Node packages of the PWA")


def checkout_modules() -> Path:
    """Cached by the checkout's own lists. npm reads versions from a yarn.lock when there is one."""
    lists = [FRAPPE / name for name in ("package.json", "yarn.lock", "package-lock.json")]
    lists = [path for path in lists if path.is_file()]

    def build(target: Path) -> None:
        for path in lists:
            shutil.copy2(path, target)
        command = ["npm", "install", "--legacy-peer-deps", "--no-audit", "--no-fund"]
        run(
            command, cwd=target, log="npm-frappe", what="Installing Frappe's Node packages", env=tool_caches()
        )

    return tree("node", digest([*lists, output(["node", "--version"]), platform.machine()]), build)


def build_pwa() -> None:
    key = digest([FRONTEND, ROOT / "package.json"])
    mark = STATE / "stamps" / "pwa"
    if stamped(mark, key) and PWA_OUTPUT.is_dir():
        return

    def build(target: Path) -> None:
        run(["npm", "run", "build"], cwd=FRONTEND, log="pwa", what="Building the PWA", env=tool_caches())
        shutil.copytree(PWA_OUTPUT, target, dirs_exist_ok=True)

    with step("PWA"):
        place(tree("pwa", key, build), PWA_OUTPUT)
        stamp(mark, key)


def build_bundles(own_bundler: bool) -> None:
    """sites/assets: Frappe's bundles from the cache by content, the app's own ones on top."""
    app_public = APP / "spbe_attendance" / "public"
    made = {PWA_OUTPUT, app_public / "dist"}
    app_sources = [path for path in files_below(app_public) if not made.intersection(path.parents)]
    app_key = digest([*app_sources, CONFIG / "assets", str(own_bundler)])
    frappe_key = (
        digest([FRAPPE / ".provisioned", CONFIG / "assets", NODE / "package-lock.json"])
        if own_bundler
        else digest([FRAPPE / ".provisioned"])
    )
    mark = STATE / "stamps" / "bundles"
    if stamped(mark, app_key + frappe_key) and (ASSETS / "assets.json").is_file():
        link_public()
        return
    with step("Desk bundles"):
        if own_bundler:
            place(tree("bundles", frappe_key, lambda target: bundle("frappe", target)), ASSETS)
            bundle("spbe_attendance", ASSETS)
        else:
            bundle_with_checkout()
        link_public()
        stamp(mark, app_key + frappe_key)


def bundle_with_checkout() -> None:
    """Frappe's own way: links to every app's public folder, then its bundler writes into dist of each."""
    remove(ASSETS)
    ASSETS.mkdir(parents=True)
    links = "import frappe, frappe.build as b; frappe.init(''); b.setup(); b.make_asset_dirs()"
    run([PYTHON, "-c", links], cwd=SITES, log="assets", what="Linking the apps' public folders")
    run(["node", "esbuild", "--production"], cwd=FRAPPE, log="bundles", what="Building the bundles")
    if not (ASSETS / "assets.json").is_file():  # Frappe's bundler reports errors and ends with success
        raise DevError("Frappe's own bundler made no bundles: see logs/bundles.log.")


def bundle(app: str, target: Path) -> None:
    builder = CONFIG / "assets" / "build.mjs"
    command = [
        "node",
        builder,
        "--apps-path",
        APPS,
        "--sites-path",
        SITES,
        "--app",
        app,
        "--out",
        target,
        "--production",
    ]
    run(command, log=f"bundles-{app}", what=f"Building the bundles of {app}")


def link_public() -> None:
    """Frappe serves sites/assets/<app>/…; the PWA's folder may be newer than the bundles beside it."""
    link = ASSETS / "spbe_attendance" / "frontend"
    if link.resolve() == PWA_OUTPUT:  # also through Frappe's own link to the whole public folder
        return
    link.parent.mkdir(parents=True, exist_ok=True)
    remove(link)
    link.symlink_to(os.path.relpath(PWA_OUTPUT, link.parent))


def check_python() -> None:
    if not PYTHON.exists():
        raise DevError("The bench is not built yet: run ./dev start once.", 2)

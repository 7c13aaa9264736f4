"""Web, realtime, worker and scheduler under the Procfile, behind one port."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from string import Template

from . import ports, processes
from .console import DevError, say
from .ospackages import which
from .paths import APP, CONFIG, ENV, FRAPPE, LOGS, READY, ROOT, SITES, STATE

# Requests that may wait for each web worker: with punches of a few milliseconds less than a second, with slow pages some seconds.
# A phone asks again after 20 seconds without an answer; more in the queue would be answers that nobody waits for.
WAITING_PER_WORKER = 50


def write_proxy(site: str, port: int, allotted: dict[str, int], label: str) -> Path:
    folder = STATE / f"nginx-{label}"
    folder.mkdir(parents=True, exist_ok=True)
    values = {
        "run": folder,
        "sites": SITES,
        "app_public": APP / "spbe_attendance" / "public",
        "site": site,
        "port": port,
        "gunicorn_port": allotted["gunicorn"],
        "punch_port": allotted["punches"],
        "most_waiting": WAITING_PER_WORKER * int(os.environ.get("SPBE_WEB_WORKERS", "5")),
        "socketio_port": allotted["socketio"],
        "mime_types": "/etc/nginx/mime.types",
        "user_line": "user root;" if os.geteuid() == 0 else "",
    }
    text = Template((CONFIG / "nginx.conf.template").read_text()).substitute(values)
    (folder / "nginx.conf").write_text(text)
    return folder


def environment(
    site: str, port: int, allotted: dict[str, int], own_bundler: bool, label: str
) -> dict[str, str]:
    realtime = CONFIG / "realtime" / "server.mjs" if own_bundler else FRAPPE / "socketio.js"
    return {
        **os.environ,
        "PATH": f"{ENV / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONUNBUFFERED": "1",
        "SPBE_GUNICORN_PORT": str(allotted["gunicorn"]),
        "SPBE_PUNCH_PORT": str(allotted["punches"]),
        "SPBE_RUN": str(write_proxy(site, port, allotted, label)),
        "SPBE_NGINX": which("nginx") or "nginx",
        "SPBE_REALTIME": str(realtime),
        "FRAPPE_SOCKETIO_PORT": str(allotted["socketio"]),
        "SPBE_WEB_URL": f"http://127.0.0.1:{port}",
    }


def launch(
    site: str,
    port: int,
    allotted: dict[str, int],
    own_bundler: bool,
    *,
    label: str = "stack",
    parts: Sequence[str] = (),
) -> subprocess.Popen[bytes]:
    """Start the Procfile, or these parts of it; honcho ends all of it when one part ends."""
    for name in ("gunicorn", "punches", "socketio"):
        if not ports.is_free(allotted[name]):
            raise DevError(
                f"Port {allotted[name]}, kept for {name}, is taken: remove .bench/ports.json and start again."
            )
    LOGS.mkdir(exist_ok=True)
    log = (LOGS / f"{label}.log").open("ab")
    child = subprocess.Popen(
        [str(ENV / "bin" / "honcho"), "-f", str(CONFIG / "Procfile"), "-d", str(ROOT), "start", *parts],
        cwd=ROOT,
        env=environment(site, port, allotted, own_bundler, label),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=processes._die_with_parent,
    )
    log.close()
    processes.write_pid(label, child.pid)
    return child


def wait_until_served(
    child: subprocess.Popen[bytes], site: str, port: int, web_port: int, seconds: float = 60
) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise DevError("A part of the stack ended at once: see logs/stack.log.")
        # The proxy answers before the workers do, and would log an error for every try.
        if ports.answers(web_port) and page(f"http://127.0.0.1:{port}/api/method/ping", site):
            return
        time.sleep(0.2)
    raise DevError(f"No page was served on port {port} within {seconds:.0f} s: see logs/stack.log.")


def page(url: str, site: str) -> bool:
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, headers={"Host": site}), timeout=10
        ) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def stop(label: str = "stack") -> bool:
    if label == "stack":
        READY.unlink(missing_ok=True)
    return processes.stop(label)


def follow(child: subprocess.Popen[bytes]) -> None:
    """Wait for Ctrl-C, ./dev stop or the end of a part; then leave nothing behind."""

    def end(number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    try:
        child.wait()
        say("\nThe stack has ended.")
    except KeyboardInterrupt:
        say("\nStopping …")
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        stop()


def refuse_second() -> None:
    if processes.running_pid("stack") or processes.running_pid("start"):
        raise DevError("This bench is running already. Use it, or end it with ./dev stop.")
    if sys.platform != "linux":
        raise DevError("./dev runs on Debian and Ubuntu only.", 2)

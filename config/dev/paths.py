"""Where everything of the bench lives. Nothing but the cache folder and OS packages is outside of the root."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENV = ROOT / "env"
PYTHON = ENV / "bin" / "python"
APPS = ROOT / "apps"
FRAPPE = APPS / "frappe"
APP = APPS / "spbe_attendance"
FRONTEND = APP / "frontend"
PWA_OUTPUT = APP / "spbe_attendance" / "public" / "frontend"
SITES = ROOT / "sites"
ASSETS = SITES / "assets"
LOGS = ROOT / "logs"
CONFIG = ROOT / "config"
NODE = CONFIG / "node"
STATE = ROOT / ".bench"
PIDS = STATE / "pids"
READY = STATE / "ready"
LOGINS = SITES / "demo-logins.json"


def cache() -> Path:
    """The one folder outside of the repository: downloads and built bundles, keyed by content."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "spbe-absensi"

"""Everything that a command needs before a site: OS packages, environments, Frappe, bundles."""

from __future__ import annotations

import json
from pathlib import Path

from . import environments, framework, ospackages
from .paths import STATE

DEFAULT_SITE = "absensi.localhost"


def remembered() -> dict:
    file = STATE / "start.json"
    return json.loads(file.read_text()) if file.is_file() else {}


def build(checkout: Path | None, *, tests: bool = False, extra: dict[str, str] | None = None) -> bool:
    """Everything up to built bundles, without a site; true when the bundler is our own. Run by start and test."""
    wanted = {**ospackages.RUN, **(ospackages.TEST if tests else {}), **(extra or {})}
    ospackages.ensure(wanted, libraries=True)
    environments.make_env()
    own = not framework.provision(checkout)
    environments.install_python(own)
    return own


def front_end(own: bool) -> None:
    environments.install_node(own)
    environments.build_pwa()
    environments.build_bundles(own)

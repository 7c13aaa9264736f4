"""``bench --site SITE spbe-produksi``: from the options to files and a word on what they were made for."""

from __future__ import annotations

import getpass
import shutil
from pathlib import Path

from spbe_attendance.produksi import place, render, sizing

LETSENCRYPT = Path("/etc/letsencrypt/live")


def run(
    site: str,
    config: dict[str, object],
    *,
    keluar: str,
    domain: str,
    sertifikat: str | None,
    kunci: str | None,
    peran: str,
    inti: int | None,
    ram_mb: int | None,
    pengguna: str | None,
    pengimbang: tuple[str, ...],
    port_https: int,
    port_http: int,
) -> str:
    """What was written, in Indonesian. Raises ProduksiTidakSah."""
    machine = place.this_machine(peran, inti, ram_mb)
    bench = place.this_bench(
        Path.cwd(), config, site, pengguna or getpass.getuser(), shutil.which("node") or "/usr/bin/node"
    )
    name = place.domain(domain)
    wishes = render.Wishes(
        domain=name,
        certificate=place.plain(Path(sertifikat or LETSENCRYPT / name / "fullchain.pem")),
        key=place.plain(Path(kunci or LETSENCRYPT / name / "privkey.pem")),
        https_port=port_https,
        http_port=port_http,
        balancers=tuple(map(place.network, pengimbang)),
    )
    target = Path(keluar)
    written = render.render(target, machine, bench, wishes)
    lines = [render.summary(machine, sizing.sizes(machine)), f"Ditulis ke {target}:"]
    lines += [f"  {path}" for path in written]
    lines += ["Belum ada yang dipasang: baca berkasnya, lalu ikuti docs/deploy.md."]
    return "\n".join(lines)

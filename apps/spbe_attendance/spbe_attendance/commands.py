"""What this app adds to bench: ``bench --site SITE spbe-demo``, ``spbe-prepare-site``, ``spbe-export-chain``,
``spbe-produksi``; ``bench spbe-kabar``, ``spbe-pekerja``.

Modules are imported when a command runs: bench reads this file at every start.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
import frappe
from frappe.commands import get_site, pass_context

# Not an argument: those can be read by everybody on the machine.
PASSWORD = "SPBE_ADMIN_PASSWORD"  # noqa: S105


@contextmanager
def on_site(context: Any) -> Iterator[None]:
    frappe.init(site=get_site(context))
    frappe.connect()
    try:
        yield
    finally:
        frappe.destroy()


@click.command("spbe-prepare-site")
@pass_context
def prepare_site(context: Any) -> None:
    """Language, time zone and no setup wizard, on a site made for this app alone."""
    from spbe_attendance.setup import site

    with on_site(context):
        site.prepare_fresh_site(os.environ.get(PASSWORD))


@click.command("spbe-demo")
@click.option("--pegawai", default=300, show_default=True, help="number of invented persons")
@click.option("--hari", default=30, show_default=True, help="days of history")
@click.option("--seed", default=1, show_default=True, help="the same seed and day give the same rows")
@click.option("--tanggal", help="the day before which the history ends, YYYY-MM-DD; today if left out")
@click.option("--paksa", is_flag=True, help="also beside real staff")
@click.option("--logins", help="file for the log-ins; sites/demo-logins.json if left out")
@click.option("--url", help="address that this file names")
@click.option("--host", help="host name that this file names")
@pass_context
def demo(context: Any, **options: Any) -> None:
    """Invented staff, places and a month of history."""
    from spbe_attendance.setup.demo import load

    with on_site(context):
        click.echo(load.run(**options, admin_password=os.environ.get(PASSWORD)))


@click.command("spbe-export-chain")
@click.option("--opd", help="code of an OPD, its units included; all if left out")
@click.option("--bulan", help="YYYY-MM; from the beginning if left out")
@click.option("--identitas", is_flag=True, help="with names and NIP")
@click.option(
    "--berkas", default="-", type=click.File("w", encoding="utf-8", lazy=False), help="file to write"
)
@pass_context
def export_chain(context: Any, opd: str | None, bulan: str | None, identitas: bool, berkas: Any) -> None:
    """Sealed punches as JSON lines, for evidence/verify.py."""
    from spbe_attendance.kehadiran.segel import export

    with on_site(context):
        try:
            berkas.writelines(export.lines(export.asked(opd, bulan), identities=identitas))
        except frappe.ValidationError as refusal:
            raise click.ClickException(str(refusal)) from refusal


@click.command("spbe-kabar")
def herald() -> None:
    """Tells the screens of the Command Center what changed, on all sites, until it is ended."""
    from spbe_attendance.giving_way import give_way
    from spbe_attendance.pemantauan.ringkas import herald as process

    # A punch goes before what is told of it.
    give_way(5)
    process.serve()


@click.command("spbe-pekerja")
@click.option("--queue", help="queues to serve, parted by commas; all if left out")
@click.option("--quiet", is_flag=True, help="does not tell of each job")
def worker(queue: str | None, quiet: bool) -> None:
    """Frappe's worker with its code loaded before the first job, until it is ended."""
    from frappe.utils.background_jobs import start_worker

    from spbe_attendance import preload
    from spbe_attendance.giving_way import give_way

    preload.for_jobs()
    # Where there is not enough for all, whoever waits for an answer goes before what nobody waits for.
    give_way(5)
    start_worker(queue, quiet=quiet)


@click.command("spbe-produksi")
@click.option("--keluar", required=True, type=click.Path(file_okay=False), help="folder for the files")
@click.option("--domain", required=True, help="host name that people type")
@click.option("--sertifikat", help="TLS certificate with its chain; Let's Encrypt's place if left out")
@click.option("--kunci", help="its private key")
@click.option(
    "--peran", default="semua", show_default=True, help="what runs on the machine: semua, web, database"
)
@click.option("--inti", type=int, help="cores of the machine; those of this one if left out")
@click.option("--ram-mb", type=int, help="its memory in MB; that of this one if left out")
@click.option("--pengguna", help="account that runs the bench; the present one if left out")
@click.option("--pengimbang", multiple=True, help="network of a load balancer in front, like 10.0.0.0/24")
@click.option("--port-https", default=443, show_default=True)
@click.option("--port-http", default=80, show_default=True)
@pass_context
def production(context: Any, **options: Any) -> None:
    """Writes nginx, gunicorn, systemd, supervisor, MariaDB, Redis, backup and alerts for this machine. Installs nothing."""
    from spbe_attendance.produksi import command
    from spbe_attendance.produksi.errors import ProduksiTidakSah

    frappe.init(site=get_site(context))
    try:
        click.echo(command.run(frappe.local.site, dict(frappe.conf), **options))
    except ProduksiTidakSah as refusal:
        raise click.ClickException(str(refusal)) from refusal
    finally:
        frappe.destroy()


commands = [prepare_site, demo, export_chain, production, herald, worker]

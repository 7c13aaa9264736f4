"""Ten thousand people on a Monday: each opens the app, punches and sends a photo, arriving in ten minutes whether the server keeps up or not.

Open loop: the times of arrival are drawn beforehand, and a receipt is as late as it comes after its own time, not after the request
could at last be sent. Beside them leaders watch and heads open reports. Called by ``./dev load``; everything stays on the site.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import io
import json
import os
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import aiohttp
from PIL import Image

from . import figures, machine, monday_page, people
from .staff import Phone, make

STAFF, UNITS, MINUTES = 10_000, 300, 10
# Most arrive shortly before the limit.
PEAK = 0.7
# From opening the app to the tap, seconds.
THINKING = 2.0
# Seconds after which somebody puts the phone away; the app keeps a photo and goes on trying for days, here until all are long at work.
PATIENCE, PHOTO_PATIENCE = 120.0, 900.0
PHOTOS, PHOTO_BYTES = 40, 60_000
API = "/api/method/spbe_attendance.api"
LEADERS, LEADERS_EVERY = 5, 5.0
REPORTS_EVERY = 10.0


@dataclass
class Seen:
    """What the clients saw. Seconds from when a request was due to its last answer; ``status``: all answers by request and code."""

    opened: list[float] = field(default_factory=list)
    receipts: list[tuple[float, float]] = field(default_factory=list)
    photos: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    acknowledged: dict[str, str] = field(default_factory=dict)
    status: Counter[tuple[str, int]] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    late_client: float = 0.0


def main() -> None:
    options = read_options()
    os.chdir(machine.SITES)
    import frappe
    from frappe.utils.scheduler import enable_scheduler

    from spbe_attendance.kepegawaian import early

    frappe.init(site=options.host, sites_path=".")
    frappe.connect()
    phones = make(frappe, options.staff, min(UNITS, options.staff))
    # As every night.
    early.read()
    # Seals, review and the like go on beside it, as they do on any morning.
    enable_scheduler()
    frappe.db.commit()
    watched = {
        "web": machine.Watched(lambda: machine.web_processes(options.url)),
        "database": machine.Watched(machine.database_processes),
        "Redis": machine.Watched(machine.redis_processes),
        "jobs": machine.Watched(lambda: machine.processes_of(options.url, "spbe-pekerja")),
        "Command Center's herald": machine.Watched(lambda: machine.processes_of(options.url, "spbe-kabar")),
        "proxy": machine.Watched(lambda: machine.proxy_processes(options.url)),
    }
    with machine.connect(options.host) as connection:
        before = {name: one.seconds() for name, one in watched.items()}
        asked, waits, own = machine.questions(connection), machine.lock_waits(connection), process_time()
        began = perf_counter()
        seen = asyncio.run(Morning(options, phones).run())
        seconds = perf_counter() - began
        used = {name: one.seconds() - before[name] for name, one in watched.items()}
        used["clients"] = process_time() - own
        asked, waits = machine.questions(connection) - asked, machine.lock_waits(connection) - waits
        truth = stored(connection, phones)
        facts = machine.facts(connection, len(watched["web"].find()) - 1)
    result = monday_page.Result(options.staff, options.minutes, seconds, seen, used, asked, waits, truth)
    options.out.write_text(monday_page.page(result, facts))
    figures.save(monday_page.figures_of(result), options.figures)
    print(f"Written: {options.out}")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True, help="address of the running stack, loopback only")
    parser.add_argument("--host", required=True, help="the site's name")
    parser.add_argument(
        "--logins", required=True, type=lambda text: Path(text).resolve(), help="file of demo log-ins"
    )
    parser.add_argument("--staff", type=int, default=STAFF, help=f"invented persons ({STAFF})")
    parser.add_argument("--minutes", type=float, default=MINUTES, help=f"in which all arrive ({MINUTES})")
    parser.add_argument("--alone", action="store_true", help="nobody watches or opens reports meanwhile")
    parser.add_argument("--out", required=True, type=lambda text: Path(text).resolve(), help="page to write")
    parser.add_argument(
        "--figures", type=lambda text: Path(text).resolve(), help="JSON file of the figures to write"
    )
    return parser.parse_args()


def stored(connection: Any, phones: list[Phone]) -> dict[str, tuple[str, str]]:
    """id_klien -> (name, state of the photo) of today's punches of these people; an id stands once, its key sees to that."""
    whose = {phone.pegawai for phone in phones}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id_klien, name, foto_status, pegawai FROM `tabAbsensi` WHERE waktu_tiba >= CURDATE()"
        )
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall() if row[3] in whose}


def pictures() -> list[bytes]:
    """JPEG of noise over a slope, as large as a phone may send."""
    chance = random.Random(7)
    found = []
    for number in range(PHOTOS):
        noise = Image.frombytes("L", (60, 80), chance.randbytes(4800)).resize((480, 640))
        image = Image.merge("RGB", (noise, noise.rotate(90), Image.linear_gradient("L").resize((480, 640))))
        found.append(next(encoded(image, quality) for quality in range(92, 20, -6) if fits(image, quality)))
        assert found[number].startswith(b"\xff\xd8")
    return found


def encoded(image: Image.Image, quality: int) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality)
    return target.getvalue()


def fits(image: Image.Image, quality: int) -> bool:
    return len(encoded(image, quality)) <= PHOTO_BYTES


def unique(picture: bytes, mark: bytes) -> bytes:
    """The same picture with a comment of its own behind the first marker."""
    return picture[:2] + b"\xff\xfe" + (len(mark) + 2).to_bytes(2, "big") + mark + picture[2:]


class Morning:
    """All phones of one morning."""

    def __init__(self, options: argparse.Namespace, phones: list[Phone]) -> None:
        self.options, self.phones, self.seen = options, phones, Seen()
        self.chance = random.Random(1)
        self.pictures = pictures()
        self.over = asyncio.Event()

    async def run(self) -> Seen:
        span = self.options.minutes * 60
        times = sorted(self.chance.triangular(0, span, PEAK * span) for _phone in self.phones)
        connector = aiohttp.TCPConnector(limit=0)
        headers = {"Host": self.options.host, "Accept": "application/json"}
        async with aiohttp.ClientSession(
            self.options.url, connector=connector, headers=headers, cookie_jar=aiohttp.DummyCookieJar()
        ) as self.http:
            beside = [] if self.options.alone else [asyncio.create_task(one) for one in self.watchers()]
            self.began = perf_counter()
            told = asyncio.create_task(self.tell(span))
            people_ = [
                asyncio.create_task(self.person(phone, at))
                for phone, at in zip(self.phones, times, strict=True)
            ]
            await asyncio.gather(*people_)
            self.over.set()
            await asyncio.gather(told, *beside)
        return self.seen

    async def person(self, phone: Phone, at: float) -> None:
        await self.until(at)
        opening = asyncio.create_task(self.open(phone, at))
        await self.until(at + THINKING)
        id_klien = people.client_id()
        photo = unique(self.pictures[len(self.seen.receipts) % PHOTOS], id_klien.encode())
        body = {
            "jenis": "Masuk",
            "latitude": phone.latitude,
            "longitude": phone.longitude,
            "akurasi": 8,
            "id_klien": id_klien,
            "foto_sha256": hashlib.sha256(photo).hexdigest(),
            "perangkat": "load",
        }
        answer = await self.insist("punch", phone, "absensi.catat", at + THINKING, body=body)
        if answer is None:
            self.seen.lost.append(id_klien)
            return
        self.seen.receipts.append((at + THINKING, perf_counter() - self.began - at - THINKING))
        self.seen.acknowledged[id_klien] = answer["name"]
        due = perf_counter() - self.began
        if await self.insist("photo", phone, "absensi.unggah_foto", due, photo=(id_klien, photo)):
            self.seen.photos.append(perf_counter() - self.began - due)
        await opening

    async def open(self, phone: Phone, at: float) -> None:
        # Side by side, as the app does it: it shows what it knows meanwhile, and punches with the token that it has kept since Friday.
        who = asyncio.create_task(self.insist("who is logged in", phone, "sesi.info", at))
        if await self.insist("home screen", phone, "absensi.hari_ini", at):
            self.seen.opened.append(perf_counter() - self.began - at)
        await who

    async def insist(
        self, what: str, phone: Phone, method: str, due: float, *, body: Any = None, photo: Any = None
    ) -> dict[str, Any] | None:
        """The answer; as the app does it: again with the same id after what the server asked for, and some chance."""
        headers = {"Cookie": f"sid={phone.sid}", "X-Frappe-CSRF-Token": phone.csrf}
        post = body is not None or photo is not None
        tries = 0
        until = due + (PHOTO_PATIENCE if photo else PATIENCE)
        while perf_counter() - self.began < until:
            tries += 1
            try:
                async with self.http.request(
                    "POST" if post else "GET", f"{API}.{method}", headers=headers, json=body, data=form(photo)
                ) as response:
                    self.seen.status[what, response.status] += 1
                    if response.status == 200:
                        return (await response.json())["message"]
                    if response.status not in (429, 502, 503, 504):
                        return None
                    wait = float(response.headers.get("Retry-After", min(2**tries, 30)))
            except aiohttp.ClientError:
                self.seen.status[what, 0] += 1
                wait = min(2**tries, 30)
            await asyncio.sleep(wait * self.chance.uniform(1, 1.5))
        return None

    async def until(self, moment: float) -> None:
        wait = moment - (perf_counter() - self.began)
        await asyncio.sleep(max(wait, 0))
        # How far this program itself lags behind: were it much, the figures would be its own.
        self.seen.late_client = max(self.seen.late_client, perf_counter() - self.began - moment)

    def watchers(self) -> list[Any]:
        """Leaders who look at the whole regency, and BKPSDM who opens the recap of a month."""
        users = json.loads(self.options.logins.read_text())["users"]
        leader, staff = (
            people.log_in(self.options.url, self.options.host, next(u for u in users if u["role"] == role))
            for role in ("Pimpinan", "BKPSDM")
        )
        summary = f"{API}.pemantauan.ringkasan"
        report = (
            "/api/method/frappe.desk.query_report.run?report_name=Rekapitulasi%20Kehadiran"
            f"&filters=%7B%22bulan%22%3A%22{date.today():%Y-%m}%22%7D"
        )
        return [
            *(self.again(leader.sid, summary, LEADERS_EVERY) for _leader in range(LEADERS)),
            self.again(staff.sid, report, REPORTS_EVERY),
        ]

    async def again(self, sid: str, path: str, every: float) -> None:
        while not self.over.is_set():
            began = perf_counter()
            async with self.http.get(path, headers={"Cookie": f"sid={sid}"}) as response:
                self.seen.status["screens and reports", response.status] += 1
                await response.read()
            self.seen.beside.append(perf_counter() - began)
            await asyncio.sleep(every * self.chance.uniform(0.5, 1.5))

    async def tell(self, span: float) -> None:
        while not self.over.is_set():
            await asyncio.sleep(15)
            passed = perf_counter() - self.began
            print(f"{passed:5.0f} of {span:.0f} s, {len(self.seen.receipts)} receipts", flush=True)


def form(photo: tuple[str, bytes] | None) -> aiohttp.FormData | None:
    if photo is None:
        return None
    data = aiohttp.FormData()
    data.add_field("id_klien", photo[0])
    data.add_field("foto", photo[1], filename="foto.jpg", content_type="image/jpeg")
    return data


if __name__ == "__main__":
    main()

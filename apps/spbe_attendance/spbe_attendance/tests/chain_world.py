"""An invented regency's punches, sealed and rooted by the engine alone, as an export has them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from spbe_attendance.evidence import audit, chain, verify
from spbe_attendance.evidence.audit import Audit, Finding, Printed, Punch, Review, Scope

NOW = "2026-12-05T09:00:00.000000"
OPDS = ("DISDIK", "RSUD")
EVERYTHING = Scope(NOW, parents={"DISDIK": "", "RSUD": ""})


def punch(pegawai: str, number: int, opd: str, day: int, status: str = "Sah") -> Punch:
    tanggal = f"2026-11-{day:02d}"
    waktu = f"{tanggal}T07:{number % 60:02d}:00.000000"
    known = {name: "" for name in chain.ALL_FIELDS} | {
        "name": f"{pegawai}-a{number}",
        "pegawai": pegawai,
        "opd": opd,
        "tanggal": tanggal,
        "waktu": waktu,
        "waktu_tiba": waktu,
        "latitude": "1.000000000",
    }
    return Punch(known, status)


@dataclass
class World:
    punches: list[Punch] = field(default_factory=list)
    seals: list[chain.Seal] = field(default_factory=list)
    roots: list[chain.Root] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    scope: Scope = EVERYTHING

    def seal(self, punches: list[Punch], moment: str) -> None:
        for found in punches:
            head = self.head(found.facts["pegawai"])
            first = audit.MENUNGGU if found.status in ("Disetujui", "Ditolak") else found.status
            # Every second seal has the first form, as those of an older site.
            salt = found.facts["name"].encode().hex() if len(self.seals) % 2 else ""
            made = chain.seal_punch(head, found.facts, first, moment, salt)
            self.seals.append(made)
            if found.status != first:
                end = chain.Head(made.urutan, made.hash)
                self.seals.append(
                    chain.seal_decision(end, found.facts, found.status, "kepala", found.catatan, moment)
                )
        self.punches += punches

    def rule(self, index: int, *said: tuple[str, str], moment: str = "2026-11-04T12:00:00.000000") -> Review:
        """Decide on a punch in the review queue, once for each (status, digest of the note), and seal it."""
        facts = self.punches[index].facts
        rulings = tuple(
            chain.Ruling(facts["name"], number, status, "kepala", moment, note)
            for number, (status, note) in enumerate(said, 1)
        )
        for ruling in rulings:
            self.seals.append(chain.seal_ruling(self.head(facts["pegawai"]), facts, ruling, moment))
        where = {key: facts[key] for key in ("pegawai", "opd", "tanggal")}
        self.reviews.append(Review(facts["name"], status=said[-1][0], putusan=rulings, **where))
        return self.reviews[-1]

    def head(self, pegawai: str) -> chain.Head:
        own = [seal for seal in self.seals if seal.pegawai == pegawai]
        return chain.Head(own[-1].urutan, own[-1].hash) if own else chain.Head()

    def close(self, day: int, moment: str, why: str = "") -> None:
        tanggal = f"2026-11-{day:02d}"
        for opd in OPDS:
            of_day = [seal for seal in self.seals if (seal.opd, seal.tanggal) == (opd, tanggal)]
            before = [root for root in self.roots if root.opd == opd]
            head = chain.Head(before[-1].urutan, before[-1].hash) if before else chain.Head()
            versi = sum(root.tanggal == tanggal for root in before) + 1
            if of_day:
                ordered = sorted(of_day, key=lambda seal: (seal.waktu, seal.pegawai, seal.urutan))
                leaves = [chain.leaf(seal.hash.encode()) for seal in ordered]
                self.roots.append(chain.seal_day(head, opd, tanggal, versi, leaves, moment, why))

    def findings(self, *printed: Printed) -> list[Finding]:
        judged = Audit(self.scope, self.roots)
        found: list[Finding] = []
        owners = {seal.pegawai for seal in self.seals} | {row.facts["pegawai"] for row in self.punches}
        for owner in sorted(owners):
            rows = [row for row in self.punches if row.facts["pegawai"] == owner]
            reviews = [row for row in self.reviews if row.pegawai == owner]
            found += judged.person(
                owner, rows, [seal for seal in self.seals if seal.pegawai == owner], reviews
            )
        return found + list(judged.finish(printed))

    def serious(self, *printed: Printed) -> list[Finding]:
        return [found for found in self.findings(*printed) if found.serious]

    def lines(self) -> list[str]:
        """The export."""
        rows: list[dict[str, Any]] = [
            {
                "jenis": "kepala",
                "format": verify.FORMAT,
                "dibuat": self.scope.moment,
                "unit": None,
                "dari": "",
                "sampai": "",
                "pohon": self.scope.parents,
            }
        ]
        rows += [{"jenis": "akar", **asdict(root)} for root in self.roots]
        for owner in sorted({seal.pegawai for seal in self.seals}):
            for row in self.punches:
                if row.facts["pegawai"] == owner:
                    rows.append(
                        {
                            "jenis": "absensi",
                            "isi": row.facts,
                            "status": row.status,
                            "catatan": row.catatan,
                            "diubah": row.diubah,
                        }
                    )
            rows += [{"jenis": "tinjauan", **asdict(row)} for row in self.reviews if row.pegawai == owner]
            rows += [{"jenis": "segel", **asdict(seal)} for seal in self.seals if seal.pegawai == owner]
        counts = {"absensi": len(self.punches), "segel": len(self.seals), "tinjauan": len(self.reviews)}
        rows.append({"jenis": "akhir", **counts})
        return [json.dumps(row) + "\n" for row in rows]


def world(people: int = 3, days: int = 3) -> World:
    """Three persons of two OPD, two punches a day, each day closed; the first punch of the first day was decided on."""
    made = World()
    for day in range(2, 2 + days):
        rows = [
            punch(f"p{person}", 2 * day + turn, OPDS[person % 2], day)
            for person in range(people)
            for turn in range(2)
        ]
        if day == 2:
            rows[0] = replace(rows[0], status="Disetujui", catatan="ab" * 32)
        made.seal(rows, f"2026-11-{day:02d}T17:00:00.000000")
        made.close(day, f"2026-11-{day + 1:02d}T00:30:00.000000")
    return made


def rewritten(made: World) -> World:
    """The same regency with all seals and roots made anew from the punches as they are now: a tamperer with all rights."""
    fresh = World()
    for day in sorted({row.facts["tanggal"] for row in made.punches}):
        rows = [row for row in made.punches if row.facts["tanggal"] == day]
        fresh.seal(rows, f"{day}T17:00:00.000000")
        number = int(day[-2:])
        fresh.close(number, f"2026-11-{number + 1:02d}T00:30:00.000000")
    return fresh

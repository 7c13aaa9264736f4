"""Invented people with well-formed numbers. Pure and deterministic."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

MEN = [
    "Ahmad",
    "Budi",
    "Dedi",
    "Eka",
    "Fadli",
    "Hendra",
    "Ilham",
    "Joni",
    "Khairul",
    "Lukman",
    "Mahmud",
    "Nazri",
    "Rahmat",
    "Said",
    "Syafrizal",
    "Taufik",
    "Umar",
    "Wahyu",
    "Yusri",
    "Zulfan",
]
WOMEN = [
    "Aini",
    "Bunga",
    "Citra",
    "Dewi",
    "Elvina",
    "Fitri",
    "Hasnah",
    "Indah",
    "Juliana",
    "Kartini",
    "Laila",
    "Mariam",
    "Nurul",
    "Rina",
    "Salmah",
    "Siti",
    "Tengku",
    "Wati",
    "Yuliana",
    "Zahara",
]
SECOND = [
    "Anwar",
    "Bakri",
    "Fauzi",
    "Hamid",
    "Harahap",
    "Idris",
    "Ismail",
    "Kurnia",
    "Lestari",
    "Mansyur",
    "Nasution",
    "Pratama",
    "Ramadhan",
    "Saputra",
    "Siregar",
    "Sulaiman",
    "Syah",
    "Utama",
    "Wijaya",
    "Yahya",
]
TYPES = (("PNS", 40), ("PPPK", 15), ("PPPK Paruh Waktu", 20), ("CPNS", 5), ("Non ASN", 12), ("Alih Daya", 8))
GRADES = {
    "PNS": ("II/c", "III/a", "III/b", "III/c", "III/d", "IV/a"),
    "CPNS": ("II/c", "III/a"),
    "PPPK": ("V", "VII", "IX"),
    "PPPK Paruh Waktu": ("V", "VII"),
}
JOBS = [
    "Pengelola Data",
    "Analis Kebijakan",
    "Pranata Komputer",
    "Penata Layanan",
    "Pengadministrasi Perkantoran",
    "Operator Layanan",
]


@dataclass(frozen=True)
class Person:
    """``nip`` is None for those without; NIK is unique within a seed."""

    nama: str
    perempuan: bool
    lahir: date
    status_kepegawaian: str
    nip: str | None
    nik: str
    golongan: str
    jabatan: str


def make_people(count: int, seed: int, offset: int = 0) -> list[Person]:
    chance = random.Random(f"pegawai-{seed}")  # noqa: S311 - invented people, no secret
    return [_person(chance, number) for number in range(offset + count)][offset:]


def _person(chance: random.Random, number: int) -> Person:
    female = chance.random() < 0.5
    born = date(1968, 1, 1) + timedelta(days=chance.randrange(365 * 33))
    kind = chance.choices([name for name, _ in TYPES], [share for _, share in TYPES])[0]
    appointed = born.year + chance.randrange(21, 25)
    sex = 2 if female else 1
    # The serial keeps numbers apart that share birth and appointment.
    serial = number % 999 + 1
    nip = None
    if kind in ("PNS", "CPNS"):
        nip = f"{born:%Y%m%d}{appointed}{chance.randrange(1, 13):02d}{sex}{serial:03d}"
    elif kind.startswith("PPPK"):
        nip = f"{born:%Y%m%d}{max(appointed, 2021)}{21 if kind == 'PPPK' else 24}{sex}{serial:03d}"
    day = born.day + (40 if female else 0)
    nik = f"1410{chance.randrange(1, 10):02d}{day:02d}{born:%m%y}{number % 9999 + 1:04d}"
    given = chance.choice(WOMEN if female else MEN)
    return Person(
        nama=f"{given} {chance.choice(SECOND)}",
        perempuan=female,
        lahir=born,
        status_kepegawaian=kind,
        nip=nip,
        nik=nik,
        golongan=chance.choice(GRADES[kind]) if kind in GRADES else "",
        jabatan=chance.choice(JOBS),
    )

"""Invented people with NIP, NI PPPK and NIK of the right shape. Pure; the same seed always gives the same people."""

from __future__ import annotations

import hashlib
import random
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from .organisation import FIRST, SECOND, units

_MEN = [
    "Abdul Rahim",
    "Ahmad Fauzi",
    "Andi",
    "Ardiansyah",
    "Azmi",
    "Bambang",
    "Budi",
    "Darwis",
    "Dedi",
    "Eko",
    "Fadli",
    "Fahrul",
    "Hamdan",
    "Hasan",
    "Hendri",
    "Herman",
    "Idris",
    "Ilham",
    "Indra",
    "Irwan",
    "Iskandar",
    "Jefri",
    "Joko",
    "Kamarudin",
    "Khairul",
    "Lukman",
    "Mahmud",
    "Mansur",
    "Marzuki",
    "Muhammad Arif",
    "Nasrul",
    "Nazaruddin",
    "Raja",
    "Ramli",
    "Rizki",
    "Roni",
    "Rusdi",
    "Said",
    "Saiful",
    "Samsul",
    "Sofyan",
    "Sulaiman",
    "Suryadi",
    "Syafrizal",
    "Syahrul",
    "Taufik",
    "Usman",
    "Wahyu",
    "Yusuf",
    "Zainal",
    "Zulkifli",
]
_WOMEN = [
    "Aisyah",
    "Anita",
    "Ayu",
    "Dahlia",
    "Desi",
    "Dewi",
    "Diana",
    "Elvira",
    "Erna",
    "Evi",
    "Fatimah",
    "Fitri",
    "Halimah",
    "Hasnah",
    "Herlina",
    "Ida",
    "Indah",
    "Juliana",
    "Kartika",
    "Lestari",
    "Lina",
    "Maimunah",
    "Mariani",
    "Maryam",
    "Mega",
    "Murni",
    "Nadia",
    "Novita",
    "Nur Aini",
    "Nurhayati",
    "Nurul",
    "Puspita",
    "Putri",
    "Rahmah",
    "Ratna",
    "Rika",
    "Rina",
    "Rosmiati",
    "Rosnah",
    "Salmah",
    "Sari",
    "Siti Aminah",
    "Siti Zubaidah",
    "Sri",
    "Suryani",
    "Tengku Laila",
    "Wati",
    "Winda",
    "Yanti",
    "Yuliana",
    "Zahara",
    "Zuraida",
]
_SECOND_NAMES = [
    "Amri",
    "Anwar",
    "Arifin",
    "Aziz",
    "Bakri",
    "Basri",
    "Darmawan",
    "Effendi",
    "Fahmi",
    "Firdaus",
    "Gunawan",
    "Hakim",
    "Halim",
    "Hamid",
    "Harahap",
    "Hidayat",
    "Ibrahim",
    "Ismail",
    "Jamil",
    "Kurniawan",
    "Latif",
    "Lubis",
    "Maulana",
    "Mulyadi",
    "Nasution",
    "Natsir",
    "Nugroho",
    "Pratama",
    "Purnama",
    "Rahman",
    "Ramadhan",
    "Ridwan",
    "Ritonga",
    "Saputra",
    "Saragih",
    "Setiawan",
    "Siregar",
    "Subhan",
    "Sukri",
    "Susanto",
    "Syahputra",
    "Syarif",
    "Tanjung",
    "Utama",
    "Wahid",
    "Wibowo",
    "Yahya",
    "Yunus",
    "Zaini",
    "Zakaria",
]
_STATUS = (("PNS", 42), ("CPNS", 3), ("PPPK", 20), ("PPPK Paruh Waktu", 22), ("Non ASN", 4), ("Alih Daya", 9))
_POSTS = {
    "PNS": (
        "Analis Kebijakan Ahli Muda",
        "Kepala Subbagian Umum",
        "Pengadministrasi Perkantoran",
        "Penata Kelola Sistem",
    ),
    "CPNS": ("Penata Layanan Operasional", "Pranata Komputer Ahli Pertama"),
    "PPPK": ("Arsiparis Terampil", "Penata Layanan Operasional", "Pranata Komputer Terampil"),
    "PPPK Paruh Waktu": ("Operator Layanan Operasional", "Pengelola Umum Operasional"),
    "Non ASN": ("Tenaga Administrasi",),
    "Alih Daya": ("Petugas Kebersihan", "Petugas Keamanan", "Pengemudi"),
}
_GRADES = {
    "PNS": ("II/c", "II/d", "III/a", "III/b", "III/c", "III/d", "IV/a"),
    "CPNS": ("II/c", "III/a"),
    "PPPK": ("V", "VII", "IX"),
}
_DEGREES = ("", "", "", "A.Md.", "S.E.", "S.Kom.", "S.Pd.", "S.Sos.", "S.T.", "S.H.", "M.Si.")
_CLINICS = ("RSUD", "PKM")
LAST_APPOINTMENT = 2025

# role (None: Pegawai SPBE only), OPD, is its head, post
Fixed = tuple[str | None, str, bool, str]
FIXED: tuple[Fixed, ...] = (
    ("Kepala OPD", FIRST, True, "Kepala Dinas"),
    ("Kepala OPD", SECOND, True, "Kepala Dinas"),
    ("BKPSDM", "BKPSDM", False, "Analis Sumber Daya Manusia Aparatur Ahli Muda"),
    ("Pimpinan", "SETDA", True, "Sekretaris Daerah"),
    ("Wali Data", FIRST, False, "Statistisi Ahli Muda"),
    ("Admin OPD", FIRST, False, "Kepala Subbagian Umum dan Kepegawaian"),
    *[(None, opd, False, "") for opd in (FIRST, SECOND) * 8],
    *[
        (None, opd, False, "")
        for opd in ("DISDIKBUD", "BKPSDM", "DPUPR", "14.10.01", "14.10.02", "PKM-ALAHAIR", "BPBD", "BPKAD")
    ],
)
MINIMUM = len(FIXED)


@dataclass(frozen=True)
class Person:
    """``index`` counts from 0; ``role``: what the person's account may do beside Pegawai SPBE; ``login``: has an account."""

    index: int
    name: str
    nama: str
    gelar_depan: str | None
    gelar_belakang: str | None
    female: bool
    born: date
    nip: str | None
    nomor_pegawai: str | None
    nik: str
    status_kepegawaian: str
    opd: str
    head: bool
    jabatan: str
    golongan: str | None
    role: str | None
    login: bool


def digest(*parts: object) -> str:
    """Hexadecimal, the same everywhere for the same parts."""
    return hashlib.sha256("/".join(map(str, ("spbe-demo", *parts))).encode()).hexdigest()


def generate(count: int, seed: int) -> list[Person]:
    """``count`` people, at least MINIMUM; more of them leave the first ones as they are."""
    if count < MINIMUM:
        raise ValueError(f"at least {MINIMUM} people are needed")
    registry: Counter[str] = Counter()
    posts = _posts(seed)
    return [_person(index, seed, next(posts), registry) for index in range(count)]


def _posts(seed: int) -> Iterator[Fixed]:
    """First those with log-ins, then a head for each other OPD, then staff by weight."""
    yield from FIXED
    headed = {opd for _role, opd, head, _post in FIXED if head}
    offices = [unit for unit in units() if unit.weight]
    for unit in offices:
        if unit.kode not in headed:
            yield (None, unit.kode, True, _head_post(unit.nama))
    rng = random.Random(f"{seed}/posts")  # noqa: S311 -- invented data, no secret
    weights = [unit.weight for unit in offices]
    while True:
        yield (None, rng.choices(offices, weights)[0].kode, False, "")


def _head_post(office: str) -> str:
    for start, post in (
        ("Kecamatan", "Camat"),
        ("RSUD", "Direktur"),
        ("Inspektorat", "Inspektur"),
        ("Sekretariat DPRD", "Sekretaris DPRD"),
    ):
        if office.startswith(start):
            return post
    kind = office.split()[0]
    return f"Kepala {kind}"


def _person(index: int, seed: int, post: Fixed, registry: Counter[str]) -> Person:
    role, opd, head, title = post
    rng = random.Random(f"{seed}/person/{index}")  # noqa: S311
    female = rng.random() < 0.5
    status = "PNS" if head or role else rng.choices(*zip(*_STATUS, strict=True))[0]
    # Among those with log-ins some have no NIP: they log in with the number the system gives.
    if index in (MINIMUM - 1, MINIMUM - 2):
        status = "Alih Daya" if index % 2 else "Non ASN"
    # Whoever was appointed lately was not much older than forty then.
    recent = status in ("CPNS", "PPPK", "PPPK Paruh Waktu")
    year = rng.randint(1969, 1982) if head else rng.randint(1983 if recent else 1972, 2001)
    month = rng.randint(1, 12)
    born = date(year, month, rng.randint(1, monthrange(year, month)[1]))
    has_nip = status not in ("Non ASN", "Alih Daya")
    person = Person(
        index=index,
        name=f"demo{digest(seed, 'pegawai', index)[:12]}",
        nama=f"{rng.choice(_WOMEN if female else _MEN)} {rng.choice(_SECOND_NAMES)}",
        gelar_depan=None,
        gelar_belakang=None,
        female=female,
        born=born,
        nip=_nip(rng, status, born, female, registry) if has_nip else None,
        nomor_pegawai=None if has_nip else _staff_number(seed, index, registry),
        nik=_nik(rng, born, female, registry),
        status_kepegawaian=status,
        opd=opd,
        head=head,
        jabatan=title or rng.choice(_POSTS[status]),
        golongan=("IV/b" if head else rng.choice(_GRADES[status])) if status in _GRADES else None,
        role=role,
        login=index < MINIMUM,
    )
    return _with_titles(person, rng)


def _with_titles(person: Person, rng: random.Random) -> Person:
    clinical = person.opd.startswith(_CLINICS) and person.status_kepegawaian in ("PNS", "CPNS", "PPPK")
    if clinical and not person.head:
        doctor = rng.random() < 0.2
        return replace(
            person,
            jabatan="Dokter Ahli Pertama" if doctor else rng.choice(("Perawat Terampil", "Bidan Terampil")),
            gelar_depan="dr." if doctor else None,
            gelar_belakang=None if doctor else rng.choice(("A.Md.Kep.", "A.Md.Keb.")),
        )
    titles = ("M.Si.", "M.M.") if person.head else _DEGREES
    educated = person.status_kepegawaian in ("PNS", "CPNS", "PPPK")
    return replace(person, gelar_belakang=(rng.choice(titles) or None) if educated else None)


def _nip(rng: random.Random, status: str, born: date, female: bool, registry: Counter[str]) -> str:
    """PNS: month of the first appointment in digits 13–14; PPPK: a code there."""
    earliest = born.year + 22
    if status == "PPPK Paruh Waktu":
        appointed = f"{LAST_APPOINTMENT}24"
    elif status == "PPPK":
        appointed = f"{rng.randint(max(2021, earliest), LAST_APPOINTMENT)}21"
    elif status == "CPNS":
        appointed = f"{LAST_APPOINTMENT}03"
    else:
        appointed = (
            f"{rng.randint(earliest, min(born.year + 33, LAST_APPOINTMENT))}{rng.choice((1, 3, 4, 12)):02d}"
        )
    return _numbered(f"{born:%Y%m%d}{appointed}{2 if female else 1}", 3, registry)


def _nik(rng: random.Random, born: date, female: bool, registry: Counter[str]) -> str:
    """Many of the older were registered when the islands belonged to Bengkalis."""
    region = (
        f"1403{rng.randint(1, 13):02d}"
        if born.year < 1990 and rng.random() < 0.5
        else f"1410{rng.randint(1, 9):02d}"
    )
    day = born.day + (40 if female else 0)
    return _numbered(f"{region}{day:02d}{born:%m%y}", 4, registry)


def _numbered(prefix: str, digits: int, registry: Counter[str]) -> str:
    registry[prefix] += 1
    return f"{prefix}{registry[prefix]:0{digits}d}"


def _staff_number(seed: int, index: int, registry: Counter[str]) -> str:
    attempt = 0
    while True:
        number = f"9{int(digest(seed, 'nomor', index, attempt), 16) % 10**7:07d}"
        registry[number] += 1
        if registry[number] == 1:
            return number
        attempt += 1

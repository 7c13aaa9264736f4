"""The OPD of Kepulauan Meranti and invented places for them. Pure.

Names: SOTK 2021 and the nine kecamatan with their Kemendagri codes. The points are invented, roughly where each office's town or
island lies: a survey gives the real ones.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

ROOT = "MERANTI"
# The two OPD whose heads get log-ins; their staff has a circle as place.
FIRST, SECOND = "DISKOMINFOTIK", "DINKES"
# One degree of latitude, and near the equator of longitude, in metres: good enough to invent shapes with.
DEGREE = 111_000.0


@dataclass(frozen=True)
class Unit:
    """``centre``: (lat, lon) of its office. ``weight``: share of the staff."""

    kode: str
    nama: str
    singkatan: str
    induk: str | None
    centre: tuple[float, float]
    weight: int = 4
    is_group: bool = False


@dataclass(frozen=True)
class Place:
    """``polygons``: each a list of rings of (east, north) metres from the centre, the first the outline, others holes."""

    key: str
    nama: str
    opd: str | None
    centre: tuple[float, float]
    radius: float = 0.0
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...] = ()
    first_day: date | None = None
    last_day: date | None = None

    @property
    def jenis_area(self) -> str:
        return "Poligon" if self.polygons else "Radius"

    @property
    def area(self) -> str | None:
        """GeoJSON, (lon, lat); a MultiPolygon where there are several parts."""
        if not self.polygons:
            return None
        parts = [[[self._degrees(point) for point in ring] for ring in rings] for rings in self.polygons]
        geometry = (
            {"type": "Polygon", "coordinates": parts[0]}
            if len(parts) == 1
            else {"type": "MultiPolygon", "coordinates": parts}
        )
        feature = {"type": "Feature", "properties": {}, "geometry": geometry}
        return json.dumps({"type": "FeatureCollection", "features": [feature]}, separators=(",", ":"))

    def _degrees(self, point: tuple[float, float]) -> list[float]:
        return [
            round(self.centre[1] + point[0] / DEGREE, 7),
            round(self.centre[0] + point[1] / DEGREE, 7),
        ]


def _town(index: int) -> tuple[float, float]:
    """Offices in Selatpanjang, a few hundred metres from each other."""
    return (round(1.0016 + (index * 5 % 7) * 0.0023, 6), round(102.6998 + (index * 3 % 11) * 0.0021, 6))


# kode, name, short name, weight, has units below it
_OFFICES = (
    ("SETDA", "Sekretariat Daerah", "Setda", 9, False),
    ("SETWAN", "Sekretariat DPRD", "Setwan", 4, False),
    ("ITDA", "Inspektorat Daerah", "Inspektorat", 4, False),
    ("DISDIKBUD", "Dinas Pendidikan dan Kebudayaan", "Disdikbud", 12, False),
    (SECOND, "Dinas Kesehatan", "Dinkes", 8, True),
    ("DPUPR", "Dinas Pekerjaan Umum dan Penataan Ruang", "PUPR", 6, False),
    (
        "DPKPPLH",
        "Dinas Perumahan, Kawasan Permukiman, Pertanahan dan Lingkungan Hidup",
        "Perkimtan LH",
        6,
        False,
    ),
    (
        "DINSOS",
        "Dinas Sosial, Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana",
        "Dinsos P3AP2KB",
        4,
        False,
    ),
    ("DISKOPNAKER", "Dinas Koperasi, Usaha Kecil Menengah dan Tenaga Kerja", "Diskop UKM Naker", 3, False),
    ("DISPERINDAG", "Dinas Perindustrian dan Perdagangan", "Disperindag", 3, False),
    ("DKPTPP", "Dinas Ketahanan Pangan, Tanaman Pangan dan Peternakan", "DKPTPP", 4, False),
    ("DISBUN", "Dinas Perkebunan", "Disbun", 3, False),
    ("DISHUB", "Dinas Perhubungan", "Dishub", 5, False),
    ("DPMD", "Dinas Pemberdayaan Masyarakat dan Desa", "DPMD", 3, False),
    ("DISPUSIP", "Dinas Perpustakaan dan Kearsipan", "Dispusip", 3, False),
    (FIRST, "Dinas Komunikasi, Informatika, Statistik dan Persandian", "Diskominfotik", 5, False),
    ("DISDUKCAPIL", "Dinas Kependudukan dan Pencatatan Sipil", "Disdukcapil", 4, False),
    ("DPMPTSP", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "DPMPTSP", 3, False),
    ("DISPARPORA", "Dinas Pariwisata, Pemuda dan Olahraga", "Disparpora", 3, False),
    ("BPKAD", "Badan Pengelolaan Keuangan dan Aset Daerah", "BPKAD", 5, False),
    (
        "BAPPEDALITBANG",
        "Badan Perencanaan Pembangunan Daerah, Penelitian dan Pengembangan",
        "Bappedalitbang",
        4,
        False,
    ),
    ("BKPSDM", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", "BKPSDM", 4, False),
    ("BAPENDA", "Badan Pendapatan Daerah", "Bapenda", 4, False),
    ("BPBD", "Badan Penanggulangan Bencana Daerah", "BPBD", 5, False),
    ("KESBANGPOL", "Badan Kesatuan Bangsa dan Politik", "Kesbangpol", 3, False),
    ("SATPOLPP", "Satuan Polisi Pamong Praja dan Pemadam Kebakaran", "Satpol PP Damkar", 9, False),
)
# Kemendagri code, name, an invented point on its island
_KECAMATAN = (
    ("14.10.01", "Tebing Tinggi", (1.0102, 102.7175)),
    ("14.10.02", "Rangsang Barat", (1.0511, 102.7204)),
    ("14.10.03", "Rangsang", (0.9907, 102.9512)),
    ("14.10.04", "Tebing Tinggi Barat", (0.9718, 102.5606)),
    ("14.10.05", "Merbau", (1.1309, 102.3517)),
    ("14.10.06", "Pulau Merbau", (1.0604, 102.4711)),
    ("14.10.07", "Tebing Tinggi Timur", (0.8912, 102.8903)),
    ("14.10.08", "Tasik Putri Puyu", (1.2216, 102.2908)),
    ("14.10.09", "Rangsang Pesisir", (1.0803, 102.8106)),
)
_HEALTH = (
    ("RSUD", "RSUD Kepulauan Meranti", "RSUD", (1.0205, 102.7251), 12),
    ("PKM-SELATPANJANG", "Puskesmas Selatpanjang", "PKM Selatpanjang", (1.0049, 102.7143), 4),
    ("PKM-ALAHAIR", "Puskesmas Alah Air", "PKM Alah Air", (0.9931, 102.7309), 4),
    ("PKM-PULAUMERBAU", "Puskesmas Pulau Merbau", "PKM Pulau Merbau", (1.0628, 102.4736), 3),
    ("PKM-KEDABURAPAT", "Puskesmas Kedabu Rapat", "PKM Kedabu Rapat", (1.0779, 102.8158), 3),
    ("PKM-MERBAU", "Puskesmas Merbau", "PKM Merbau", (1.1283, 102.3551), 3),
)


def units() -> list[Unit]:
    """Parents before children."""
    found = [Unit(ROOT, "Pemerintah Kabupaten Kepulauan Meranti", "Pemkab", None, _town(0), 0, True)]
    for index, (kode, nama, singkatan, weight, group) in enumerate(_OFFICES):
        found.append(Unit(kode, nama, singkatan, ROOT, _town(index), weight, group))
    for kode, nama, centre in _KECAMATAN:
        found.append(Unit(kode, f"Kecamatan {nama}", nama, ROOT, centre, 3))
    for kode, nama, singkatan, centre, weight in _HEALTH:
        found.append(Unit(kode, nama, singkatan, SECOND, centre, weight))
    return found


def _box(west: float, south: float, east: float, north: float) -> tuple[tuple[float, float], ...]:
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


# The seat of the government round a pond; a hospital of two buildings, one with a courtyard; other grounds that are no circle.
_YARD = ((_box(-160, -110, 160, 120), _box(40, 30, 80, 65)),)
_HOSPITAL = ((_box(-150, -90, -15, 90), _box(-100, -25, -65, 20)), (_box(25, -70, 150, 80),))
_PORT = ((((-140, -80), (120, -110), (150, 40), (60, 120), (-130, 95), (-140, -80)),),)
_GROUNDS = {"SETDA": _YARD, "RSUD": _HOSPITAL, "DISHUB": _PORT, "14.10.03": _PORT}


def places(reference: date) -> list[Place]:
    """One office for every OPD, further ones for some, one shared by all, and a temporary one for the next Monday's apel."""
    found = []
    for index, unit in enumerate(units()[1:]):
        name = f"Kantor {unit.nama}" if unit.induk == ROOT else unit.nama
        ground = _GROUNDS.get(unit.kode, ())
        radius = 0.0 if ground else float(60 + index * 7 % 5 * 15)
        found.append(Place(f"{unit.kode}/kantor", name, unit.kode, unit.centre, radius, ground))
    by_code = {unit.kode: unit.centre for unit in units()}
    data_centre, store = by_code[FIRST], by_code[SECOND]
    found += [
        Place(
            f"{FIRST}/data",
            "Pusat Data Diskominfotik",
            FIRST,
            (data_centre[0] + 0.0031, data_centre[1] - 0.0014),
            polygons=((_box(-70, -55, 75, 60),),),
        ),
        Place(f"{SECOND}/gudang", "Gudang Farmasi", SECOND, (store[0] - 0.0029, store[1] + 0.0012), 75.0),
        Place("semua/halaman", "Halaman Kantor Bupati", None, (1.0187, 102.7093), 120.0),
    ]
    monday = reference + timedelta(days=7 - reference.weekday())
    found.append(
        Place(
            f"apel/{monday.isoformat()}",
            f"Lapangan Apel Gabungan {monday:%d-%m-%Y}",
            None,
            (1.0219, 102.7036),
            polygons=((_box(-90, -60, 90, 60),),),
            first_day=monday,
            last_day=monday,
        )
    )
    return found

"""The regency's own names: offices and kecamatan of Kepulauan Meranti. Places are invented points near them."""

from __future__ import annotations

REGENCY = ("MERANTI", "Pemerintah Kabupaten Kepulauan Meranti", "Pemkab")

# kode, name, abbreviation, latitude, longitude of an invented office
OFFICES = (
    ("SETDA", "Sekretariat Daerah", "Setda", 0.9962, 102.7042),
    ("SETWAN", "Sekretariat DPRD", "Setwan", 0.9978, 102.7063),
    ("ITDA", "Inspektorat", "Inspektorat", 0.9991, 102.7081),
    ("DISDIK", "Dinas Pendidikan", "Disdik", 1.0012, 102.7095),
    ("DINKES", "Dinas Kesehatan", "Dinkes", 1.0029, 102.7118),
    ("PUPR", "Dinas Pekerjaan Umum dan Penataan Ruang", "PUPR", 1.0041, 102.7132),
    ("DISHUB", "Dinas Perhubungan", "Dishub", 1.0054, 102.7149),
    ("KOMINFO", "Dinas Komunikasi, Informatika, Statistik dan Persandian", "Diskominfotik", 1.0067, 102.7021),
    ("BKPSDM", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", "BKPSDM", 0.9949, 102.7027),
    ("BPKAD", "Badan Pengelolaan Keuangan dan Aset Daerah", "BPKAD", 0.9953, 102.7079),
    ("BPBD", "Badan Penanggulangan Bencana Daerah", "BPBD", 1.0081, 102.7056),
    ("SATPOL", "Satuan Polisi Pamong Praja dan Pemadam Kebakaran", "Satpol PP", 1.0093, 102.7104),
)

# Kemendagri code, name, latitude, longitude of an invented office
KECAMATAN = (
    ("14.10.01", "Tebing Tinggi", 1.0110, 102.7160),
    ("14.10.02", "Rangsang Barat", 1.0480, 102.6900),
    ("14.10.03", "Rangsang", 0.9700, 102.9900),
    ("14.10.04", "Tebing Tinggi Barat", 0.9900, 102.5600),
    ("14.10.05", "Merbau", 1.0500, 102.4300),
    ("14.10.06", "Pulau Merbau", 1.0700, 102.5100),
    ("14.10.07", "Tebing Tinggi Timur", 0.8900, 102.8700),
    ("14.10.08", "Tasik Putri Puyu", 1.1000, 102.2700),
    ("14.10.09", "Rangsang Pesisir", 1.0600, 102.8200),
)


def offices() -> list[tuple[str, str, str, float, float]]:
    """All OPD below the regency, kecamatan included."""
    return [
        *OFFICES,
        *[
            (f"KEC-{code[-2:]}", f"Kecamatan {name}", f"Kec. {name}", lat, lon)
            for code, name, lat, lon in KECAMATAN
        ],
    ]

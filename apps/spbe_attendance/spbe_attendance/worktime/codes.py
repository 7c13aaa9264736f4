"""Names that appear in recaps, rules and decrees. The DocTypes' options are spelled the same."""

from __future__ import annotations

# Presence. Levels run from 1 to 4.
HADIR = "H"
TL = ("TL1", "TL2", "TL3", "TL4")
PSW = ("PSW1", "PSW2", "PSW3", "PSW4")
TANPA_KETERANGAN = "TK"
LIBUR = "L"
CUTI_BERSAMA = "CBer"
WFA = "WFA"

# Permits. CB is cuti besar; it is printed as CBs, because CB alone is read as cuti bersama too.
CLTN, CUTI_BESAR, CUTI_MELAHIRKAN, CUTI_SAKIT = "CLTN", "CB", "CM", "CS"
CUTI_ALASAN_PENTING, CUTI_TAHUNAN = "CAP", "CT"
SAKIT, IZIN = "S", "I"
DINAS_LUAR, TUGAS_BELAJAR = "DL", "TB"
LEAVE = (CLTN, CUTI_BESAR, CUTI_MELAHIRKAN, CUTI_SAKIT, CUTI_ALASAN_PENTING, CUTI_TAHUNAN, SAKIT, IZIN)
DUTY = (DINAS_LUAR, TUGAS_BELAJAR)
# The order is the precedence: domain rule "approved leave > DL/TB > WFA".
PERMITS = (*LEAVE, *DUTY, WFA)
PRINTED = {CUTI_BESAR: "CBs"}

# Codes of a day in the order in which they are shown.
ORDER = (LIBUR, CUTI_BERSAMA, HADIR, *TL, *PSW, *PERMITS, TANPA_KETERANGAN)

PNS, CPNS, PPPK, PPPK_PARUH_WAKTU = "PNS", "CPNS", "PPPK", "PPPK Paruh Waktu"
NON_ASN, ALIH_DAYA = "Non ASN", "Alih Daya"
STATUSES = (PNS, CPNS, PPPK, PPPK_PARUH_WAKTU, NON_ASN, ALIH_DAYA)
ASN = (PNS, CPNS, PPPK, PPPK_PARUH_WAKTU)

AKTIF = "Aktif"

MASUK, PULANG, APEL = "Masuk", "Pulang", "Apel"
PUNCH_KINDS = (MASUK, PULANG, APEL)
SAH, MENUNGGU, DISETUJUI, DITOLAK = "Sah", "Menunggu Persetujuan", "Disetujui", "Ditolak"
PUNCH_STATUSES = (SAH, MENUNGGU, DISETUJUI, DITOLAK)

WHOLE, MORNING, AFTERNOON = "", "Pagi", "Siang"
HALVES = (WHOLE, MORNING, AFTERNOON)

LIBUR_NASIONAL, LIBUR_DAERAH, LIBUR_OPD = "Libur Nasional", "Libur Daerah", "Libur OPD"
HARI_CUTI_BERSAMA = "Cuti Bersama"
# The first that applies names the day.
HOLIDAY_KINDS = (LIBUR_NASIONAL, LIBUR_DAERAH, LIBUR_OPD, HARI_CUTI_BERSAMA)

# Legal sources, as they are quoted in explanations.
PERBUP_TPP = "Perbup Kepulauan Meranti 10/2022"
PERPRES_HOURS = "Perpres 21/2023 Pasal 4"
PERPRES_EXEMPT_UNITS = "Perpres 21/2023 Pasal 7"
PERPRES_FLEXIBLE = "Perpres 21/2023 Pasal 8; Permenpan RB 4/2025"
PP_DUTY = "PP 94/2021 Pasal 4 huruf f"
PP_DISCIPLINE = "PP 94/2021"
PP_LEAVE_PNS = "PP 11/2017 jo 17/2020; Peraturan BKN 24/2017 jo 7/2021"
PP_LEAVE_PPPK = "PP 49/2018; Peraturan BKN 7/2022"
LOCAL_CONTRACT = "local contract"
EARLIER_DISCIPLINE = "PP 53/2010, penjelasan Pasal 3 angka 11"

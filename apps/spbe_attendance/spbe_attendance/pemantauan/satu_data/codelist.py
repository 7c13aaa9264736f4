"""Codes of the dataset Kehadiran Pegawai. Pure.

They divide the working days of a month among them, so that their sums are equations and nothing else: "late" is no part of
"present on time" that would tell about it from the side. Levels of lateness and kinds of leave are joined; the finer they are, the
more counts speak of one person.
"""

from __future__ import annotations

from spbe_attendance.worktime import codes

ALL = "SEMUA"
TEPAT, TERLAMBAT = "H", "T"
HADIR, JUMLAH = "HADIR", "JUMLAH"
CUTI = "C"
PRESENT = (TEPAT, TERLAMBAT, codes.WFA, codes.DINAS_LUAR)
ABSENT = (codes.SAKIT, codes.IZIN, CUTI, codes.TUGAS_BELAJAR, codes.TANPA_KETERANGAN)
LEAVES = (*PRESENT, *ABSENT)
# As they stand in the published rows.
ORDER = (JUMLAH, HADIR, *LEAVES)
NAMES = {
    JUMLAH: "Hari kerja terjadwal",
    HADIR: "Hadir (H, T, WFA, dan DL)",
    TEPAT: "Hadir tepat waktu",
    TERLAMBAT: "Hadir, terlambat atau pulang cepat",
    codes.WFA: "Bekerja dari mana saja",
    codes.DINAS_LUAR: "Dinas luar",
    codes.SAKIT: "Sakit",
    codes.IZIN: "Izin",
    CUTI: "Cuti (semua jenis)",
    codes.TUGAS_BELAJAR: "Tugas belajar",
    codes.TANPA_KETERANGAN: "Tanpa keterangan",
}
NO_DUTY = (codes.LIBUR, codes.CUTI_BERSAMA)
_PLAIN = {codes.SAKIT, codes.IZIN, codes.TANPA_KETERANGAN, codes.TUGAS_BELAJAR, codes.DINAS_LUAR}


def classify(kode: str | None) -> str | None:
    """The code of a working day by the recap's codes ("H,TL2", the main one first); None for a day without duty or result.

    A day of two halves counts as its main code.
    """
    found = (kode or "").split(",")
    main = found[0]
    if main in (codes.HADIR, codes.WFA):
        if codes.WFA in found:
            return codes.WFA
        return TERLAMBAT if any(code in (*codes.TL, *codes.PSW) for code in found) else TEPAT
    if main in (*codes.TL, *codes.PSW):
        return TERLAMBAT
    if main in _PLAIN:
        return main
    return CUTI if main in codes.LEAVE else None

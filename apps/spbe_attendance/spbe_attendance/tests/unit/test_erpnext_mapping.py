"""What a day, a status and a number are in ERPNext's terms."""

import pytest

from spbe_attendance.integrations.erpnext import mapping
from spbe_attendance.worktime import codes

DAY = {
    "hari_kerja": 1,
    "sementara": 0,
    "kode_utama": "H",
    "kode_kedua": None,
    "bagian_kedua": 0,
    "tingkat_terlambat": 0,
    "tingkat_pulang_cepat": 0,
}


def day(**values):
    return mapping.attendance({**DAY, **values})


@pytest.mark.parametrize(
    ("main", "second", "status", "other", "permit"),
    [
        ("H", None, "Present", "", ""),
        ("TK", None, "Absent", "", ""),
        ("CT", None, "On Leave", "", "CT"),
        ("S", None, "On Leave", "", "S"),
        ("DL", None, "Present", "", ""),
        ("TB", None, "Present", "", ""),
        ("WFA", None, "Work From Home", "", ""),
        ("H", "CT", "Half Day", "Present", "CT"),
        ("CT", "H", "Half Day", "Present", "CT"),
        ("CT", "TK", "Half Day", "Absent", "CT"),
        ("H", "TK", "Half Day", "Absent", ""),
        ("H", "DL", "Present", "", ""),
        ("H", "WFA", "Present", "", ""),
    ],
)
def test_a_day_as_attendance(main, second, status, other, permit):
    found = day(kode_utama=main, kode_kedua=second, bagian_kedua=0.5 if second else 0)
    assert (found.status, found.other_half, found.permit) == (status, other, permit)


def test_late_and_early_are_told():
    found = day(tingkat_terlambat=2, tingkat_pulang_cepat=1)
    assert (found.late, found.early) == (True, True)


@pytest.mark.parametrize(
    "values", [{"hari_kerja": 0, "kode_utama": "L"}, {"sementara": 1}, {"kode_utama": ""}]
)
def test_free_and_unfinished_days_are_no_attendance(values):
    assert day(**values) is None


@pytest.mark.parametrize("code", codes.PERMITS)
def test_every_permit_has_a_status(code):
    assert day(kode_utama=code).status in ("On Leave", "Present", "Work From Home")


def test_a_nip_tells_birth_sex_and_first_month_and_a_pppk_number_no_month():
    assert mapping.told_by("198502102010012003") == mapping.Told("1985-02-10", "Female", "2010-01-01")
    assert mapping.told_by("199203152023211005") == mapping.Told("1992-03-15", "Male", None)
    assert mapping.told_by("123") == mapping.told_by(None) == mapping.Told()


def test_a_fingerprint_tells_contents_apart_and_not_their_order():
    assert mapping.fingerprint({"a": 1, "b": None}) == mapping.fingerprint({"b": None, "a": 1})
    assert mapping.fingerprint({"a": 1}) != mapping.fingerprint({"a": 2})


def test_weekdays_name_a_list():
    assert (mapping.days_name(frozenset((6, 5))), mapping.days_name(frozenset())) == ("Sab-Min", "tanpa")

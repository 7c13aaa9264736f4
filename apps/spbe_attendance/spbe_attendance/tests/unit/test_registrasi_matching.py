"""Who of the recap an applicant probably is."""

from datetime import date

import pytest

from spbe_attendance.kepegawaian.registrasi.matching import (
    EXACT,
    NEAR,
    NONE,
    Person,
    best,
    compare,
    likeness,
    plain,
    swapped,
)

BORN = date(1991, 3, 2)
APPLICANT = Person("r", "Muhammad Ridwan", BORN, "nik-1", "DINKES")


def candidate(**values):
    fields = {"key": "a", "name": "Muhammad Ridwan", "born": BORN, "nik": None, "opd": None, **values}
    return Person(**fields)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("H. Moh. Ridwan, S.Kom", "M RIDWAN"),
        ("Dra. Hj. Siti Aminah", "SITI AMINAH"),
        ("  muhd   ridwan ", "M RIDWAN"),
        ("Ir.", "IR"),
    ],
)
def test_names_are_compared_without_titles_and_spellings(name, expected):
    assert plain(name) == expected


def test_the_same_nik_decides_whatever_the_name():
    match = compare(APPLICANT, candidate(name="Orang Lain", nik="nik-1", born=None))
    assert (match.kind, match.key) == (EXACT, "a")


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({}, NEAR),
        ({"name": "Ridwan Muhammad"}, NEAR),
        ({"name": "Muhd Ridwann"}, NEAR),
        ({"name": "Siti Aminah"}, NONE),
        ({"born": date(1991, 2, 3)}, NEAR),
        ({"born": date(1991, 2, 3), "name": "Mhd Ridwansyah"}, NONE),
        ({"born": date(1991, 3, 3)}, NONE),
        ({"born": None, "opd": "DINKES"}, NEAR),
        ({"born": None, "opd": "DISDIK"}, NONE),
        ({"born": None, "opd": None}, NONE),
    ],
)
def test_otherwise_birth_date_and_name_together(values, kind):
    assert compare(APPLICANT, candidate(**values)).kind == kind


def test_two_people_without_a_nik_are_not_the_same_for_that():
    stranger = Person("r", "Budi", date(1980, 1, 1), None, None)
    assert compare(stranger, candidate(nik=None)).kind == NONE


def test_the_likeliest_is_found_whatever_the_order():
    rows = [
        candidate(key="near", name="Muhamad Ridwann"),
        candidate(key="nearer"),
        candidate(key="exact", name="X", nik="nik-1"),
    ]
    assert best(APPLICANT, rows).key == best(APPLICANT, rows[::-1]).key == "exact"
    assert best(APPLICANT, rows[:2]).key == best(APPLICANT, rows[:2][::-1]).key == "nearer"
    assert best(APPLICANT, []).kind == NONE


def test_a_day_that_is_no_month_is_not_swapped():
    assert (swapped(date(1991, 3, 2)), swapped(date(1991, 3, 15))) == (date(1991, 2, 3), None)


def test_likeness_is_a_share_of_a_hundred():
    assert likeness("Budi", "Budi") == 100
    assert 0 <= likeness("Budi", "Siti Aminah") < 50

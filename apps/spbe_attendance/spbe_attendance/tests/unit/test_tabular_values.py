"""Cells as people write them, and what they mean."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_attendance.tabular import coordinates, dates, names, words
from spbe_attendance.tabular.errors import BadValue
from spbe_attendance.tabular.numbers import decimal, identifier, metres

TODAY = date(2026, 11, 28)
BORN = date(1996, 8, 18)


def parse(value):
    return dates.parse(value, TODAY)


@pytest.mark.parametrize(
    "written",
    [
        "18-08-1996", "18/8/96", "18.08.1996", "18 Agustus 1996", "18 Agt 1996", "18-Agu-96", "18 AGUSTUS 1996", "1996-08-18", "1996-08-18 00:00:00",
        "19960818", "Selatpanjang, 18-08-1996", "Selatpanjang, 18 Agustus 1996", 35295, 35295.0, "35295", 19960818, datetime(1996, 8, 18, 7), BORN,
    ],
)  # fmt: skip
def test_a_date_has_many_forms(written):
    assert parse(written) == BORN


@pytest.mark.parametrize(
    "written",
    ["30-02-2000", "31 Juni 1990", "kemarin", "18-13-1996", 5, 99999999, "1996", True, "0000-00-00", ""],
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(BadValue):
        parse(written)


@given(st.dates(date(1930, 1, 1), TODAY))
def test_every_date_is_read_back_in_every_form(day):
    month = next(name for name, number in dates.MONTHS.items() if number == day.month)
    serial = (day - dates.EXCEL_START).days
    for written in (
        f"{day:%d-%m-%Y}",
        f"{day:%d/%m/%Y}",
        day.isoformat(),
        f"{day.day} {month.title()} {day.year}",
        serial,
        f"{day:%Y%m%d}",
    ):
        assert parse(written) == day


@given(st.dates(TODAY - timedelta(days=36000), TODAY))
def test_a_year_of_two_digits_is_never_in_the_future(day):
    assert parse(f"{day:%d-%m-%y}") <= date(TODAY.year, 12, 31)


NIP = "199608182022041001"


@pytest.mark.parametrize(
    "written",
    [NIP, f"'{NIP}", "19960818 202204 1 001", "19960818.202204.1.001", f" {NIP}\xa0", int(NIP), "`" + NIP],
)
def test_a_number_is_read_through_its_decoration(written):
    assert identifier(written).text == NIP
    assert identifier(written).known == ""


@pytest.mark.parametrize(
    "damaged",
    [float(NIP), "1,99608E+17", "1.99608182022041E+17", "199608182022041000", int("199608182022041000")],
)
def test_what_excel_has_damaged_is_known_with_the_digits_that_are_left(damaged):
    number = identifier(damaged)
    assert number.known
    assert NIP.startswith(number.known)


@given(st.integers(10**17, 10**18 - 1))
def test_a_number_kept_as_text_is_never_damaged_unless_it_ends_in_zeros(value):
    written = str(value)
    assert bool(identifier(written).known) == written.endswith("000")


@given(st.integers(10**15, 10**16 - 1), st.booleans())
def test_a_quantity_of_sixteen_digits_has_lost_one(value, as_text):
    digits = f"{value // 10 * 10}"
    assert identifier(float(digits)).known == digits[:15]
    assert identifier(digits).text == digits


@pytest.mark.parametrize(
    ("written", "degrees"),
    [
        (1.0087, 1.0087), ("1.0087", 1.0087), ("1,0087", 1.0087), ("-0,95", -0.95), ("0,5 LS", -0.5), ("1°00'31.32\" LU", 1.0087),
        ("102° 42' 47,16\" BT", 102.7131), ("1 0 31.32 N", 1.0087), ("N 1.0087", 1.0087), ("S 1.5", -1.5), ("1:00:31.32", 1.0087), ("0", 0.0),
    ],
)  # fmt: skip
def test_an_angle_has_many_forms(written, degrees):
    assert coordinates.angle(written) == pytest.approx(degrees, abs=1e-6)


@pytest.mark.parametrize(
    "written", ["", "utara", "1°75'00\"", "10087131", "1,2,3", True, float("nan"), float("inf"), "200.5"]
)
def test_what_is_no_angle_is_refused(written):
    with pytest.raises(BadValue):
        coordinates.angle(written)


@pytest.mark.parametrize(
    "written",
    [
        "1.0087, 102.7131",
        "1,0087; 102,7131",
        "(1.0087, 102.7131)",
        "1.0087 102.7131",
        "1.0087,102.7131",
        "1°00'31.32\"N 102°42'47.16\"E",
    ],
)
def test_both_angles_may_stand_in_one_cell(written):
    assert coordinates.both(written) == (pytest.approx(1.0087, abs=1e-6), pytest.approx(102.7131, abs=1e-6))


@given(st.floats(coordinates.SOUTH, coordinates.NORTH), st.floats(coordinates.WEST, coordinates.EAST))
def test_swapped_coordinates_are_put_right_everywhere_in_indonesia(latitude, longitude):
    assert coordinates.order(latitude, longitude) == (latitude, longitude, False)
    assert coordinates.order(longitude, latitude) == (latitude, longitude, True)


@given(st.floats(0, 89.9), st.sampled_from(["LU", "LS", "N", "S"]))
def test_degrees_minutes_and_seconds_give_the_angle_back(degrees, mark):
    whole = int(degrees)
    minutes = int((degrees - whole) * 60)
    seconds = round(((degrees - whole) * 60 - minutes) * 60, 3)
    if seconds >= 60:
        return
    expected = (whole + minutes / 60 + seconds / 3600) * coordinates.HEMISPHERES[mark]
    assert coordinates.angle(f"{whole}°{minutes}'{seconds:.3f}\" {mark}") == pytest.approx(expected, abs=1e-9)


def test_a_place_outside_of_indonesia_is_refused():
    with pytest.raises(BadValue) as error:
        coordinates.order(52.5, 13.4)
    assert error.value.code == "outside"


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("PNS", "PNS"), ("p3k", "PPPK"), ("PPPK PW", "PPPK Paruh Waktu"), ("PPPK Paruh-Waktu", "PPPK Paruh Waktu"), ("honorer", "Non ASN"),
        ("THL", "Non ASN"), ("Tenaga Kontrak", "Non ASN"), ("outsourcing", "Alih Daya"), ("CPNS", "CPNS"), ("PPPK Aktif", "PPPK"), ("Non-ASN", "Non ASN"),
    ],
)  # fmt: skip
def test_words_for_employment(written, kind):
    assert words.employment(written) == kind


def test_a_misspelt_employment_is_refused_with_a_proposal():
    with pytest.raises(BadValue) as error:
        words.employment("pppk paruh wktu")
    assert error.value.proposal == "PPPK Paruh Waktu"


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        ("L", words.MALE),
        ("laki-laki", words.MALE),
        (1, words.MALE),
        ("P", words.FEMALE),
        ("Wanita", words.FEMALE),
        (2.0, words.FEMALE),
    ],
)
def test_words_for_sex(written, sex):
    assert words.sex(written) == sex


@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("III/a", "III/a"),
        ("iii-A", "III/a"),
        ("3a", "III/a"),
        ("Penata Muda, III/a", "III/a"),
        ("Pembina (IV/a)", "IV/a"),
        (31, "III/a"),
        ("IX", "IX"),
        ("Gol. II/c", "II/c"),
        ("45", "IV/e"),
    ],
)
def test_grades(written, grade):
    assert words.grade(written) == grade


@pytest.mark.parametrize("written", ["III/e", "V/a", "XVIII", "lima", "46", "0"])
def test_grades_that_do_not_exist_are_refused(written):
    with pytest.raises(BadValue):
        words.grade(written)


def test_lengths_have_units_or_none():
    assert [metres(value) for value in (50, "50", "50 m", "0,1 km", "75 Meter")] == [50, 50, 50, 100, 75]
    assert decimal("2,5") == decimal("2.5") == 2.5


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Dr. H. Budi Rekaan, S.Kom., M.Si", ("Dr. H.", "Budi Rekaan", "S.Kom., M.Si")),
        ("dr Ani Rekaan", ("", "dr Ani Rekaan", "")),
        ("Drs Iman Rekaan", ("Drs", "Iman Rekaan", "")),
        ("Irwan, S.E", ("", "Irwan", "S.E")),
        ("Hendra", ("", "Hendra", "")),
        ("Dr.", ("", "Dr.", "")),
    ],
)
def test_titles_are_taken_out_of_names(written, parts):
    found = names.person(written)
    assert (found.front, found.name, found.behind) == parts


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Siti Aminah", "SITI AMINNAH", True),
        ("Budi Santoso", "Budi Santoso Putra", True),
        ("Santoso Budi", "Budi Santoso", True),
        ("Ani Rahma", "Budi Rahma", False),
        ("", "Budi", False),
    ],
)
def test_names_that_may_be_one_persons(one, other, same):
    assert names.alike(one, other) is same


def test_offices_are_known_through_their_spellings():
    assert (
        names.office("Dinas Kesehatan Kab. Kep. Meranti")
        == names.office("DINAS KESEHATAN")
        == names.office("Dinkes")
    )
    known = {
        names.office(name): name
        for name in ("Dinas Kesehatan", "Dinas Pendidikan dan Kebudayaan", "Badan Kepegawaian")
    }
    assert names.nearest("Dinas Kesehtan", known)[0] == "Dinas Kesehatan"
    assert names.nearest("Dinas Pendidikan", known)[0] == "Dinas Pendidikan dan Kebudayaan"
    assert names.nearest("Xyz", known) == names.nearest("Kantor Antah Berantah", known) == []


def test_a_code_is_made_of_first_letters_and_is_never_taken():
    assert names.initials("Dinas Kesehatan dan Keluarga", []) == "DKK"
    assert names.initials("Dinas Kesehatan", ["DK", "DK-2"]) == "DK-3"


@given(st.text(max_size=60))
def test_no_text_breaks_the_engine(written):
    for read in (
        parse,
        coordinates.angle,
        coordinates.both,
        words.sex,
        words.employment,
        words.grade,
        words.yes_no,
        decimal,
        metres,
    ):
        try:
            read(written)
        except BadValue:
            continue
    assert identifier(written) is not None
    assert names.person(written).name is not None
    assert isinstance(names.office(written), str)

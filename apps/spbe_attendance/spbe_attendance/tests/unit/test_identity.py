"""NIP, NI PPPK and NIK, with the vectors of the domain."""

import pytest

from spbe_attendance.kepegawaian.identity import IdentityError, compact, mask, parse_nik, parse_nip


@pytest.mark.parametrize(
    ("number", "kind", "female"),
    [
        ("199608182022041001", "PNS", False),
        ("198502102010012003", "PNS", True),
        ("196303121991021005", "PNS", False),
        ("199203152023211005", "PPPK", False),
        ("199009132025242014", "PPPK", True),
        ("19960818 202204 1 001", "PNS", False),
    ],
)
def test_a_nip_tells_kind_and_sex(number, kind, female):
    parsed = parse_nip(number)
    assert (parsed.kind, parsed.female) == (kind, female)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("19960818202204100", "length"),
        ("1996O8182022041001", "digits"),
        ("199613182022041001", "date"),
        ("199602302022041001", "date"),
        ("199608182022131001", "code"),
        ("199608182022001001", "code"),
        ("199608182022043001", "sex"),
        ("199608182022041000", "serial"),
        ("200608182010041001", "age"),
    ],
)
def test_a_broken_nip_is_refused_with_the_reason(number, code):
    with pytest.raises(IdentityError) as refused:
        parse_nip(number)
    assert refused.value.code == code


def test_an_unusual_age_is_a_warning_only():
    assert parse_nip("196001012010011001").warnings == ("age",)


@pytest.mark.parametrize(
    ("number", "day", "female"),
    [
        ("1410011808960001", 18, False),
        ("1410015808960001", 18, True),
        ("1403024502850002", 5, True),
        ("1410042902960001", 29, False),
        ("1410046902960003", 29, True),
    ],
)
def test_a_nik_of_any_region_is_read(number, day, female):
    parsed = parse_nik(number)
    assert (parsed.day, parsed.female) == (day, female)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("1410013208960001", "date"),
        ("1410014008960001", "date"),
        ("1410017208960001", "date"),
        ("1410013002960001", "date"),
        ("1410012902950001", "date"),
        ("1410011808960000", "serial"),
        ("141001180896000", "length"),
    ],
)
def test_a_broken_nik_is_refused_with_the_reason(number, code):
    with pytest.raises(IdentityError) as refused:
        parse_nik(number)
    assert refused.value.code == code


def test_a_masked_nik_shows_region_and_serial_only():
    assert mask("1410011808960001") == "1410********0001"
    assert compact("1410.0118-0896 0001") == "1410011808960001"

"""The invented people and their offices."""

import json
from collections import Counter
from datetime import date

import pytest

from spbe_attendance.geofence.geometry import circle, parse_area
from spbe_attendance.kepegawaian.identity import parse_nik, parse_nip
from spbe_attendance.setup.demo import organisation, people

REFERENCE = date(2026, 11, 24)


@pytest.fixture(scope="module")
def staff():
    return people.generate(2000, 7)


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    assert people.generate(60, 7) == people.generate(60, 7)
    assert {person.name for person in people.generate(60, 7)}.isdisjoint(
        person.name for person in people.generate(60, 8)
    )


def test_more_people_leave_the_first_ones_as_they_are(staff):
    assert staff[:60] == people.generate(60, 7)


def test_too_few_people_are_refused():
    with pytest.raises(ValueError, match=str(people.MINIMUM)):
        people.generate(people.MINIMUM - 1, 1)


def test_every_number_has_the_right_shape_without_a_warning_and_agrees_with_the_person(staff):
    for person in staff:
        nik = parse_nik(person.nik)
        assert (nik.female, nik.month, nik.day) == (person.female, person.born.month, person.born.day)
        if person.nip:
            nip = parse_nip(person.nip)
            assert nip.warnings == ()
            assert (nip.born, nip.female) == (person.born, person.female)
            assert nip.kind == ("PPPK" if person.status_kepegawaian.startswith("PPPK") else "PNS")


@pytest.mark.parametrize("field", ["name", "nip", "nik", "nomor_pegawai"])
def test_no_number_is_given_twice(staff, field):
    values = [getattr(person, field) for person in staff if getattr(person, field)]
    assert len(values) == len(set(values)) > 0


def test_only_those_without_nip_have_a_staff_number(staff):
    assert all(bool(person.nip) != bool(person.nomor_pegawai) for person in staff)
    assert {person.status_kepegawaian for person in staff if not person.nip} == {"Non ASN", "Alih Daya"}


def test_log_ins_cover_every_role_two_heads_and_twenty_of_the_staff(staff):
    with_login = [person for person in staff if person.login]
    roles = Counter(person.role for person in with_login)
    assert roles["Kepala OPD"] == 2
    assert len({person.opd for person in with_login if person.role == "Kepala OPD"}) == 2
    assert {"BKPSDM", "Pimpinan", "Wali Data", "Admin OPD"} <= set(roles)
    assert roles[None] >= 20
    assert len({person.opd for person in with_login if person.role is None}) > 2
    assert any(person.nomor_pegawai for person in with_login)


def test_every_opd_with_staff_has_exactly_one_head(staff):
    heads = Counter(person.opd for person in staff if person.head)
    assert set(heads) == {unit.kode for unit in organisation.units() if unit.weight}
    assert set(heads.values()) == {1}


def test_the_organisation_is_a_tree_with_the_nine_kecamatan_under_their_codes():
    units = organisation.units()
    seen: set[str] = set()
    for unit in units:
        assert unit.induk is None or unit.induk in seen
        seen.add(unit.kode)
    assert len(seen) == len(units)
    assert {f"14.10.{number:02d}" for number in range(1, 10)} <= seen
    assert sum(unit.induk == organisation.ROOT and not unit.kode.startswith("14.") for unit in units) == 26


def test_places_are_sound_of_both_kinds_and_lie_in_the_regency():
    places = organisation.places(REFERENCE)
    kinds = Counter()
    for place in places:
        assert 0.7 < place.centre[0] < 1.5
        assert 102.2 < place.centre[1] < 103.2
        if place.jenis_area == "Radius":
            circle(*place.centre, place.radius)
            kinds["Radius"] += 1
        else:
            parse_area(place.area)
            geometry = json.loads(place.area)["features"][0]["geometry"]
            kinds[geometry["type"]] += 1
            rings = geometry["coordinates"] if geometry["type"] == "Polygon" else geometry["coordinates"][0]
            kinds["hole"] += len(rings) > 1
    assert min(kinds["Radius"], kinds["Polygon"], kinds["MultiPolygon"], kinds["hole"]) > 0
    assert len({place.key for place in places}) == len(places)


def test_every_opd_has_a_place_without_dates_and_one_place_is_for_all():
    lasting = [place for place in organisation.places(REFERENCE) if place.first_day is None]
    assert {unit.kode for unit in organisation.units() if unit.weight} <= {place.opd for place in lasting}
    assert any(place.opd is None for place in lasting)


def test_the_temporary_place_is_for_the_next_monday():
    temporary = [place for place in organisation.places(REFERENCE) if place.first_day]
    assert [(place.first_day, place.last_day) for place in temporary] == [
        (date(2026, 11, 30), date(2026, 11, 30))
    ]

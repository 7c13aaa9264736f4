"""Which side's value stands, and that nothing travels back and forth."""

from hypothesis import given
from hypothesis import strategies as st

from spbe_attendance.integrations.erpnext import ownership
from spbe_attendance.integrations.erpnext.ownership import FIELDS, NOBODY, OURS, THEIRS

OWNERS = ownership.default_owners()
text = st.one_of(st.none(), st.sampled_from(["a", "b", "c"]))
values = st.fixed_dictionaries({item.name: text for item in FIELDS})
owners = st.fixed_dictionaries({item.name: st.sampled_from(item.choices) for item in FIELDS})


def test_what_we_own_goes_out_and_what_they_own_comes_back():
    plan = ownership.reconcile(
        {"nama": "Anna", "nomor_hp": "0811"}, {"nama": "Ana", "nomor_hp": "0812"}, {"nama": "Ana", "nomor_hp": "0811"}, OWNERS
    )  # fmt: skip
    assert (plan.out, plan.back, plan.conflicts) == ({"nama": "Anna"}, {"nomor_hp": "0812"}, [])


def test_a_change_on_the_side_that_does_not_own_the_field_is_put_back_and_told():
    plan = ownership.reconcile({"nama": "Anna"}, {"nama": "Hana"}, {"nama": "Anna"}, OWNERS)
    assert plan.out == {"nama": "Anna"}
    assert plan.conflicts == [ownership.Conflict("nama", THEIRS, "Hana", "Anna")]


def test_a_difference_at_the_first_linking_is_told():
    plan = ownership.reconcile({"jabatan": "Analis"}, {"jabatan": "Staf"}, {}, OWNERS)
    assert [(item.lost, item.kept) for item in plan.conflicts] == [("Staf", "Analis")]


def test_what_is_empty_replaces_nothing():
    plan = ownership.reconcile(
        {"jabatan": None, "nomor_hp": "0811"}, {"jabatan": "Staf", "nomor_hp": None}, {}, OWNERS
    )
    assert (plan.out, plan.back, plan.conflicts) == ({}, {}, [])


def test_a_field_that_nobody_owns_is_left_alone():
    plan = ownership.reconcile({"akun": "a@x"}, {"akun": "b@x"}, {}, OWNERS)
    assert (plan.out, plan.back, plan.agreed) == ({}, {}, {})


def test_a_new_employee_gets_what_is_known_and_the_needed_whoever_owns_it():
    given_owners = {**OWNERS, "mulai_bertugas": NOBODY, "jabatan": THEIRS}
    plan = ownership.create(
        {"nama": "A", "mulai_bertugas": "2020-01-01", "jabatan": "Staf", "akun": "a@x"}, given_owners
    )
    assert plan.out == {"nama": "A", "mulai_bertugas": "2020-01-01", "jabatan": "Staf"}


@given(ours=values, theirs=values, last=values, owned=owners)
def test_a_second_time_changes_nothing(ours, theirs, last, owned):
    plan = ownership.reconcile(ours, theirs, last, owned)
    after_ours, after_theirs = {**ours, **plan.back}, {**theirs, **plan.out}
    again = ownership.reconcile(after_ours, after_theirs, plan.agreed, owned)
    assert (again.out, again.back, again.conflicts) == ({}, {}, [])


@given(ours=values, theirs=values, last=values, owned=owners)
def test_nothing_goes_both_ways_at_once_or_against_its_owner(ours, theirs, last, owned):
    plan = ownership.reconcile(ours, theirs, last, owned)
    assert all(owned[name] == OURS for name in plan.out)
    assert all(owned[name] == THEIRS for name in plan.back)
    assert all(item.lost and item.kept for item in plan.conflicts)


def test_nik_photo_and_bank_account_are_in_no_field():
    assert {"nik", "foto", "bank_ac_no", "image"} & {
        name for item in FIELDS for name in (item.name, item.foreign)
    } == set()

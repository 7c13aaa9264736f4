"""The chain engine: any change, removal, insertion or swap is found, and the row is named."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_attendance.evidence import chain
from spbe_attendance.evidence.audit import Printed
from spbe_attendance.tests.chain_world import punch, rewritten, world

WORLD = world()
INDEX = st.integers(0, len(WORLD.punches) - 1)
SEAL = st.integers(0, len(WORLD.seals) - 1)
BROKEN = {"segel_berubah", "rantai_putus", "segel_hilang", "segel_ganda"}


def copy():
    return replace(WORLD, punches=list(WORLD.punches), seals=list(WORLD.seals), roots=list(WORLD.roots))


def named(found):
    return {(finding.code, finding.absensi) for finding in found}


def test_an_untouched_world_is_whole():
    assert WORLD.findings() == []


@given(
    INDEX,
    st.sampled_from([name for name in chain.ALL_FIELDS if name not in ("name", "pegawai")]),
    st.text(min_size=1),
)
def test_a_changed_field_is_found_and_the_punch_named(index, field, value):
    made, old = copy(), WORLD.punches[index]
    if old.facts[field] == value:
        value += "x"
    made.punches[index] = replace(old, facts={**old.facts, field: value})
    assert ("isi_berubah", old.facts["name"]) in named(made.serious())


@given(INDEX)
def test_a_deleted_punch_is_named(index):
    made = copy()
    gone = made.punches.pop(index)
    assert named(made.serious()) == {("absensi_hilang", gone.facts["name"])}


@given(INDEX, st.integers(100, 200))
def test_an_inserted_punch_is_named(index, number):
    made, near = copy(), WORLD.punches[index].facts
    extra = punch(near["pegawai"], number, near["opd"], int(near["tanggal"][-2:]))
    made.punches.insert(index, extra)
    assert named(made.serious()) == {("absensi_tanpa_segel", extra.facts["name"])}


@given(INDEX)
def test_an_inserted_punch_that_the_sealing_job_took_in_good_faith_is_named(index):
    made, near = copy(), WORLD.punches[index].facts
    extra = punch(near["pegawai"], 150, near["opd"], int(near["tanggal"][-2:]))
    made.seal([extra], "2026-12-01T10:00:00.000000")
    made.close(int(near["tanggal"][-2:]), "2026-12-01T10:00:01.000000", "menyusul")
    assert named(made.serious()) == {("disisipkan", extra.facts["name"])}


def test_a_late_arrival_gives_a_new_version_and_no_accusation():
    made = copy()
    late = punch("p1", 150, "RSUD", 3)
    late = replace(late, facts={**late.facts, "waktu_tiba": "2026-12-01T09:59:50.000000"})
    made.seal([late], "2026-12-01T10:00:00.000000")
    made.close(3, "2026-12-01T10:00:01.000000", "menyusul")
    assert made.roots[-1].versi == 2
    assert made.findings() == []


@given(INDEX, INDEX)
def test_two_swapped_punches_are_both_named(first, second):
    one, other = WORLD.punches[first].facts, WORLD.punches[second].facts
    if first == second or one["waktu"] == other["waktu"]:
        return
    made = copy()
    made.punches[first] = replace(WORLD.punches[first], facts={**one, "waktu": other["waktu"]})
    made.punches[second] = replace(WORLD.punches[second], facts={**other, "waktu": one["waktu"]})
    assert named(made.serious()) == {("isi_berubah", one["name"]), ("isi_berubah", other["name"])}


@given(
    INDEX,
    st.sampled_from(["Sah", "Menunggu Persetujuan", "Disetujui", "Ditolak"]),
    st.sampled_from(["", "cd" * 32]),
)
def test_a_changed_decision_is_found(index, status, note):
    made, old = copy(), WORLD.punches[index]
    made.punches[index] = replace(old, status=status, catatan=note)
    changed = status != old.status or (old.status != "Sah" and note != old.catatan)
    assert named(made.serious()) == ({("keputusan_berubah", old.facts["name"])} if changed else set())


@given(SEAL, st.sampled_from(["isi", "sebelum", "hash", "waktu", "opd", "tanggal", "peristiwa", "absensi"]))
def test_a_changed_seal_is_found(index, field):
    made = copy()
    made.seals[index] = replace(WORLD.seals[index], **{field: "x" + getattr(WORLD.seals[index], field)[1:]})
    assert BROKEN & {found.code for found in made.serious()}


@given(SEAL)
def test_a_removed_seal_is_found(index):
    made = copy()
    gone = made.seals.pop(index)
    found = made.serious()
    assert {"segel_hilang", "akar_kurang"} & {finding.code for finding in found}
    assert {finding.pegawai for finding in found} <= {"", gone.pegawai}


@given(SEAL, SEAL)
def test_swapped_seals_are_found(first, second):
    one, other = WORLD.seals[first], WORLD.seals[second]
    if one.pegawai != other.pegawai or one == other:
        return
    made = copy()
    made.seals[first], made.seals[second] = (
        replace(other, urutan=one.urutan),
        replace(one, urutan=other.urutan),
    )
    assert {"segel_berubah"} & {found.code for found in made.serious()}


@given(st.integers(0, len(WORLD.roots) - 1), st.sampled_from(["akar", "sebelum", "hash", "dibuat"]))
def test_a_changed_root_is_found(index, field):
    made = copy()
    made.roots[index] = replace(WORLD.roots[index], **{field: "x" + getattr(WORLD.roots[index], field)[1:]})
    assert {"akar_berubah", "akar_putus"} & {found.code for found in made.serious()}


@given(st.integers(0, len(WORLD.roots) - 1))
def test_a_removed_root_is_found_while_another_follows(index):
    made = copy()
    gone = made.roots.pop(index)
    follows = any(root.opd == gone.opd and root.urutan > gone.urutan for root in WORLD.roots)
    assert ("akar_hilang" in {found.code for found in made.serious()}) is follows


def test_a_consistent_rewriting_is_found_by_paper_alone():
    paper = [Printed(root.opd, root.tanggal, root.akar) for root in WORLD.roots]
    month = Printed("RSUD", "2026-11", chain.month_root(root for root in WORLD.roots if root.opd == "RSUD"))
    assert WORLD.serious(*paper, month) == []
    forged = copy()
    target = next(number for number, row in enumerate(forged.punches) if row.facts["opd"] == "RSUD")
    old = forged.punches[target]
    forged.punches[target] = replace(old, facts={**old.facts, "waktu": "2026-11-02T06:00:00.000000"})
    fresh = rewritten(forged)
    assert fresh.findings() == []
    assert {found.code for found in fresh.serious(month)} == {"cetak_tidak_cocok"}
    # Seals stand on those before: the first day that does not fit is the one that was touched.
    assert min(found.tanggal for found in fresh.serious(*paper)) == old.facts["tanggal"]
    assert {found.opd for found in fresh.serious(*paper)} == {"RSUD"}


def test_paper_of_before_a_late_punch_still_fits():
    before = chain.month_root(root for root in WORLD.roots if root.opd == "RSUD")
    made = copy()
    late = punch("p1", 150, "RSUD", 3)
    made.seal(
        [replace(late, facts={**late.facts, "waktu_tiba": "2026-12-01T09:59:50.000000"})],
        "2026-12-01T10:00:00.000000",
    )
    made.close(3, "2026-12-01T10:00:01.000000", "menyusul")
    assert [found.code for found in made.findings(Printed("RSUD", "2026-11", before))] == ["cetak_lama"]


@given(st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=40), st.data())
def test_inclusion_is_proved_for_every_leaf_and_for_nothing_else(items, data):
    leaves = [chain.leaf(item) for item in items]
    root = chain.merkle_root(leaves)
    index = data.draw(st.integers(0, len(items) - 1))
    proof = chain.inclusion_proof(leaves, index)
    assert chain.included(items[index], index, len(items), proof, root)
    assert not chain.included(items[index] + b"x", index, len(items), proof, root)
    assert not chain.included(items[index], index, len(items), [*proof, b"\0" * 32], root)
    if proof:
        assert not chain.included(items[index], index, len(items), proof[1:], root)


@pytest.mark.parametrize(
    ("count", "root"),
    [  # RFC 6962 test vectors as used by Certificate Transparency's reference implementations
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ],
)  # fmt: skip
def test_trees_are_those_of_rfc_6962(count, root):
    data = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    assert chain.merkle_root(chain.leaf(bytes.fromhex(item)) for item in data[:count]) == root


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""), ("", ""), ("Masuk", "Masuk"), (date(2026, 11, 24), "2026-11-24"), (1.0203799, "1.020379900"),
        (datetime(2026, 11, 24, 7, 5), "2026-11-24T07:05:00.000000"), (Decimal("102.724959300"), "102.724959300"),
        (-0.0, "0.000000000"), (-0.6, "-0.600000000"), (20003931.5, "20003931.500000000"), (3, "3"),
    ],
)  # fmt: skip
def test_every_fact_has_one_text(value, said):
    assert chain.text(value) == said


@given(st.floats(-180, 180).map(lambda value: round(value, 7)))
def test_what_the_database_gives_back_has_the_same_text(value):
    stored = Decimal(repr(value)).quantize(Decimal("1e-9"))
    assert chain.text(value) == chain.text(stored) == chain.text(float(stored))


def test_both_forms_stay_as_they_are():
    """Seals of years ago must be found right: whoever changes this changes the version."""
    made = chain.seal_punch(
        chain.Head(), punch("p1", 1, "RSUD", 2).facts, "Sah", "2026-11-02T17:00:00.000000"
    )
    assert made.hash == "e2698718c7d8cef985de930e153760510df6e3273beabcb9397db2cc050d84ba"
    salted = chain.seal_punch(
        chain.Head(), punch("p1", 1, "RSUD", 2).facts, "Sah", "2026-11-02T17:00:00.000000", "ab" * 16
    )
    assert salted.hash == "881d5336a633df60dda88c2e63ce7bb1952fffabdcf2d0f7e8c8f9b8068c00e6"
    assert (
        hashlib.sha256(chain.canonical({"b": "é", "a": 1})).hexdigest()
        == hashlib.sha256('{"a":1,"b":"é"}'.encode()).hexdigest()
    )

"""A position that was removed under a rule leaves a whole chain; whatever else goes, stays or changes is named."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spbe_attendance.evidence import chain, verify
from spbe_attendance.tests.chain_world import World, world

RULE = "Masa simpan posisi 12 bulan"
MOMENT = "2026-12-04T03:15:00.000000"
KEPT = [name for name in chain.FIELDS[2] if name not in ("name", "pegawai")]


def purged(made: World, index: int) -> World:
    """The position of one punch removed as the service does it."""
    old = made.punches[index]
    bare = replace(old, facts={**old.facts, **dict.fromkeys(chain.PLACE, "")})
    made.punches[index] = bare
    made.seals = [
        replace(seal, garam="") if seal.absensi == bare.facts["name"] else seal for seal in made.seals
    ]
    made.seals.append(chain.seal_purge(made.head(bare.facts["pegawai"]), bare.facts, RULE, MOMENT))
    return made


def form(made: World, index: int) -> int:
    name = made.punches[index].facts["name"]
    return next(seal.versi for seal in made.seals if (seal.absensi, seal.peristiwa) == (name, chain.TERCATAT))


INDEX = st.integers(0, len(world().punches) - 1)


def codes(made: World, name: str | None = None) -> set[str]:
    return {row.code for row in made.serious() if name is None or row.absensi == name}


def test_both_forms_are_in_the_invented_regency():
    assert {form(world(), index) for index in range(len(world().punches))} == {1, 2}


@given(INDEX)
def test_a_removal_accuses_nobody_and_is_told(index):
    made = purged(world(), index)
    told = [row for row in made.findings() if row.code.startswith("posisi_dihapus")]
    assert made.serious() == []
    assert [(row.code, row.detail) for row in told] == [
        ("posisi_dihapus" if form(made, index) == 2 else "posisi_dihapus_lama", f"1 absen: {RULE}")
    ]


@given(INDEX, st.sampled_from(KEPT), st.text(min_size=1))
def test_what_stays_of_a_punch_cannot_be_changed_after_the_removal(index, field, value):
    made = purged(world(), index)
    row = made.punches[index]
    if value == row.facts[field]:
        value += "x"
    made.punches[index] = replace(row, facts={**row.facts, field: value})
    assert "isi_berubah" in codes(made, row.facts["name"])


@given(INDEX, st.sampled_from(chain.PLACE))
def test_a_position_that_appears_after_the_removal_is_named(index, field):
    made = purged(world(), index)
    row = made.punches[index]
    made.punches[index] = replace(row, facts={**row.facts, field: "1.020000000"})
    assert "isi_berubah" in codes(made, row.facts["name"])


@given(INDEX)
def test_a_position_that_is_wiped_without_a_seal_is_named(index):
    made = world()
    row = made.punches[index]
    made.punches[index] = replace(row, facts={**row.facts, **dict.fromkeys(chain.PLACE, "")})
    assert "isi_berubah" in codes(made, row.facts["name"])
    made.seals = [replace(seal, garam="") for seal in made.seals]
    assert codes(made, row.facts["name"]) & {"posisi_hilang", "isi_berubah"}


@given(INDEX)
def test_a_changed_removal_is_found(index):
    made = purged(world(), index)
    made.seals[-1] = replace(made.seals[-1], diputuskan_oleh="Masa simpan posisi 1 bulan")
    assert "segel_berubah" in codes(made)


@given(INDEX, st.sampled_from(["waktu", "lokasi", "status"]))
def test_of_the_salted_form_a_removal_that_is_forged_hides_no_other_change(index, field):
    """Who may write everything forges the removal's seal as well; the first seal still holds all that stayed."""
    made = world()
    if form(made, index) == 1:
        return
    row = made.punches[index]
    changed = {"status": "Sah"} if field == "status" else {field: "lain"}
    made.punches[index] = replace(row, facts={**row.facts, **changed})
    if field == "status":
        made.punches[index] = replace(row, status="Lain")
    made = purged(made, index)
    assert codes(made, row.facts["name"]) & {"isi_berubah", "keputusan_berubah"}


@given(st.floats(0.9, 1.1), st.floats(0.9, 1.1))
def test_the_commitment_tells_nothing_without_its_salt(lat, lon):
    known = world().punches[0].facts
    other = {**known, "latitude": chain.text(lat), "longitude": chain.text(lon)}
    assert chain.place(known, "") != chain.place(known, "ab" * 16)
    assert chain.place(other, "ab" * 16) != chain.place(other, "cd" * 16)


@pytest.mark.parametrize("index", [0, 1])
def test_an_auditor_reads_what_was_removed(index):
    out = io.StringIO()
    assert verify.run(purged(world(), index).lines(), [], out) == verify.SAME
    assert f"Posisi dihapus, 1 absen: {RULE}." in out.getvalue()
    assert "HASIL: utuh" in out.getvalue()

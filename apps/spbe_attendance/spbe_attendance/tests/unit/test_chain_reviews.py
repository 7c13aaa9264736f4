"""Decisions of the review queue in the chain: changed, removed or put in afterwards, each is named."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from spbe_attendance.evidence import chain, verify
from spbe_attendance.evidence.audit import Audit, Finding, Review
from spbe_attendance.tests.chain_world import NOW, World, world

NOTE = "cd" * 32
CLARIFY, FINE, VOID = "Perlu Klarifikasi", "Wajar", "Tidak Sah"


def ruled(*said: tuple[str, str]) -> tuple[World, Review]:
    made = world()
    review = made.rule(3, *(said or ((CLARIFY, NOTE), (VOID, NOTE))))
    made.close(2, "2026-11-05T00:30:00.000000", "1 segel menyusul")
    return made, review


def named(made: World) -> set[tuple[str, str, str]]:
    return {(found.code, found.absensi, found.detail) for found in made.serious()}


def changed(made: World, review: Review, **values: object) -> set[tuple[str, str, str]]:
    made.reviews[0] = replace(review, **values)
    return named(made)


def test_several_decisions_about_one_punch_are_links_of_the_chain():
    made, _review = ruled()
    own = [seal for seal in made.seals if seal.peristiwa == chain.DITINJAU]
    assert [(seal.nomor, seal.status) for seal in own] == [(1, CLARIFY), (2, VOID)]
    assert made.serious() == []


def test_a_verdict_that_was_turned_afterwards_is_named():
    made, review = ruled()
    turned = (review.putusan[0], replace(review.putusan[1], status=FINE))
    told = ("tinjauan_berubah", review.absensi, f"{VOID} → {FINE}")
    assert changed(made, review, putusan=turned, status=FINE) == {told}
    # The row itself, which the recap reads, with its history left alone.
    assert changed(made, review, status=FINE) == {told}
    assert changed(made, review, status="Menunggu") == {
        ("tinjauan_berubah", review.absensi, f"{VOID} → Menunggu")
    }


@pytest.mark.parametrize(
    "values",
    [{"diputuskan_oleh": "lain"}, {"diputuskan_pada": "2026-11-03T08:00:00.000000"}, {"catatan": ""}],
)
def test_who_when_and_why_are_sealed(values):
    made, review = ruled()
    other = (replace(review.putusan[0], **values), review.putusan[1])
    assert {code for code, _name, _detail in changed(made, review, putusan=other)} == {"tinjauan_berubah"}


def test_a_removed_decision_is_named_with_its_row_or_without():
    made, review = ruled()
    gone = ("tinjauan_hilang", review.absensi, VOID)
    # The row of the queue still says so: a status that nobody decided.
    turned = ("tinjauan_berubah", review.absensi, f"{CLARIFY} → {VOID}")
    assert changed(made, review, putusan=review.putusan[:1]) == {gone, turned}
    assert changed(made, review, putusan=review.putusan[:1], status=CLARIFY) == {gone}
    made.reviews.clear()
    assert named(made) == {gone, ("tinjauan_hilang", review.absensi, CLARIFY)}


def test_a_decision_that_was_put_in_is_named_and_a_fresh_one_is_a_note():
    made, review = ruled()
    for moment, code, serious in (
        ("2026-11-20T08:00:00.000000", "tinjauan_tanpa_segel", True),
        (NOW, "tinjauan_belum_disegel", False),
    ):
        extra = replace(review.putusan[1], nomor=3, status=FINE, diputuskan_pada=moment)
        made.reviews[0] = replace(review, putusan=(*review.putusan, extra), status=FINE)
        [found] = [row for row in made.findings() if row.code.startswith("tinjauan")]
        assert (found.code, found.serious, found.absensi) == (code, serious, review.absensi)


def test_what_was_reasonable_may_wait_again_and_what_nobody_decided_waits():
    made, review = ruled((FINE, ""))
    made.reviews[0] = replace(review, status="Menunggu")
    made.reviews.append(Review("lain", review.pegawai, review.opd, review.tanggal, "Menunggu"))
    assert made.serious() == []


def test_a_seal_whose_ruling_was_rewritten_is_named():
    made, review = ruled()
    at = next(place for place, seal in enumerate(made.seals) if seal.nomor == 2)
    made.seals[at] = replace(made.seals[at], status=FINE)
    assert ("segel_berubah", review.absensi) in {(found.code, found.absensi) for found in made.serious()}


def told(lines: list[str]) -> list[Finding]:
    return [found for found in verify.check(lines) if not isinstance(found, Audit) and found.serious]


def test_the_script_reads_reviews_and_misses_one_that_was_cut_out():
    made, review = ruled()
    lines = made.lines()
    assert told(lines) == []
    cut = [line for line in lines if '"jenis": "tinjauan"' not in line]
    with pytest.raises(verify.Unreadable):
        told(cut)
    end = {**json.loads(cut[-1]), "tinjauan": 0}
    found = told([*cut[:-1], json.dumps(end)])
    assert {(row.code, row.absensi) for row in found} == {("tinjauan_hilang", review.absensi)}
    assert f"Putusan tinjauan atas absensi {review.absensi} ({VOID}) disegel" in verify.sentence(found[-1])


def test_an_export_from_before_is_still_read():
    made = world()
    old = []
    for line in made.lines():
        row = json.loads(line)
        row = {
            key: value for key, value in row.items() if key not in ("nomor", "diputuskan_pada", "tinjauan")
        }
        old.append(json.dumps({**row, "format": 1} if row["jenis"] == "kepala" else row))
    assert told(old) == []

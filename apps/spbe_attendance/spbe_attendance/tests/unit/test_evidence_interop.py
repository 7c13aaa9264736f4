"""What the browser signed is read and verified here; frontend/scripts/make-evidence-vectors.mjs wrote it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from spbe_attendance.evidence.anchor import read
from spbe_attendance.evidence.canonical import digest, encode, from_base64url
from spbe_attendance.evidence.entry import Signed
from spbe_attendance.evidence.keys import PublicKey

FOLDER = Path(__file__).resolve().parents[1] / "vectors"
BROWSER = json.loads((FOLDER / "evidence-browser.json").read_text(encoding="utf-8"))
PYTHON = json.loads((FOLDER / "evidence-python.json").read_text(encoding="utf-8"))
CASES = [pytest.param(told, case, id=case["nama"]) for told in (BROWSER, PYTHON) for case in told["kasus"]]


@pytest.mark.parametrize(("told", "case"), CASES)
def test_an_entry_means_the_same_in_both_languages(told: dict[str, Any], case: dict[str, Any]):
    key = PublicKey.parse(told["kunci"])

    signed = Signed.parse({"isi": case["isi"], "k": told["sidik_kunci"], "s": case["tanda_tangan"]})
    key.verify(signed.signature, signed.data)

    assert signed.data.decode() == case["kanonik"]
    assert digest(case["isi"]) == case["sha256"] == signed.entry.sha256
    assert key.thumbprint() == told["sidik_kunci"]


@pytest.mark.parametrize("told", [BROWSER, PYTHON], ids=["browser", "python"])
def test_the_cases_form_one_chain(told: dict[str, Any]):
    hashes = ["", *(case["sha256"] for case in told["kasus"])]

    assert [case["isi"]["h"] for case in told["kasus"]] == hashes[:-1]


def test_the_browsers_registration_proves_the_key():
    statement = BROWSER["daftar"]

    assert encode(statement["isi"]).decode() == statement["kanonik"]
    key = PublicKey.parse(BROWSER["kunci"])
    key.verify(from_base64url(statement["tanda_tangan"], "s"), encode(statement["isi"]))


def test_the_browsers_anchor_is_ours():
    found = read(BROWSER["jangkar"], "PEG-0001", BROWSER["kunci_situs"].encode())

    assert found.moment == 1_795_478_400_000

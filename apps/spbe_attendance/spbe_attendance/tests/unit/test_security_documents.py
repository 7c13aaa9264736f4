"""The checklists of docs/security name tests: each is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[5]
NAMED = re.compile(r"`((?:apps|tests)/[\w/.-]*test_\w+\.py)(?:::(test_\w+))?`")
FOUND = [
    (path.name, *named)
    for path in sorted((ROOT / "docs" / "security").glob("*.md"))
    for named in NAMED.findall(path.read_text("utf-8"))
]


@pytest.mark.parametrize(("document", "file", "test"), sorted(set(FOUND)))
def test_a_named_test_exists(document, file, test):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert f"def {test or 'test_'}" in text, document


def test_the_checklists_name_tests():
    assert {document for document, _file, _test in FOUND} >= {"asvs.md", "bssn-4-2021.md"}
    assert len(FOUND) > 60

"""Writes what Python signs, for the browser's tests: python -m spbe_attendance.tests.evidence_vectors"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from spbe_attendance.evidence.anchor import Anchor, issue
from spbe_attendance.evidence.canonical import digest, encode
from spbe_attendance.tests.phone import Phone, at

TARGET = Path(__file__).parent / "vectors" / "evidence-python.json"
SITE_KEY = "kunci situs hanya untuk vektor uji"
SEVEN = 1_795_478_400_000


def main() -> None:
    """Every case is the next link of one chain; the key is made anew and thrown away."""
    phone = Phone("PEG-0001")
    phone.take_anchor(issue(Anchor("A" * 22, phone.person, SEVEN), SITE_KEY.encode()))
    cases = [_case("plain", phone)]
    phone.pass_time(1_500_000)
    cases.append(_case("south and west", phone, **at(-7.7999999951, -0.00000005, 35)))
    phone.reload()
    cases.append(_case("the life of the page is over", phone, j="Pulang"))
    cases.append(
        _case("letters beyond ASCII", phone, g='Upacara „HUT” \\ "RI"\t\u0001\u2028\u007f😀', j="Apel")
    )
    told = {
        "jangkar": phone.anchor,
        "kunci": phone.key.jwk(),
        "sidik_kunci": phone.thumbprint,
        "kasus": cases,
    }
    TARGET.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _case(name: str, phone: Phone, **changes: Any) -> dict[str, Any]:
    bukti = phone.capture(**changes)
    body = bukti["isi"]
    return {
        "nama": name,
        "isi": body,
        "kanonik": encode(body).decode(),
        "sha256": digest(body),
        "tanda_tangan": bukti["s"],
    }


if __name__ == "__main__":
    main()

"""What the engine refuses, each with a code that callers turn into a sentence."""

from __future__ import annotations

from typing import Any


class EvidenceError(ValueError):
    """``code`` names the reason, ``details`` says where."""

    def __init__(self, code: str, **details: Any):
        super().__init__(f"{code} {details}" if details else code)
        self.code = code
        self.details = details


class MalformedEvidence(EvidenceError):
    """not_json, not_object, too_large, missing, unknown, not_text, not_integer, out_of_range, bad_form."""


class BadSignature(EvidenceError):
    """The entry is not what the key signed, or the key is none."""


class BadAnchor(EvidenceError):
    """not_ours: no anchor of this site; foreign: of another person."""

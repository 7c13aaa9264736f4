"""The reasons of a day in words: the one place where the engine's keys become sentences in the reader's language."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from frappe import _
from frappe.utils import formatdate

from spbe_attendance.worktime import codes, explain

# Said by the service, not by the engine.
OWN = {"not_yet": "Not punched yet; due {0}."}
TEMPLATES = {**explain.TEMPLATES, **OWN}
# Of sources that are words and not the number of a law.
TRANSLATED = {codes.LOCAL_CONTRACT}


def sentences(stored: str | None, day: date | None = None) -> list[dict[str, str]]:
    """[{teks, dasar}] out of a row's ``penjelasan``; times of ``day`` itself are said without the date."""
    return [sentence(*entry, day=day) for entry in json.loads(stored or "[]")]


def sentence(key: str, arguments: list[Any], source: str, day: date | None = None) -> dict[str, str]:
    template = TEMPLATES.get(key)
    said = [words(argument, day) for argument in arguments]
    if template is None:
        return {"teks": " ".join([key, *said]), "dasar": source}
    return {"teks": _(template).format(*said), "dasar": _(source) if source in TRANSLATED else source}


def words(argument: Any, day: date | None) -> str:
    """Indonesian usage: 07.30, 24 November 2026, 1,25."""
    if not isinstance(argument, dict):
        return codes.PRINTED.get(argument, str(argument)) if isinstance(argument, str) else str(argument)
    ((kind, text),) = argument.items()
    if kind == "angka":
        return text.replace(".", ",")
    if kind == "tanggal":
        return formatdate(text, "d MMMM yyyy")
    moment = datetime.fromisoformat(text)
    clock = f"{moment:%H.%M}"
    return clock if day == moment.date() else f"{formatdate(moment.date(), 'd MMMM yyyy')} {clock}"

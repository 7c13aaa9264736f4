"""One message to one browser, and what a push service's answer means for its subscription."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import now_datetime

from spbe_attendance.kehadiran.push.subscriptions import DOCTYPE, KEPUTUSAN, PENGINGAT, PERSETUJUAN

TITLE = "SPBE Absensi"
LONGEST = 300
# Seconds for which a message is worth something; the service keeps it as long for a phone that is off.
KEEP = {KEPUTUSAN: 3 * 86400, PERSETUJUAN: 86400, PENGINGAT: 600}
GONE = {404, 410}
# The service will not take it from this site again (RFC 8292, section 2.2).
FOREIGN = {400, 401, 403}
TOO_MANY = 429
GIVE_UP_AFTER = 20


@dataclass(frozen=True)
class Message:
    kind: str
    sentence: str
    url: str

    def text(self) -> str:
        told = {"jenis": self.kind, "judul": TITLE, "isi": self.sentence[:LONGEST], "url": self.url}
        return json.dumps(told, ensure_ascii=False)


@dataclass(frozen=True)
class Answer:
    """``status``: 0 when there was none. ``wait``: seconds that the service asks to be left alone, None when it asks for none."""

    status: int
    wait: int | None = None

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300

    @property
    def passing(self) -> bool:
        """Another time it may be taken: no answer, too many, or a service in trouble."""
        return self.status in (0, TOO_MANY) or self.status >= 500


def to_all(pairs: Sequence[tuple[dict[str, Any], Message]]) -> list[Answer]:
    """See ``carrier``, whose libraries are loaded when there is something to send."""
    from spbe_attendance.kehadiran.push.carrier import Post

    return Post().to_all(pairs)


def note(rows: Sequence[dict[str, Any]], answers: Sequence[Answer], *, again: bool = False) -> dict[str, int]:
    """What the answers mean for the subscriptions: {terkirim, hilang, gagal}.

    ``again``: a later try of the same message, whose failure has been counted; one that is only too much is not counted at all.
    """
    pairs = list(zip(rows, answers, strict=True))
    gone = [row["name"] for row, answer in pairs if answer.status in GONE]
    good = [row["name"] for row, answer in pairs if answer.good]
    if gone:
        frappe.db.delete(DOCTYPE, {"name": ["in", gone]})
    if good:
        table = frappe.qb.DocType(DOCTYPE)
        frappe.qb.update(table).set(table.gagal_beruntun, 0).set(
            table.terakhir_terkirim, now_datetime()
        ).where(table.name.isin(good)).run()
    done = {*gone, *good}
    for row, answer in pairs:
        if row["name"] not in done:
            failures = row["gagal_beruntun"] + int(not again and answer.status != TOO_MANY)
            off = answer.status in FOREIGN or failures >= GIVE_UP_AFTER
            values = {"gagal_beruntun": failures, **({"aktif": 0} if off else {})}
            frappe.db.set_value(DOCTYPE, row["name"], values, update_modified=False)
    return {"terkirim": len(good), "hilang": len(gone), "gagal": len(rows) - len(done)}

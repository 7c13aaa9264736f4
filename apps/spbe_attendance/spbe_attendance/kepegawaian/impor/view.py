"""What the form shows of an import's side tables, page by page; whoever reads the import may read them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import frappe
from frappe import _

from spbe_attendance.exceptions import ImporDitolak, PermintaanTidakSah
from spbe_attendance.kepegawaian.identity import mask
from spbe_attendance.kepegawaian.impor import check, mapping, store
from spbe_attendance.kepegawaian.impor.records import BERUBAH, PUTUSAN, PUTUSKAN, Record

PAGE, MOST_AT_ONCE = 50, 500
DECISIONS = (check.ORANG_BARU, check.ORANG_SAMA, check.LEWATI)
SEVERITIES = ("Galat", "Putuskan", "Peringatan")
PROBLEM_FIELDS = ["baris", "kolom", "isi", "keparahan", "masalah", "saran", "jumlah", "daftar_baris"]


def problems(impor: str, keparahan: str = "", mulai: int = 0, most: int = PAGE) -> dict[str, Any]:
    """{jumlah: by severity, baris: [...]}, the worst kinds first when no kind is asked for."""
    table = frappe.qb.DocType(store.PROBLEM)
    count = frappe.query_builder.functions.Count("*")
    sums = frappe.qb.from_(table).select(table.keparahan, count).where(table.impor == impor)
    filters = {"impor": impor, **({"keparahan": keparahan} if keparahan in SEVERITIES else {})}
    rows = frappe.get_all(
        store.PROBLEM, filters, PROBLEM_FIELDS, order_by="keparahan, urutan", start=mulai, page_length=most
    )
    return {"jumlah": dict(sums.groupby(table.keparahan).run()), "baris": rows}


def rows(
    impor: str, tindakan: str = "", keadaan: str = "", mulai: int = 0, most: int = PAGE
) -> dict[str, Any]:
    """{jumlah: by action, keadaan: by state, baris: [{name, baris, ringkas, tindakan, keadaan, keterangan, putusan, perubahan, calon, alasan}]}."""
    filters = {"impor": impor}
    filters |= {key: value for key, value in (("tindakan", tindakan), ("keadaan", keadaan)) if value}
    found = frappe.get_all(
        store.ROW,
        filters,
        [
            "name",
            "baris",
            "ringkas",
            "tindakan",
            "keadaan",
            "keterangan",
            "putusan",
            "calon",
            "nilai",
            "sebelum",
        ],
        order_by="urutan",
        start=mulai,
        page_length=most,
    )
    candidates = candidate_names([row.calon for row in found if row.calon])
    doubts = doubts_of(impor, [row.baris for row in found if row.tindakan == PUTUSAN])
    for row in found:
        values, before = json.loads(row.pop("nilai") or "{}"), json.loads(row.pop("sebelum") or "{}")
        row.perubahan = changes(values, before) if row.tindakan == BERUBAH else []
        row.calon = candidates.get(row.calon, "")
        row.alasan = doubts.get(row.baris, "")
    states = store.by_state(impor, (tindakan,) if tindakan else ("Baru", BERUBAH))
    return {"jumlah": store.counts(impor), "keadaan": states, "baris": found}


def doubts_of(impor: str, numbers: Sequence[int]) -> dict[int, str]:
    """Why rows wait for a decision."""
    filters = {"impor": impor, "keparahan": PUTUSKAN, "baris": ["in", list(numbers)]}
    return dict(frappe.get_all(store.PROBLEM, filters, ["baris", "masalah"], as_list=True)) if numbers else {}


def changes(values: Mapping[str, Any], before: Mapping[str, Any]) -> list[dict[str, str]]:
    """Before and after of each field; a NIK is masked."""
    units = {}
    for field in ("opd", "induk"):
        if field in before:
            units |= unit_names([before[field], values.get(field)])

    def shown(field: str, value: Any) -> str:
        if field == "nik":
            return mask(str(value or ""))
        return str(units.get(value, value) if value not in (None, "") else "–")

    return [
        {
            "bidang": mapping.label(field),
            "sebelum": shown(field, old),
            "sesudah": shown(field, values.get(field)),
        }
        for field, old in before.items()
    ]


def unit_names(names: Sequence[Any]) -> dict[str, str]:
    found = frappe.get_all(
        "OPD", {"name": ["in", [name for name in names if name]]}, ["name", "nama_opd"], as_list=True
    )
    return dict(found)


def candidate_names(names: Sequence[str]) -> dict[str, str]:
    """Who is meant by a doubt, with the OPD; to those only who may see the person."""
    found = (
        frappe.get_list("Pegawai", {"name": ["in", list(names)]}, ["name", "nama", "opd"]) if names else []
    )
    units = unit_names([row.opd for row in found])
    return {row.name: f"{row.nama} · {units.get(row.opd, '')}" for row in found}


def decide(doc: Any, baris: object, putusan: object) -> dict[str, int]:
    """Takes a decision on doubtful rows: {diputuskan}. Raises PermintaanTidakSah or ImporDitolak."""
    names = frappe.parse_json(baris) if isinstance(baris, str) else baris
    if not isinstance(names, list) or not 0 < len(names) <= MOST_AT_ONCE or putusan not in DECISIONS:
        frappe.throw(_("Choose between 1 and {0} rows.").format(MOST_AT_ONCE), PermintaanTidakSah)
    if doc.status != check.DIPERIKSA:
        frappe.throw(_("Check the sheet first."), ImporDitolak)
    kind = check.kind_of(doc)
    doubtful = frappe.get_all(
        store.ROW,
        {"impor": doc.name, "name": ["in", [str(name) for name in names]], "tindakan": ["in", [PUTUSAN, "Dilewati", "Baru", BERUBAH, "Sama"]]},
        ["name", "baris", "nilai", "calon", "putusan", "tindakan"],
    )  # fmt: skip
    done = 0
    for row in doubtful:
        if row.tindakan != PUTUSAN and not row.putusan:
            continue
        if putusan == check.ORANG_SAMA and not row.calon:
            continue
        record = Record(row.baris, values=json.loads(row.nilai), candidate=row.calon or "")
        check.settle(kind, record, str(putusan))
        store.change(
            row.name,
            tindakan=record.action,
            rujukan=record.target,
            sebelum=json.dumps(record.before, ensure_ascii=False),
            putusan=putusan,
        )
        done += 1
    check.summarise(doc)
    doc.flags.by_import = True
    doc.save()
    return {"diputuskan": done}

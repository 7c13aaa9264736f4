"""Who may see which row: one criterion per DocType builds both the list filter and the form check.

A criterion is a list of clauses; a row is visible when one of them holds. A clause maps a field to the values it may have.
No clause at all means nothing; ``EVERYTHING`` means no restriction. Verbs (read, write, …) come from the DocTypes' role
permissions; these rules only narrow rows down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import frappe
from frappe.model.document import Document

Clause = dict[str, tuple[Any, ...]]
Criterion = list[Clause]

EVERYTHING: Criterion = [{}]
ALL_RECORDS = {"Administrator", "System Manager", "BKPSDM"}
OWN_SUBTREE = {"Kepala OPD", "Admin OPD"}
CHANGES = {"write", "delete", "submit", "cancel", "amend", "share"}


def _roles(user: str) -> set[str]:
    return set(frappe.get_roles(user)) | ({"Administrator"} if user == "Administrator" else set())


def own_pegawai(user: str) -> dict[str, Any]:
    """Name and OPD of the person behind a user; empty when there is none."""
    return frappe.db.get_value("Pegawai", {"user": user}, ["name", "opd"], as_dict=True) or {}


def subtree(user: str) -> tuple[str, ...]:
    """The OPD below which a Kepala OPD or Admin OPD works: the own one, and those that name the person as head."""
    person = own_pegawai(user)
    if not person:
        return ()
    roots = [person["opd"]]
    if "Kepala OPD" in frappe.get_roles(user):
        roots += frappe.get_all("OPD", {"kepala": person["name"]}, pluck="name")
    found: set[str] = set()
    for root in {root for root in roots if root}:
        edges = frappe.db.get_value("OPD", root, ["lft", "rgt"])
        if edges:
            found |= set(
                frappe.get_all("OPD", {"lft": [">=", edges[0]], "rgt": ["<=", edges[1]]}, pluck="name")
            )
    return tuple(sorted(found))


def ancestors(opd: str | None) -> tuple[str, ...]:
    """The OPD itself and everything above it."""
    edges = frappe.db.get_value("OPD", opd, ["lft", "rgt"]) if opd else None
    if not edges:
        return ()
    return tuple(frappe.get_all("OPD", {"lft": ["<=", edges[0]], "rgt": [">=", edges[1]]}, pluck="name"))


def absensi_criterion(user: str) -> Criterion:
    return EVERYTHING if "Pimpinan" in _roles(user) else staff_rows_criterion(user)


def staff_rows_criterion(user: str) -> Criterion:
    """Rows about one person each, with fields ``pegawai`` and ``opd``: one's own, those of the subtree, all for BKPSDM."""
    roles = _roles(user)
    if roles & ALL_RECORDS:
        return EVERYTHING
    person = own_pegawai(user)
    clauses: Criterion = [{"pegawai": (person["name"],)}] if person else []
    if roles & OWN_SUBTREE:
        clauses.append({"opd": subtree(user)})
    return clauses


def perangkat_criterion(user: str) -> Criterion:
    return EVERYTHING if "Wali Data" in _roles(user) else staff_rows_criterion(user)


def segel_absensi_criterion(user: str) -> Criterion:
    """Hashes, no facts: Wali Data sees all of them."""
    return EVERYTHING if "Wali Data" in _roles(user) else staff_rows_criterion(user)


def akar_harian_criterion(user: str) -> Criterion:
    if _roles(user) & (ALL_RECORDS | {"Wali Data"}):
        return EVERYTHING
    return [{"opd": subtree(user)}]


def opd_rows_criterion(user: str) -> Criterion:
    """Rows about an OPD, with field ``opd``: those of the subtree, all for BKPSDM and Pimpinan."""
    if _roles(user) & (ALL_RECORDS | {"Pimpinan"}):
        return EVERYTHING
    return [{"opd": subtree(user)}]


def reaching_rows(
    flag: str, named: Callable[[list[str]], Iterable[str]], *, staff: bool
) -> Callable[[str], Criterion]:
    """A criterion of rows that reach units: every unit by ``flag``, or those for which ``named(units)`` finds the rows' names.

    The units are the own one with those above and, for who works in a subtree, that. ``staff``: every person has units; otherwise
    only heads and administrators of OPD. All rows for BKPSDM and Pimpinan.
    """

    def criterion(user: str) -> Criterion:
        roles = _roles(user)
        if roles & (ALL_RECORDS | {"Pimpinan"}):
            return EVERYTHING
        person = own_pegawai(user)
        heads = bool(roles & OWN_SUBTREE)
        if not (person if staff else heads):
            return []
        units = {*ancestors(person.get("opd")), *(subtree(user) if heads else ())}
        return [{flag: (1,)}, {"name": tuple(named(sorted(units)))}]

    return criterion


def pegawai_criterion(user: str) -> Criterion:
    roles = _roles(user)
    if roles & (ALL_RECORDS | {"Pimpinan"}):
        return EVERYTHING
    clauses: Criterion = [{"user": (user,)}]
    if roles & OWN_SUBTREE:
        clauses.append({"opd": subtree(user)})
    return clauses


def opd_criterion(user: str) -> Criterion:
    roles = _roles(user)
    if roles & (ALL_RECORDS | {"Pimpinan", "Wali Data"}):
        return EVERYTHING
    clauses: Criterion = [{"name": ancestors(own_pegawai(user).get("opd"))}]
    if roles & OWN_SUBTREE:
        clauses.append({"name": subtree(user)})
    return clauses


def opd_lokasi_criterion(user: str) -> Criterion:
    roles = _roles(user)
    if roles & (ALL_RECORDS | {"Pimpinan", "Wali Data"}):
        return EVERYTHING
    clauses: Criterion = [{"semua_opd": (1,)}, {"opd": ancestors(own_pegawai(user).get("opd"))}]
    if roles & OWN_SUBTREE:
        clauses.append({"opd": subtree(user)})
    return clauses


def opd_lokasi_change_criterion(user: str) -> Criterion:
    """Places of others may be read where they apply, but are changed by their own OPD only."""
    if _roles(user) & (ALL_RECORDS | {"Wali Data"}):
        return EVERYTHING
    return [{"opd": subtree(user), "semua_opd": (0, None, "0")}]


def to_sql(doctype: str, criterion: Criterion) -> str:
    """The criterion as a WHERE condition; an empty string where nothing is restricted."""
    if criterion == EVERYTHING:
        return ""
    parts = []
    for clause in criterion:
        if not all(clause.values()):
            continue
        tests = [
            f"`tab{doctype}`.`{field}` in ({', '.join(frappe.db.escape(value) for value in values)})"
            for field, values in clause.items()
        ]
        parts.append(f"({' and '.join(tests)})")
    return f"({' or '.join(parts)})" if parts else "1=0"


def matches(doc: Document | dict[str, Any], criterion: Criterion) -> bool:
    """The same criterion on one row."""
    return any(all(doc.get(field) in values for field, values in clause.items()) for clause in criterion)


def pair(
    doctype: str, criterion: Callable[[str], Criterion], change: Callable[[str], Criterion] | None = None
) -> tuple[Callable[..., str], Callable[..., bool]]:
    """List filter and form check of a DocType out of one criterion; ``change``: a narrower one for whoever writes.

    Hooks name both: Frappe calls them without the DocType's name.
    """

    def query(user: str | None = None) -> str:
        return to_sql(doctype, criterion(user or frappe.session.user))

    def check(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
        user = user or frappe.session.user
        changing = change is not None and (ptype == "create" or ptype in CHANGES)
        return allowed(doc, change(user) if changing and change else criterion(user), ptype)

    return query, check


def opd_query(user: str | None = None) -> str:
    return to_sql("OPD", opd_criterion(user or frappe.session.user))


def pegawai_query(user: str | None = None) -> str:
    return to_sql("Pegawai", pegawai_criterion(user or frappe.session.user))


def opd_lokasi_query(user: str | None = None) -> str:
    return to_sql("OPD Lokasi", opd_lokasi_criterion(user or frappe.session.user))


def absensi_query(user: str | None = None) -> str:
    return to_sql("Absensi", absensi_criterion(user or frappe.session.user))


def allowed(doc: Document, criterion: Criterion, ptype: str) -> bool:
    """The criterion on the row as it is and, before a change, as it is stored: nobody takes a row over by writing an own OPD into it."""
    if not matches(doc, criterion):
        return False
    if ptype not in CHANGES or criterion == EVERYTHING or doc.is_new():
        return True
    fields = sorted({field for clause in criterion for field in clause})
    stored = frappe.db.get_value(doc.doctype, doc.name, fields, as_dict=True)
    return stored is None or matches(stored, criterion)


def opd_allowed(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
    return ptype == "create" or allowed(doc, opd_criterion(user or frappe.session.user), ptype)


def pegawai_allowed(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
    """A row of another OPD cannot be made either: the criterion holds for create, too."""
    return allowed(doc, pegawai_criterion(user or frappe.session.user), ptype)


def opd_lokasi_allowed(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
    user = user or frappe.session.user
    if ptype == "create" or ptype in CHANGES:
        return allowed(doc, opd_lokasi_change_criterion(user), ptype)
    return allowed(doc, opd_lokasi_criterion(user), ptype)


def absensi_allowed(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
    """Whom a new punch is for is judged with the punch, where person and OPD are known."""
    return ptype == "create" or allowed(doc, absensi_criterion(user or frappe.session.user), ptype)


rekap_harian_query, rekap_harian_allowed = pair("Rekap Harian", absensi_criterion)
penyesuaian_rekap_query, penyesuaian_rekap_allowed = pair("Penyesuaian Rekap", staff_rows_criterion)
tutup_bulan_query, tutup_bulan_allowed = pair("Tutup Bulan", opd_rows_criterion)
perangkat_query, perangkat_allowed = pair("Perangkat", perangkat_criterion)


def user_criterion(user: str) -> Criterion:
    """Frappe lets everybody who is logged in pick from all accounts, log-in name included, which is the NIP: only those with Desk may."""
    roles = _roles(user)
    return (
        EVERYTHING if roles & {*ALL_RECORDS, *OWN_SUBTREE, "Pimpinan", "Wali Data"} else [{"name": (user,)}]
    )


user_query, _user_allowed = pair("User", user_criterion)


def kios_criterion(user: str) -> Criterion:
    return EVERYTHING if _roles(user) & {*ALL_RECORDS, "Wali Data"} else [{"opd": subtree(user)}]


kios_absensi_query, kios_absensi_allowed = pair("Kios Absensi", kios_criterion)
segel_absensi_query, segel_absensi_allowed = pair("Segel Absensi", segel_absensi_criterion)
akar_harian_query, akar_harian_allowed = pair("Akar Harian", akar_harian_criterion)


def tinjauan_criterion(user: str) -> Criterion:
    """Those who decide. That nobody reads what is suspected of themselves is added by kehadiran.tinjauan.access."""
    if _roles(user) & ALL_RECORDS:
        return EVERYTHING
    return [{"opd": subtree(user)}] if "Kepala OPD" in _roles(user) else []

"""Which rosters, assignments and exchanges somebody sees and changes: one criterion per DocType for the list and the form."""

from __future__ import annotations

from spbe_attendance import permissions
from spbe_attendance.permissions import EVERYTHING, Criterion


def subtree_rows(user: str) -> Criterion:
    """Rows of the OPD's subtree; all for BKPSDM."""
    found = permissions.staff_rows_criterion(user)
    return found if found == EVERYTHING else [clause for clause in found if "opd" in clause]


def penugasan_criterion(user: str) -> Criterion:
    """What holds for oneself (own, of an OPD above, of all), and what holds in the subtree."""
    found = permissions.staff_rows_criterion(user)
    if found == EVERYTHING:
        return found
    above = permissions.ancestors(permissions.own_pegawai(user).get("opd"))
    return [*found, {"berlaku_untuk": ("Semua",)}, {"berlaku_untuk": ("OPD",), "opd": above}]


def tukar_criterion(user: str) -> Criterion:
    """Exchanges that one asked for or is asked for, those of the subtree, all for BKPSDM."""
    found = permissions.staff_rows_criterion(user)
    if found == EVERYTHING:
        return found
    person = permissions.own_pegawai(user)
    own: Criterion = [{field: (person["name"],)} for field in ("pemohon", "rekan")] if person else []
    return [*own, *(clause for clause in found if "opd" in clause)]


roster_dinas_query, roster_dinas_allowed = permissions.pair(
    "Roster Dinas", permissions.staff_rows_criterion, subtree_rows
)
impor_roster_query, impor_roster_allowed = permissions.pair("Impor Roster", subtree_rows)
penugasan_jadwal_query, penugasan_jadwal_allowed = permissions.pair("Penugasan Jadwal", penugasan_criterion)
tukar_dinas_query, tukar_dinas_allowed = permissions.pair("Tukar Dinas", tukar_criterion)

"""Refusals about personal data."""

from __future__ import annotations

import frappe


class PrivasiDitolak(frappe.ValidationError):
    """Something about personal data is refused; subclasses name the reason."""

    http_status_code = 417


class PenahananTidakDapatDiubah(PrivasiDitolak):
    """A hold stays as it was set; it is lifted, and another one set."""


class PenahananTidakSah(PrivasiDitolak):
    """A hold without a reason, or with days in the wrong order."""


class PenghapusanTidakDapatDiubah(PrivasiDitolak):
    """What was removed stays on record."""


class PenghapusanSedangBerjalan(PrivasiDitolak):
    """One removal at a time."""

    http_status_code = 409


class SalinanSedangDibuat(PrivasiDitolak):
    """One copy of the own data at a time."""

    http_status_code = 409


class SalinanTidakDapatDiubah(PrivasiDitolak):
    """That somebody asked for the own data stays on record."""


class PerbaikanTidakSah(PrivasiDitolak):
    """What is asked for is no correction of one's own master data."""


class PerbaikanTidakDapatDiubah(PrivasiDitolak):
    """A correction that was decided on stays as it is; one that waits is decided on or withdrawn."""


class PerbaikanSendiri(PrivasiDitolak):
    """Nobody decides on an own correction."""

    http_status_code = 403


class TidakAdaPersetujuan(PrivasiDitolak):
    """Nothing was agreed to that could be withdrawn."""

"""One named exception per refusal of a registration, with a sentence that says what to do: a 4xx, or 503 when trying again helps."""

from __future__ import annotations

import frappe


class PendaftaranDitolak(frappe.ValidationError):
    """A registration is refused; subclasses name the reason."""

    http_status_code = 417


class PendaftaranTidakSah(PendaftaranDitolak):
    """A field of the form has a wrong type, form or size."""

    http_status_code = 400


class PendaftaranTerlaluBesar(PendaftaranDitolak):
    http_status_code = 413


class PendaftaranDitutup(PendaftaranDitolak):
    """BKPSDM has not opened the registration, or its period is over."""


class NaskahBerubah(PendaftaranDitolak):
    """Agreed to a consent text that is not the one in force."""

    http_status_code = 409


class TandaTerimaSalah(PendaftaranDitolak):
    """One answer for an unknown receipt and a wrong code: nobody learns which receipts there are."""

    http_status_code = 404


class TerlaluBanyakPendaftaran(PendaftaranDitolak):
    http_status_code = 429


class PendaftaranTidakDapatDiperbaiki(PendaftaranDitolak):
    """Nobody has asked for a correction, or it has been sent already."""

    http_status_code = 409


class RekapTidakTerbaca(PendaftaranDitolak):
    """What was pasted is no table of people."""


class BelumDisetujui(PendaftaranDitolak):
    """No account has come of this registration, or it has been opened already."""

    http_status_code = 409


class PendaftaranBelumDicocokkan(PendaftaranDitolak):
    """The comparison in the background is not through; trying again helps."""

    http_status_code = 503


class AlasanPendaftaranWajib(PendaftaranDitolak):
    pass


class SudahMenjadiPegawai(PendaftaranDitolak):
    http_status_code = 409


class PendaftaranSendiri(frappe.PermissionError):
    """Nobody verifies or approves an own registration, nor approves one that they verified."""


class PendaftaranTidakDapatDiubah(frappe.PermissionError):
    """What was filed stays as it was filed; records of consent stay at all."""


class NaskahTidakDapatDiubah(frappe.PermissionError):
    """A consent text that somebody has agreed to stays as it is: a new version is written instead."""

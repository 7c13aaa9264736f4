"""One named exception per refusal, with a sentence that says what to do: a 4xx, or 503 when trying again helps."""

from __future__ import annotations

import frappe


class AbsensiDitolak(frappe.ValidationError):
    """A punch or a photo is refused; subclasses name the reason."""

    http_status_code = 417


class PermintaanTidakSah(AbsensiDitolak):
    """A field of the request has a wrong type, form or size."""

    http_status_code = 400


class PermintaanTerlaluBesar(AbsensiDitolak):
    http_status_code = 413


class PegawaiTidakBolehDisebut(AbsensiDitolak):
    """The person is the session's."""

    http_status_code = 400


class BukanPegawai(AbsensiDitolak):
    http_status_code = 403


class PegawaiTidakAktif(AbsensiDitolak):
    http_status_code = 403


class BukanUntukOrangLain(AbsensiDitolak):
    http_status_code = 403


class KoordinatTidakSah(AbsensiDitolak):
    pass


class AkurasiTidakCukup(AbsensiDitolak):
    pass


class TanpaLokasi(AbsensiDitolak):
    pass


class DiLuarLokasi(AbsensiDitolak):
    pass


class IdKlienTerpakai(AbsensiDitolak):
    http_status_code = 409


class BuktiTidakSah(AbsensiDitolak):
    """Signed evidence is malformed, altered, of another site, or says something else than the request."""

    http_status_code = 400


class BuktiOrangLain(AbsensiDitolak):
    """Evidence captured by another person than whoever is logged in."""

    http_status_code = 403


class UrutanBuktiTerpakai(AbsensiDitolak):
    """Another entry of the same key has this number, or the chain does not lead here."""

    http_status_code = 409


class LuringTidakDiizinkan(AbsensiDitolak):
    pass


class PerangkatTidakDikenal(AbsensiDitolak):
    http_status_code = 403


class PerangkatMilikOrangLain(AbsensiDitolak):
    http_status_code = 403


class PerangkatDicabut(AbsensiDitolak):
    http_status_code = 403


class PinTidakSah(AbsensiDitolak):
    """A new PIN that others would guess, or a wrong password with it."""


class NomorAtauPinSalah(AbsensiDitolak):
    """One answer for an unknown number, a person without a PIN and a wrong PIN: nobody learns who exists."""

    http_status_code = 403


class TerlaluSeringSalah(AbsensiDitolak):
    http_status_code = 429


class BukanSaksi(AbsensiDitolak):
    pass


class KuotaSaksiHabis(AbsensiDitolak):
    pass


class TinjauanSendiri(AbsensiDitolak):
    """Nobody decides what is suspected of themselves."""

    http_status_code = 403


class PutusanTanpaCatatan(AbsensiDitolak):
    pass


class AbsensiTidakDitemukan(AbsensiDitolak):
    http_status_code = 404


class FotoTidakSah(AbsensiDitolak):
    pass


class FotoTerlaluBesar(AbsensiDitolak):
    http_status_code = 413


class FotoTidakCocok(AbsensiDitolak):
    http_status_code = 409


class SistemSibuk(AbsensiDitolak):
    """Not refused for what it is: the same request may be sent again, Retry-After says when."""

    http_status_code = 503


class AbsensiTidakDapatDiubah(frappe.PermissionError):
    """An Absensi is evidence."""


class PersetujuanSendiri(frappe.PermissionError):
    """Nobody approves an own exception."""


class PermohonanDitolak(frappe.ValidationError):
    """A permit, correction or appeal is refused; subclasses name the reason."""


class RekapDitolak(frappe.ValidationError):
    """Something about recaps is refused; subclasses name the reason."""

    http_status_code = 417


class PermohonanTidakSah(PermohonanDitolak):
    """A field of the request has a wrong type, form or size."""

    http_status_code = 400


class PermohonanTerlaluBesar(PermohonanDitolak):
    http_status_code = 413


class PermohonanTidakDitemukan(PermohonanDitolak):
    http_status_code = 404


class BukanPemohon(PermohonanDitolak):
    """Only the person, or who files for the OPD, may ask."""

    http_status_code = 403


class PemohonTidakAktif(PermohonanDitolak):
    http_status_code = 403


class JenisTidakBerlaku(PermohonanDitolak):
    """The kind does not exist for this employment status or person."""


class MasaKerjaBelumCukup(JenisTidakBerlaku):
    pass


class TanggalTidakSah(PermohonanDitolak):
    pass


class SetengahHariTidakSah(PermohonanDitolak):
    pass


class TanpaHariKerja(PermohonanDitolak):
    """The permit covers no working day."""


class PesertaTidakSah(PermohonanDitolak):
    pass


class LampiranWajib(PermohonanDitolak):
    pass


class LampiranTidakSah(PermohonanDitolak):
    pass


class PermohonanBertumpuk(PermohonanDitolak):
    """Another permit or correction covers the same day; the message names it."""

    http_status_code = 409


class KuotaTerlampaui(PermohonanDitolak):
    pass


class SaldoCutiTidakCukup(KuotaTerlampaui):
    pass


class MelewatiTenggat(PermohonanDitolak):
    pass


class SaksiTidakSah(PermohonanDitolak):
    pass


class AbsensiAsalTidakSah(PermohonanDitolak):
    pass


class AlasanWajib(PermohonanDitolak):
    pass


class JawabanWajib(PermohonanDitolak):
    pass


class SudahDiputus(PermohonanDitolak):
    """Somebody else was first, or the row has ended."""

    http_status_code = 409


class BukanPemutus(frappe.PermissionError):
    """The step belongs to somebody else."""


class PermohonanTidakDapatDiubah(frappe.PermissionError):
    """What was asked for stays as it was asked for."""


class JadwalBertumpuk(frappe.ValidationError):
    """Two assignments, periods or rosters claim the same days."""

    http_status_code = 409


class HariLiburGanda(frappe.ValidationError):
    http_status_code = 409


class ImporDitolak(frappe.ValidationError):
    """A roster sheet is not imported, or an import not undone; the sentence says why."""


class TukarDitolak(frappe.ValidationError):
    """An exchange of duties is not possible; the sentence says why."""


class TukarTidakDapatDiubah(frappe.PermissionError):
    """An exchange that was asked for is decided, not edited."""


class RekapSedangDihitung(RekapDitolak):
    """Another writer of recaps is at work; trying again helps."""

    http_status_code = 503


class RekapBelumLengkap(RekapDitolak):
    """The month has matters that must be settled before it is closed."""


class BulanSudahDitutup(RekapDitolak):
    """Somebody was first, or an OPD above or below has closed the month."""


class BulanBelumDitutup(RekapDitolak):
    """There is nothing to reopen."""


class AturanTidakSah(RekapDitolak):
    """Dates or steps of a deduction rule contradict each other or another rule."""


class RekapTidakDapatDiubah(frappe.PermissionError):
    """What is computed, or frozen, is not written by hand."""


class KegiatanBukanApel(AbsensiDitolak):
    """An event takes punches of the kind Apel only: they never replace Masuk or Pulang."""

    http_status_code = 400


class KegiatanTidakDitemukan(AbsensiDitolak):
    pass


class KegiatanDibatalkan(AbsensiDitolak):
    pass


class BukanUndangan(AbsensiDitolak):
    """The person is not invited to the event."""


class DiLuarWaktuKegiatan(AbsensiDitolak):
    """The punch came before the event's window or after it."""


class KegiatanTidakSah(frappe.ValidationError):
    """An event that cannot be: its window, its place or its invitation contradict themselves."""


class KegiatanSudahBerjalan(frappe.ValidationError):
    """What punches were judged by is not changed behind them."""


class UndanganDiLuarOPD(frappe.PermissionError):
    """An OPD invites within its own units."""


class GangguanTidakSah(frappe.ValidationError):
    """An outage whose times, coverage or treatment contradict themselves."""


class KeputusanGangguanTidakSah(frappe.ValidationError):
    """A step that an outage record does not take, or one without what it needs."""


class GangguanBerlaku(frappe.ValidationError):
    """An outage in force is withdrawn with a reason, never deleted."""


class LaporanDitolak(frappe.ValidationError):
    """A report is asked for with filters that it cannot take; the sentence says which and how."""

    http_status_code = 417


class SegelTidakDapatDiubah(frappe.PermissionError):
    """A seal or root is written, changed or removed by hand."""


class SegelSedangDibuat(frappe.ValidationError):
    """Another worker seals: try again later."""

    http_status_code = 503


class AlamatPushDitolak(frappe.ValidationError):
    """The server does not go where this subscription points."""

    http_status_code = 400


class LanggananTidakSah(frappe.ValidationError):
    """A push subscription that no browser has made."""

    http_status_code = 400

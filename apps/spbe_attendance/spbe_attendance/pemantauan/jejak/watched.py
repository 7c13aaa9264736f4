"""Whose changes leave a trace. Read by hooks.py before there is a site: no framework here.

Records that only the system writes are not among them: nobody changes them by hand.
"""

from __future__ import annotations

from typing import Any

DATA = (
    "Absensi",
    "Acuan Registrasi",
    "Catatan Cuti Tahunan",
    "Ekspor SIMPEGNAS",
    "Gangguan Layanan",
    "Impor Data",
    "Impor Lokasi",
    "Impor Roster",
    "Kegiatan Apel",
    "Ketidakhadiran",
    "Kios Absensi",
    "Koreksi Absensi",
    "Mutasi Pegawai",
    "OPD",
    "OPD Lokasi",
    "Pegawai",
    "Perbaikan Data",
    "Penahanan Data",
    "Penyusunan Dataset",
    "Perangkat",
    "Registrasi Pegawai",
    "Roster Dinas",
    "Sanggah",
    "Survei Lokasi",
    "Tinjauan Absensi",
    "Tukar Dinas",
    "Tutup Bulan",
    "Versi Dataset",
)
RULES = (
    "Aturan Potongan",
    "Dataset Satu Data",
    "Gerbang Pesan",
    "Hari Libur",
    "Integrasi ERPNext",
    "Jadwal Kerja",
    "Jenis Ketidakhadiran",
    "Laporan Berkala Pimpinan",
    "Naskah Persetujuan",
    "Pemetaan OPD ERPNext",
    "Pengaturan Absensi",
    "Pengaturan Satu Data",
    "Penugasan Jadwal",
    "Periode Jadwal",
    "Shift Kerja",
    # The framework's, with which rules are changed around the app.
    "Assignment Rule",
    "Client Script",
    "Custom Field",
    "Log Settings",
    "Notification",
    "Print Format",
    "Property Setter",
    "Server Script",
    "System Settings",
    "Webhook",
    "Workflow",
)
RIGHTS = (
    "Custom DocPerm",
    "DocShare",
    "Kunci API",
    "OAuth Client",
    "Role",
    "Role Profile",
    "User",
    "User Permission",
)
KINDS = {
    **dict.fromkeys(DATA, "Ubah Data"),
    **dict.fromkeys(RULES, "Ubah Aturan"),
    **dict.fromkeys(RIGHTS, "Ubah Hak Akses"),
}
HANDLER = "spbe_attendance.pemantauan.jejak.changes."
EVENTS = {"on_update": "saved", "on_trash": "removed", "after_rename": "renamed"}


def also_traced(doc_events: dict[str, Any]) -> dict[str, Any]:
    """The app's document events with the trace added: last, so that what others refuse leaves none."""
    events = {doctype: dict(handlers) for doctype, handlers in doc_events.items()}
    for doctype in KINDS:
        handlers = events.setdefault(doctype, {})
        for event, name in EVENTS.items():
            before = handlers.get(event, [])
            handlers[event] = [*([before] if isinstance(before, str) else before), HANDLER + name]
    return events

from spbe_attendance.pemantauan.jejak.watched import also_traced as _also_traced

app_name = "spbe_attendance"
app_title = "SPBE Absensi"
app_publisher = "SPBE Absensi contributors"
app_description = "Attendance of all staff of a regency, judged by the server"
app_email = "absensi@example.invalid"
app_license = "AGPL-3.0-or-later"
app_logo_url = "/assets/spbe_attendance/images/spbe-absensi.svg"
export_python_type_annotations = True

after_install = "spbe_attendance.install.after_install"
after_migrate = "spbe_attendance.install.after_migrate"
before_uninstall = "spbe_attendance.uninstall.before_uninstall"
after_app_install = "spbe_attendance.integrations.erpnext.lifecycle.after_app_install"
before_app_uninstall = "spbe_attendance.integrations.erpnext.lifecycle.before_app_uninstall"

add_to_apps_screen = [
    {
        "name": "spbe_attendance",
        "logo": "/assets/spbe_attendance/images/spbe-absensi.svg",
        "title": "SPBE Absensi",
        "route": "/absen",
    },
    {
        "name": "spbe_command_center",
        "logo": "/assets/spbe_attendance/images/spbe-absensi.svg",
        "title": "Command Center",
        "route": "/command-center",
        "has_permission": "spbe_attendance.pemantauan.ringkas.door.is_shown",
    },
]
role_home_page = {"Pegawai SPBE": "absen"}
page_renderer = [
    "spbe_attendance.pwa.PwaAssetRenderer",
    "spbe_attendance.pemantauan.satu_data.web.OpenDataRenderer",
]
website_route_rules = [{"from_route": "/absen/<path:app_path>", "to_route": "absen"}]

permission_query_conditions = {
    "OPD": "spbe_attendance.permissions.opd_query",
    "Pegawai": "spbe_attendance.permissions.pegawai_query",
    "OPD Lokasi": "spbe_attendance.permissions.opd_lokasi_query",
    "Impor Lokasi": "spbe_attendance.kehadiran.lokasi.access.impor_lokasi_query",
    "Survei Lokasi": "spbe_attendance.kehadiran.lokasi.access.survei_lokasi_query",
    "Ukuran Lokasi": "spbe_attendance.kehadiran.lokasi.access.ukuran_lokasi_query",
    "Perangkat": "spbe_attendance.permissions.perangkat_query",
    "User": "spbe_attendance.permissions.user_query",
    "Registrasi Pegawai": "spbe_attendance.kepegawaian.registrasi.access.query",
    "Salinan Data": "spbe_attendance.privasi.access.salinan_data_query",
    "Perbaikan Data": "spbe_attendance.privasi.access.perbaikan_data_query",
    "Persetujuan Data": "spbe_attendance.kepegawaian.registrasi.access.record_query",
    "Kios Absensi": "spbe_attendance.permissions.kios_absensi_query",
    "Kode Aktivasi": "spbe_attendance.kepegawaian.access.kode_aktivasi_query",
    "Catatan Akun": "spbe_attendance.kepegawaian.access.catatan_akun_query",
    "Mutasi Pegawai": "spbe_attendance.kepegawaian.mutasi.access.mutasi_pegawai_query",
    "Riwayat Pegawai": "spbe_attendance.kepegawaian.mutasi.access.riwayat_pegawai_query",
    "Tinjauan Absensi": "spbe_attendance.kehadiran.tinjauan.access.query",
    "Absensi": "spbe_attendance.permissions.absensi_query",
    "Rekap Harian": "spbe_attendance.permissions.rekap_harian_query",
    "Segel Absensi": "spbe_attendance.permissions.segel_absensi_query",
    "Akar Harian": "spbe_attendance.permissions.akar_harian_query",
    "Penyesuaian Rekap": "spbe_attendance.permissions.penyesuaian_rekap_query",
    "Tutup Bulan": "spbe_attendance.permissions.tutup_bulan_query",
    "Ketidakhadiran": "spbe_attendance.kehadiran.permohonan.access.ketidakhadiran_query",
    "Koreksi Absensi": "spbe_attendance.kehadiran.permohonan.access.koreksi_absensi_query",
    "Sanggah": "spbe_attendance.kehadiran.permohonan.access.sanggah_query",
    "Catatan Cuti Tahunan": "spbe_attendance.kehadiran.permohonan.access.catatan_cuti_tahunan_query",
    "Roster Dinas": "spbe_attendance.kehadiran.jadwal.access.roster_dinas_query",
    "Impor Roster": "spbe_attendance.kehadiran.jadwal.access.impor_roster_query",
    "Impor Data": "spbe_attendance.kepegawaian.impor.access.query",
    "Penugasan Jadwal": "spbe_attendance.kehadiran.jadwal.access.penugasan_jadwal_query",
    "Tukar Dinas": "spbe_attendance.kehadiran.jadwal.access.tukar_dinas_query",
    "File": [
        "spbe_attendance.kehadiran.pencatatan.photo_files.file_query",
        "spbe_attendance.kehadiran.permohonan.letter_files.file_query",
        "spbe_attendance.kepegawaian.registrasi.access.file_query",
    ],
    "Kegiatan Apel": "spbe_attendance.kehadiran.apel.access.query",
    "Gangguan Layanan": "spbe_attendance.kehadiran.gangguan.access.query",
    "Versi Dataset": "spbe_attendance.pemantauan.satu_data.access.versi_query",
}
has_permission = {
    "OPD": "spbe_attendance.permissions.opd_allowed",
    "Pegawai": "spbe_attendance.permissions.pegawai_allowed",
    "OPD Lokasi": "spbe_attendance.permissions.opd_lokasi_allowed",
    "Impor Lokasi": "spbe_attendance.kehadiran.lokasi.access.impor_lokasi_allowed",
    "Survei Lokasi": "spbe_attendance.kehadiran.lokasi.access.survei_lokasi_allowed",
    "Ukuran Lokasi": "spbe_attendance.kehadiran.lokasi.access.ukuran_lokasi_allowed",
    "Perangkat": "spbe_attendance.permissions.perangkat_allowed",
    "Kios Absensi": "spbe_attendance.permissions.kios_absensi_allowed",
    "Kode Aktivasi": "spbe_attendance.kepegawaian.access.kode_aktivasi_allowed",
    "Catatan Akun": "spbe_attendance.kepegawaian.access.catatan_akun_allowed",
    "Mutasi Pegawai": "spbe_attendance.kepegawaian.mutasi.access.mutasi_pegawai_allowed",
    "Riwayat Pegawai": "spbe_attendance.kepegawaian.mutasi.access.riwayat_pegawai_allowed",
    "Registrasi Pegawai": "spbe_attendance.kepegawaian.registrasi.access.allowed",
    "Salinan Data": "spbe_attendance.privasi.access.salinan_data_allowed",
    "Perbaikan Data": "spbe_attendance.privasi.access.perbaikan_data_allowed",
    "Persetujuan Data": "spbe_attendance.kepegawaian.registrasi.access.record_allowed",
    "Tinjauan Absensi": "spbe_attendance.kehadiran.tinjauan.access.allowed",
    "Absensi": "spbe_attendance.permissions.absensi_allowed",
    "Rekap Harian": "spbe_attendance.permissions.rekap_harian_allowed",
    "Segel Absensi": "spbe_attendance.permissions.segel_absensi_allowed",
    "Akar Harian": "spbe_attendance.permissions.akar_harian_allowed",
    "Penyesuaian Rekap": "spbe_attendance.permissions.penyesuaian_rekap_allowed",
    "Tutup Bulan": "spbe_attendance.permissions.tutup_bulan_allowed",
    "Ketidakhadiran": "spbe_attendance.kehadiran.permohonan.access.ketidakhadiran_allowed",
    "Koreksi Absensi": "spbe_attendance.kehadiran.permohonan.access.koreksi_absensi_allowed",
    "Sanggah": "spbe_attendance.kehadiran.permohonan.access.sanggah_allowed",
    "Catatan Cuti Tahunan": "spbe_attendance.kehadiran.permohonan.access.catatan_cuti_tahunan_allowed",
    "Roster Dinas": "spbe_attendance.kehadiran.jadwal.access.roster_dinas_allowed",
    "Impor Roster": "spbe_attendance.kehadiran.jadwal.access.impor_roster_allowed",
    "Impor Data": "spbe_attendance.kepegawaian.impor.access.allowed",
    "Penugasan Jadwal": "spbe_attendance.kehadiran.jadwal.access.penugasan_jadwal_allowed",
    "Tukar Dinas": "spbe_attendance.kehadiran.jadwal.access.tukar_dinas_allowed",
    "File": [
        "spbe_attendance.kehadiran.pencatatan.photo_files.file_allowed",
        "spbe_attendance.kehadiran.permohonan.letter_files.file_allowed",
        "spbe_attendance.kepegawaian.registrasi.access.file_allowed",
        "spbe_attendance.pemantauan.satu_data.access.file_allowed",
    ],
    "Kegiatan Apel": "spbe_attendance.kehadiran.apel.access.allowed",
    "Gangguan Layanan": "spbe_attendance.kehadiran.gangguan.access.allowed",
    "Ringkasan OPD": "spbe_attendance.pemantauan.ringkas.access.allowed",
    "Versi Dataset": "spbe_attendance.pemantauan.satu_data.access.versi_allowed",
}
# Queries that tell what their reader may not see; see the modules for which.
before_request = [
    "spbe_attendance.overrides.database_query.wrap_queries",
    "spbe_attendance.overrides.replica.install",
    "spbe_attendance.overrides.server_faults.install",
    "spbe_attendance.overrides.fault_log.tell_of_recovery",
    "spbe_attendance.overrides.bad_questions.install",
    "spbe_attendance.overrides.kept_account.install",
    "spbe_attendance.overrides.asked_together.install",
    "spbe_attendance.overrides.files.guard",
    "spbe_attendance.overrides.redirects.refuse_elsewhere",
]
before_job = [
    "spbe_attendance.overrides.database_query.wrap_queries",
    "spbe_attendance.overrides.replica.install",
]
override_doctype_class = {
    "Scheduled Job Type": "spbe_attendance.overrides.scheduled_job.PenjadwalBergilir",
}
override_whitelisted_methods = {
    f"frappe.{method}": f"spbe_attendance.overrides.framework_methods.{method.rpartition('.')[2]}"
    for method in (
        "client.get",
        "client.get_count",
        "core.doctype.user.user.user_query",
        "desk.desktop.get_desktop_page",
        "desk.desktop.get_workspace_sidebar_items",
        "desk.listview.get_group_by_count",
        "desk.notifications.get_open_count",
        "desk.query_report.get_data_for_custom_field",
        "desk.search.search_link",
        "desk.search.search_widget",
        "geo.utils.get_coords",
        "utils.goal.get_monthly_goal_graph_data",
        "workflow.doctype.workflow.workflow.get_workflow_state_count",
    )
}
on_login = "spbe_attendance.kepegawaian.masuk.door.on_login"
after_request = [
    "spbe_attendance.kepegawaian.masuk.door.after_request",
    "spbe_attendance.malformed.answer_malformed",
    "spbe_attendance.pemantauan.jejak.views.after_request",
    "spbe_attendance.headers.after_request",
    "spbe_attendance.kehadiran.pencatatan.busy.add_retry_after",
    "spbe_attendance.pemantauan.antarmuka.keys.add_retry_after",
    "spbe_attendance.kehadiran.gangguan.failures.count_failed_punch",
]

# What punches are judged with is kept in memory: whoever changes it says so.
_renewed = "spbe_attendance.kehadiran.pencatatan.known.changed"
_renewing = {event: _renewed for event in ("on_update", "on_change", "on_trash", "after_rename")}
doc_events = {
    **{
        doctype: _renewing
        for doctype in (
            "Assignment Rule",
            "Aturan Potongan",
            "Custom DocPerm",
            "Custom Field",
            "DocType",
            "Energy Point Rule",
            "Jadwal Kerja",
            "Milestone Tracker",
            "Notification",
            "OPD Lokasi",
            "Penugasan Jadwal",
            "Periode Jadwal",
            "Property Setter",
            "Roster Dinas",
            "Server Script",
            "Shift Kerja",
            "Translation",
            "Webhook",
            "Workflow",
        )
    },
    **{
        doctype: {"on_update": "spbe_attendance.kehadiran.pemberitahuan.requests.follow"}
        for doctype in ("Absensi", "Koreksi Absensi", "Sanggah", "Tukar Dinas")
    },
    "User": {
        "validate": "spbe_attendance.kepegawaian.accounts.keep_staff_unprivileged",
        "validate_reset_password": "spbe_attendance.kepegawaian.first_login.refuse_reset_by_mail",
    },
    # ERPNext's, where it is installed: nothing of these is looked at while the synchronisation is off.
    "Employee": {"on_update": "spbe_attendance.integrations.erpnext.events.employee_changed"},
    "Pegawai": {
        "on_update": [
            "spbe_attendance.integrations.erpnext.events.person_changed",
            "spbe_attendance.pemantauan.ringkas.events.person_changed",
        ],
        "on_trash": "spbe_attendance.pemantauan.ringkas.events.person_changed",
        "after_delete": "spbe_attendance.privasi.masking.mask_deleted",
    },
    **{
        doctype: {"after_delete": "spbe_attendance.privasi.masking.mask_deleted"}
        for doctype in ("Registrasi Pegawai", "Acuan Registrasi")
    },
    "Comment": {"validate": "spbe_attendance.privasi.masking.mask_in_comment"},
    "OPD": {
        **_renewing,
        "on_update": [
            "spbe_attendance.integrations.erpnext.events.opd_changed",
            "spbe_attendance.pemantauan.ringkas.events.everything_changed",
            _renewed,
        ],
        "on_trash": ["spbe_attendance.pemantauan.ringkas.events.everything_changed", _renewed],
    },
    "Pengaturan Absensi": {
        **_renewing,
        "on_update": ["spbe_attendance.pemantauan.ringkas.events.everything_changed", _renewed],
    },
    "Kegiatan Apel": {
        **_renewing,
        "on_update": ["spbe_attendance.pemantauan.ringkas.events.event_changed", _renewed],
        "on_trash": ["spbe_attendance.pemantauan.ringkas.events.event_changed", _renewed],
    },
    "Jenis Ketidakhadiran": {
        "on_update": "spbe_attendance.pemantauan.ringkas.events.everything_changed",
        "on_trash": "spbe_attendance.pemantauan.ringkas.events.everything_changed",
    },
    "Gangguan Layanan": {
        **_renewing,
        "on_update": ["spbe_attendance.pemantauan.ringkas.events.outage_changed", _renewed],
        "on_trash": ["spbe_attendance.pemantauan.ringkas.events.outage_changed", _renewed],
    },
    "Tinjauan Absensi": {"on_update": "spbe_attendance.integrations.erpnext.events.review_changed"},
    "Hari Libur": {
        **_renewing,
        **{
            event: ["spbe_attendance.integrations.erpnext.events.holiday_changed", _renewed]
            for event in ("on_update", "on_trash")
        },
    },
    "Ketidakhadiran": {
        **_renewing,
        "on_update": [
            "spbe_attendance.kehadiran.pemberitahuan.requests.follow",
            "spbe_attendance.integrations.erpnext.events.permit_changed",
            _renewed,
        ],
    },
    "File": {"before_insert": "spbe_attendance.own_files.keep_apart"},
    "Tutup Bulan": {"on_update": "spbe_attendance.pemantauan.satu_data.auto.follow_closing"},
    "Version": {"before_insert": "spbe_attendance.kepegawaian.accounts.mask_nik_in_history"},
    "Error Log": {"before_insert": "spbe_attendance.kepegawaian.accounts.mask_nik_in_errors"},
}
# Every change by hand leaves a trace: which DocTypes, and as what, stands in watched.py.
doc_events = _also_traced(doc_events)

# What these say of a place or a person goes with it or remains as it was told; neither keeps it from being deleted.
ignore_links_on_delete = [
    "Impor Lokasi",
    "Impor Lokasi Baris",
    "Survei Lokasi",
    "Ukuran Lokasi",
    "Jejak Audit",
]

boot_session = "spbe_attendance.setup.boot.add_map_settings"
app_include_js = [
    "peta.bundle.js",
    "spbe_desk.bundle.js",
    "permohonan.bundle.js",
    "laporan.bundle.js",
    "akun.bundle.js",
    "kosong.bundle.js",
]
app_include_css = "spbe_desk.bundle.css"
jinja = {
    "methods": [
        *(
            f"spbe_attendance.pemantauan.cetak.master.{name}"
            for name in ("kop", "kepala", "kota_tanggal", "lembar_pegawai", "daftar_pegawai")
        ),
        "spbe_attendance.pemantauan.satu_data.sheet.lembar_metadata",
    ]
}

scheduler_events = {
    "cron": {
        "* * * * *": [
            "spbe_attendance.kehadiran.segel.sealing.run",
            "spbe_attendance.kehadiran.push.later.run",
            "spbe_attendance.pemantauan.ringkas.publish.by_clock",
            "spbe_attendance.overrides.abandoned_jobs.give_up",
        ],
        "*/10 1-23 * * *": ["spbe_attendance.kehadiran.rekapitulasi.closing.make_up"],
        "*/10 * * * *": [
            "spbe_attendance.kehadiran.pencatatan.missing_photos.mark",
            "spbe_attendance.kehadiran.apel.events.advance",
            "spbe_attendance.kehadiran.gangguan.failures.propose",
            "spbe_attendance.kehadiran.rekapitulasi.recompute.run",
            "spbe_attendance.kehadiran.tinjauan.scan.run",
            "spbe_attendance.kepegawaian.mutasi.service.apply_due",
            "spbe_attendance.kepegawaian.registrasi.settle.sweep",
            "spbe_attendance.integrations.erpnext.queue.run_regularly",
        ],
        "45 2 * * *": ["spbe_attendance.kehadiran.segel.sealing.start_sweep"],
        "*/5 * * * *": ["spbe_attendance.kehadiran.push.reminder.run"],
        "40 1 * * *": ["spbe_attendance.pemantauan.ringkas.habits.learn"],
        "15 1 * * *": ["spbe_attendance.kehadiran.lokasi.measuring.start"],
        "30 0 * * *": ["spbe_attendance.kehadiran.rekapitulasi.closing.close_recent"],
        # After the nightly sweep of the seals: what has no seal is not removed.
        "15 3 * * *": ["spbe_attendance.privasi.purge.run_nightly"],
        "40 3 * * *": ["spbe_attendance.pemantauan.analitik.months.warm"],
        "10 4 * * *": ["spbe_attendance.kepegawaian.early.start"],
        "0 6 * * *": ["spbe_attendance.pemantauan.berkala.sending.run"],
        # Late enough for the last punches of the hour to have arrived.
        "10 * * * *": ["spbe_attendance.kehadiran.gangguan.silence.propose"],
    },
    "daily": [
        "spbe_attendance.pemantauan.satu_data.auto.start_due",
        "spbe_attendance.pemantauan.satu_data.auto.publish_unopposed",
        "spbe_attendance.pemantauan.cetak.job.remove_old",
        "spbe_attendance.kepegawaian.slip.job.remove_old",
        "spbe_attendance.kepegawaian.device_use.note_last_use",
        "spbe_attendance.kehadiran.pencatatan.stray_photos.remove",
        "spbe_attendance.kehadiran.tinjauan.features.remove_old",
        "spbe_attendance.integrations.simpegnas.export.remove_old",
        "spbe_attendance.kepegawaian.registrasi.retention.run",
        "spbe_attendance.kepegawaian.impor.retention.remove_old",
        "spbe_attendance.privasi.purge.remove_old_rehearsals",
        "spbe_attendance.privasi.handout.remove_expired",
        "spbe_attendance.integrations.erpnext.queue.run_daily",
    ],
}

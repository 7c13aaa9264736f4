"""What install and migrate set up, and what uninstall takes back."""

import frappe
from frappe.desk.desktop import get_workspace_sidebar_items
from frappe.model.workflow import get_transitions

from spbe_attendance.install import seed
from spbe_attendance.setup import roles, site, system, workflow
from spbe_attendance.setup.boot import add_map_settings
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import LAT, make_absensi, make_lokasi, make_opd, make_pegawai
from spbe_attendance.uninstall import before_uninstall


class TestSetup(SiteTestCase):
    def test_the_documented_settings_are_stored_and_not_only_shown(self):
        system.store_defaults(fresh=True)
        stored = frappe.db.get_singles_dict("Pengaturan Absensi", cast=True)
        self.assertEqual((stored.mode, stored.foto_wajib, stored.akurasi_maksimum), ("Uji Coba", 1, 100))
        self.assertEqual(str(stored.jam_masuk), "7:30:00")

    def test_seeding_keeps_what_bkpsdm_has_set(self):
        frappe.db.set_single_value("Pengaturan Absensi", "akurasi_maksimum", 60)
        seed()
        self.assertEqual(frappe.db.get_single_value("Pengaturan Absensi", "akurasi_maksimum"), 60)

    def test_log_in_by_nip_is_switched_on(self):
        frappe.db.set_single_value("System Settings", "allow_login_using_user_name", 0)
        seed()
        self.assertEqual(frappe.db.get_single_value("System Settings", "allow_login_using_user_name"), 1)

    def test_the_workflow_offers_decisions_on_what_waits_and_on_nothing_else(self):
        opd = make_opd().name
        make_lokasi(opd=opd)
        staff, head = make_pegawai(opd=opd), make_pegawai(opd=opd, roles=("Kepala OPD",))
        frappe.set_user(staff.user)
        inside, outside = make_absensi(), make_absensi(latitude=LAT + 0.02, alasan="Rapat")
        frappe.set_user(head.user)
        offered = [row.action for row in get_transitions(frappe.get_doc("Absensi", outside.name))]
        self.assertCountEqual(offered, ["Setujui", "Tolak"])
        self.assertEqual(get_transitions(frappe.get_doc("Absensi", inside.name)), [])

    def test_the_workspace_is_shown_to_desk_roles_only(self):
        for role, shown in (("BKPSDM", True), ("Kepala OPD", True), ("Wali Data", True)):
            frappe.set_user("Administrator")
            user = make_pegawai(roles=(role,)).user
            frappe.set_user(user)
            pages = [page["name"] for page in get_workspace_sidebar_items()["pages"]]
            with self.subTest(role):
                self.assertEqual("SPBE Absensi" in pages, shown)

    def test_every_link_of_the_workspace_leads_somewhere(self):
        page = frappe.get_doc("Workspace", "SPBE Absensi")
        links = {(row.link_type, row.link_to) for row in page.links if row.link_to}
        links |= {(row.type, row.link_to) for row in page.shortcuts if row.link_to}
        targets = {name for _kind, name in links}
        self.assertGreaterEqual(targets, {"Absensi", "Pegawai", "OPD", "OPD Lokasi", "Pengaturan Absensi"})
        self.assertEqual([name for kind, name in links if not frappe.db.exists(kind, name)], [])

    def test_maps_have_no_tiles_until_an_address_is_set(self):
        frappe.db.set_single_value("Pengaturan Absensi", "url_ubin_peta", "")
        boot = frappe._dict()
        add_map_settings(boot)
        self.assertEqual((boot.spbe_url_ubin_peta, boot.spbe_peta_dasar), ("", ""))

    def test_uninstall_takes_back_workflow_and_roles(self):
        before_uninstall()
        self.assertFalse(frappe.db.exists("Workflow", workflow.NAME))
        self.assertEqual(frappe.get_all("Role", {"name": ["in", list(roles.ROLES)]}), [])

    def test_a_prepared_site_speaks_indonesian_and_asks_no_setup_questions(self):
        settings = frappe.get_single("System Settings")
        self.assertEqual((settings.language, settings.time_zone), ("id", "Asia/Jakarta"))
        wanted = {field: value for field, value in site.SETTINGS.items() if settings.meta.has_field(field)}
        self.assertEqual({field: settings.get(field) for field in wanted}, wanted)

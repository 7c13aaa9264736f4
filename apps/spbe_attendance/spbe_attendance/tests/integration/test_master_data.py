"""Pegawai, places, settings and what install seeds."""

import frappe

from spbe_attendance.install import seed
from spbe_attendance.kepegawaian.accounts import current_pegawai, ensure_user
from spbe_attendance.setup import workflow
from spbe_attendance.setup.roles import ROLES
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_lokasi, make_opd, make_pegawai

SQUARE = '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[102.7,1.0],[102.701,1.0],[102.701,1.001],[102.7,1.001],[102.7,1.0]]]}}]}'


class TestMasterData(SiteTestCase):
    def test_a_nip_is_kept_as_text_without_its_spaces(self):
        person = make_pegawai(nip="19850210 201001 2 003", with_user=False)
        self.assertEqual(person.nip, "198502102010012003")
        self.assertNotIn("1985", person.name)

    def test_a_broken_nip_or_nik_is_refused_with_what_to_do(self):
        for values in ({"nip": "199608182022131001"}, {"nik": "1410013208960001"}):
            with self.subTest(values), self.assertRaises(frappe.ValidationError):
                make_pegawai(**values, with_user=False)

    def test_two_people_cannot_have_the_same_nip(self):
        make_pegawai(nip="198502102010012004", with_user=False)
        with self.assertRaises((frappe.DuplicateEntryError, frappe.UniqueValidationError)):
            frappe.get_doc(
                {
                    "doctype": "Pegawai",
                    "nama": "Lain",
                    "nip": "198502102010012004",
                    "opd": make_opd().name,
                    "status_kepegawaian": "PNS",
                }
            ).insert()

    def test_people_without_nip_get_a_number_to_log_in_with(self):
        first, second = (
            make_pegawai(nip=None, status_kepegawaian="Non ASN", with_user=False) for _ in range(2)
        )
        self.assertNotEqual(first.nomor_pegawai, second.nomor_pegawai)
        user = ensure_user(first.name)
        self.assertEqual(frappe.db.get_value("User", user, "username"), first.nomor_pegawai)
        self.assertEqual(current_pegawai(user)["name"], first.name)

    def test_leaving_service_closes_the_account(self):
        person = make_pegawai()
        person.status = "Pensiun"
        person.save()
        self.assertEqual(frappe.db.get_value("User", person.user, "enabled"), 0)

    def test_broken_places_cannot_be_saved(self):
        opd = make_opd().name
        for values in (
            {"opd": None},
            {"opd": opd, "radius": 0},
            {"opd": opd, "latitude": 0, "longitude": 0},
            {"opd": opd, "latitude": 102.7, "longitude": 1.0},
            {"opd": opd, "jenis_area": "Poligon", "area": None},
            {"opd": opd, "jenis_area": "Poligon", "area": "{}"},
            {"opd": opd, "berlaku_dari": "2026-02-01", "berlaku_sampai": "2026-01-01"},
        ):
            with self.subTest(values), self.assertRaises(frappe.ValidationError):
                make_lokasi(**values)

    def test_a_drawn_polygon_is_saved(self):
        place = make_lokasi(opd=make_opd().name, jenis_area="Poligon", area=SQUARE)
        self.assertTrue(frappe.db.exists("OPD Lokasi", place.name))

    def test_settings_out_of_range_are_refused(self):
        for field, value in (
            ("akurasi_maksimum", 0),
            ("contoh_ragu_persen", 101),
            ("foto_ukuran_maks_kb", 0),
            ("jam_pulang", "05:00:00"),
        ):
            settings = frappe.get_single("Pengaturan Absensi")
            settings.set(field, value)
            with self.subTest(field), self.assertRaises(frappe.ValidationError):
                settings.save()

    def test_seeding_again_changes_nothing(self):
        def facts():
            return (
                sorted(
                    frappe.get_all(
                        "Role", {"name": ["in", list(ROLES)]}, ["name", "desk_access"], as_list=True
                    )
                ),
                frappe.get_all(
                    "Workflow Transition", {"parent": workflow.NAME}, ["name", "modified"], as_list=True
                ),
            )

        before = facts()
        seed()
        self.assertEqual(facts(), before)
        self.assertEqual(len(before[0]), len(ROLES))
        self.assertEqual(len(before[1]), sum(len(step.roles) for step in workflow.PUNCHES.steps))

    def test_an_administrators_change_of_the_workflow_survives_migrate(self):
        flow = frappe.get_doc("Workflow", workflow.NAME)
        flow.transitions = flow.transitions[:3]
        flow.save()
        seed()
        self.assertEqual(len(frappe.get_doc("Workflow", workflow.NAME).transitions), 3)

    def test_staff_have_no_desk(self):
        self.assertEqual(frappe.db.get_value("Role", "Pegawai SPBE", "desk_access"), 0)
        self.assertEqual(frappe.db.get_value("User", make_pegawai().user, "user_type"), "Website User")

    def test_staff_never_become_system_managers_by_being_first(self):
        frappe.db.delete("Has Role", {"role": "System Manager", "parent": ["!=", "Administrator"]})
        for roles in ((), ("Kepala OPD",)):
            user = make_pegawai(roles=roles).user
            frappe.get_doc("User", user).save()
            with self.subTest(roles):
                self.assertNotIn("System Manager", frappe.get_roles(user))

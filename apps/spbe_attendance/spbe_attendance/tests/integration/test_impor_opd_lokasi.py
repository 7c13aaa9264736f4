"""Trees of OPD, as of SIASN, and places out of sheets; what an import may not touch, and how it is taken back."""

import frappe

from spbe_attendance.api import impor as api
from spbe_attendance.exceptions import ImporDitolak, PermintaanTidakSah
from spbe_attendance.kepegawaian.impor import access, job, retention
from spbe_attendance.lembar import job as job_module
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_absensi, make_lokasi, make_opd, make_pegawai, make_role_user
from spbe_attendance.tests.impor_world import (
    NAMES,
    carry_out,
    checked,
    imported,
    make_impor,
    nik,
    nip,
    problems,
    rows,
    xlsx,
)

UNOR = ["Id", "NamaUnor", "DiatasanId", "EselonId", "NamaJabatan", "InstansiId"]
PLACES = ["No", "Nama Lokasi", "OPD", "Lat", "Long", "Radius"]
PEOPLE = ["NIP", "NIK", "Nama", "OPD"]


class TestImporOpd(SiteTestCase):
    def test_the_tree_of_siasn_is_made_whatever_its_order(self):
        content = xlsx(
            [
                UNOR,
                ["S3", "UPT Rekaan", "S2", 41, "Kepala UPT", "I"],
                ["S2", "Dinas Rekaan", "S1", 22, "Kepala", "I"],
                ["S1", "Kabupaten Rekaan", "INSTANSI", 0, "Bupati", "I"],
            ]
        )
        doc = imported(content, "OPD")
        self.assertEqual((doc.status, doc.jumlah_baru, doc.jumlah_ditolak), ("Diimpor", 3, 0))
        found = {unit.unor_id: unit for unit in (frappe.get_doc("OPD", row.rujukan) for row in rows(doc))}
        self.assertEqual(
            (found["S1"].induk, found["S2"].induk, found["S3"].induk),
            (None, found["S1"].name, found["S2"].name),
        )
        self.assertTrue(
            found["S1"].lft < found["S2"].lft < found["S3"].lft < found["S3"].rgt < found["S1"].rgt
        )
        again = imported(content, "OPD")
        self.assertEqual((again.jumlah_baru, again.jumlah_berubah, again.jumlah_sama), (0, 0, 3))

    def test_units_by_code_and_by_name_stand_below_what_is_there(self):
        top = make_opd(nama_opd="Badan Rekaan Uji", is_group=0)
        doc = imported(
            xlsx(
                [
                    ["Kode", "Nama OPD", "Singkatan", "Induk"],
                    ["RK-1", "Bidang Rekaan Satu", "BR1", top.kode],
                    ["RK-2", "Seksi Rekaan", None, "Bidang Rekaan Satu"],
                ]
            ),
            "OPD",
        )
        self.assertEqual((doc.jumlah_baru, doc.jumlah_ditolak), (2, 0))
        self.assertEqual(
            frappe.db.get_value("OPD", "RK-1", ["induk", "is_group", "singkatan"]), (top.name, 1, "BR1")
        )
        self.assertEqual(frappe.db.get_value("OPD", "RK-2", "induk"), "RK-1")
        self.assertEqual(frappe.db.get_value("OPD", top.name, "is_group"), 1)

    def test_circles_orphans_and_repeated_codes_are_refused(self):
        doc = checked(
            xlsx([
                ["Kode", "Nama OPD", "Induk"], ["X1", "Unit Putar A", "X2"], ["X2", "Unit Putar B", "X1"], ["X3", "Unit Yatim", "TIDAKADA"],
                ["X3", "Unit Kembar", None], ["X4", "Unit Bawah", "X3"],
            ]), "OPD",
        )  # fmt: skip
        codes = {row.baris: row.kode for row in problems(doc, keparahan="Galat")}
        self.assertEqual(
            codes,
            {
                2: "parent_circle",
                3: "parent_circle",
                4: "parent_unknown",
                5: "code_twice",
                6: "parent_refused",
            },
        )
        self.assertEqual(doc.jumlah_baru, 0)

    def test_undoing_takes_the_units_below_first_and_keeps_those_in_use(self):
        doc = imported(
            xlsx(
                [
                    ["Kode", "Nama OPD", "Induk"],
                    ["Y1", "Unit Atas", None],
                    ["Y2", "Unit Bawah", "Y1"],
                    ["Y3", "Unit Lain", None],
                ]
            ),
            "OPD",
        )
        make_pegawai(opd="Y3", with_user=False)
        carry_out(doc, "batalkan")
        self.assertEqual(
            (frappe.db.exists("OPD", "Y1"), frappe.db.exists("OPD", "Y2"), frappe.db.exists("OPD", "Y3")),
            (None, None, "Y3"),
        )
        (kept,) = rows(doc, keadaan="Dipertahankan")
        self.assertIn("Pegawai", kept.keterangan)
        self.assertEqual(doc.status, "Dibatalkan")


class TestImporLokasi(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd(nama_opd="Dinas Rekaan Perhubungan")

    def row(self, name="Kantor Rekaan", lat=1.0087, lon=102.7131, radius=60):
        return [1, name, self.opd.nama_opd, lat, lon, radius]

    def test_positions_in_every_form_become_places(self):
        doc = imported(
            xlsx(
                [
                    PLACES,
                    self.row("A"),
                    self.row("B", "1,0087", "102,7131"),
                    self.row("C", "1°00'31.32\" LU", "102°42'47.16\" BT"),
                    self.row("D", 102.7131, 1.0087, "0,1 km"),
                    self.row("E", radius=None),
                ]
            ),
            "OPD Lokasi",
        )
        self.assertEqual((doc.jumlah_baru, doc.jumlah_ditolak), (5, 0))
        found = [frappe.get_doc("OPD Lokasi", row.rujukan) for row in rows(doc)]
        self.assertEqual(
            {(round(place.latitude, 4), round(place.longitude, 4)) for place in found}, {(1.0087, 102.7131)}
        )
        self.assertEqual([place.radius for place in found], [60, 60, 60, 100, 100])
        self.assertEqual({row.kode: row.baris for row in problems(doc)}, {"swapped": 5, "radius_usual": 6})

    def test_places_that_cannot_be_are_refused(self):
        doc = checked(
            xlsx(
                [
                    PLACES,
                    self.row("A", 52.5, 13.4),
                    self.row("B", "utara"),
                    self.row("C", None, None),
                    self.row("D", radius=2),
                    self.row("E"),
                    self.row("E"),
                    self.row("", 1, 102),
                ]
            ),
            "OPD Lokasi",
        )
        self.assertEqual(
            [row.kode for row in problems(doc, keparahan="Galat")],
            [
                "outside",
                "coordinate",
                "position_missing",
                "radius_range",
                "place_twice",
                "place_name_missing",
            ],
        )
        self.assertEqual(doc.jumlah_baru, 1)

    def test_a_radius_that_the_sheet_does_not_tell_stays(self):
        make_lokasi(
            nama_lokasi="Kantor Rekaan", opd=self.opd.name, radius=250, latitude=1.0087, longitude=102.7131
        )
        doc = checked(xlsx([PLACES[:-1], self.row()[:-1]]), "OPD Lokasi")
        self.assertEqual((doc.jumlah_sama, problems(doc)), (1, []))

    def test_a_place_is_changed_once_and_then_the_same(self):
        make_lokasi(nama_lokasi="Kantor Rekaan", opd=self.opd.name, radius=100)
        content = xlsx([PLACES, self.row("KANTOR REKAAN", 1, 102.7)])
        doc = imported(content, "OPD Lokasi")
        self.assertEqual((doc.jumlah_baru, doc.jumlah_berubah), (0, 1))
        self.assertEqual(checked(content, "OPD Lokasi").jumlah_sama, 1)
        carry_out(doc, "batalkan")
        self.assertEqual(frappe.db.get_value("OPD Lokasi", {"opd": self.opd.name}, "radius"), 100)


class TestUndo(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd(nama_opd="Dinas Rekaan Sosial")

    def sheet(self, *numbers, **changes):
        return xlsx(
            [PEOPLE, *[[nip(n), nik(n), changes.get(f"nama{n}", NAMES[n]), self.opd.kode] for n in numbers]]
        )

    def test_new_people_go_with_their_accounts_unless_somebody_used_or_changed_them(self):
        doc = imported(self.sheet(1, 2, 3, 4), buat_akun=1)
        people = [frappe.get_doc("Pegawai", row.rujukan) for row in rows(doc)]
        self.assertTrue(all(person.user for person in people))
        used, changed, seen, untouched = people
        make_lokasi(opd=self.opd.name)
        make_absensi(pegawai=used.name)
        changed.jabatan = "Kepala Uji"
        # Tests keep no history unless they ask for it.
        changed.save(ignore_version=False)
        frappe.db.set_value("User", seen.user, "last_login", "2026-11-28 07:00:00")
        carry_out(doc, "batalkan")
        self.assertEqual(
            [bool(frappe.db.exists("Pegawai", person.name)) for person in people], [True, True, True, False]
        )
        self.assertEqual(bool(frappe.db.exists("User", untouched.user)), False)
        self.assertFalse(frappe.db.exists("Has Role", {"parent": untouched.user}))
        kept = {row.rujukan: row.keterangan for row in rows(doc, keadaan="Dipertahankan")}
        self.assertEqual(set(kept), {used.name, changed.name, seen.name})
        self.assertTrue(all(kept.values()))

    def test_changed_people_are_as_before_unless_they_were_changed_again(self):
        imported(self.sheet(5, 6))
        doc = imported(self.sheet(5, 6, nama5="Fitri Baru", nama6="Guntur Baru"))
        frappe.get_doc("Pegawai", {"nip": nip(6)}).update({"nama": "Guntur Sekali Lagi"}).save()
        carry_out(doc, "batalkan")
        self.assertEqual(frappe.db.get_value("Pegawai", {"nip": nip(5)}, "nama"), NAMES[5])
        self.assertEqual(frappe.db.get_value("Pegawai", {"nip": nip(6)}, "nama"), "Guntur Sekali Lagi")

    def test_what_others_wrote_since_the_check_is_neither_doubled_nor_overwritten(self):
        first, second = checked(self.sheet(7, 8)), checked(self.sheet(7, 8))
        carry_out(first, "impor")
        carry_out(second, "impor")
        self.assertEqual(frappe.db.count("Pegawai", {"nip": nip(7)}), 1)
        self.assertEqual({row.tindakan for row in rows(second)}, {"Sama"})
        change = checked(self.sheet(7, nama7="Nama Impor"))
        frappe.get_doc("Pegawai", {"nip": nip(7)}).update({"nama": "Nama Tangan"}).save()
        carry_out(change, "impor")
        self.assertEqual(frappe.db.get_value("Pegawai", {"nip": nip(7)}, "nama"), "Nama Tangan")
        (failed,) = rows(change, keadaan="Gagal")
        self.assertIn("changed", failed.keterangan)

    def test_one_taken_log_in_number_stops_nobody_else(self):
        frappe.db.set_value("User", make_role_user("Wali Data"), "username", nip(9))
        doc = imported(self.sheet(9, 10, 11), buat_akun=1)
        with_account = frappe.get_all(
            "Pegawai",
            {"opd": self.opd.name, "nip": ["in", [nip(9), nip(10), nip(11)]], "user": ["is", "set"]},
            pluck="nip",
        )
        self.assertEqual(sorted(with_account), [nip(10), nip(11)])
        self.assertEqual(len(problems(doc, kode="account")), 1)

    def test_after_ninety_days_the_sheet_and_its_values_go(self):
        doc = imported(self.sheet(1))
        recent = imported(self.sheet(2))
        frappe.db.set_value("Impor Data", doc.name, "modified", "2026-01-01 00:00:00", update_modified=False)
        retention.remove_old()
        self.assertEqual((rows(doc), frappe.db.get_value("Impor Data", doc.name, "berkas")), ([], None))
        self.assertFalse(frappe.db.exists("File", {"attached_to_name": doc.name}))
        self.assertEqual(len(rows(recent)), 1)


class TestWhoImports(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd, cls.other = (
            make_opd(nama_opd="Dinas Rekaan Kelautan"),
            make_opd(nama_opd="Dinas Rekaan Pasar"),
        )
        cls.unit = make_opd(nama_opd="UPT Rekaan Dermaga", induk=cls.opd.name)
        cls.admin = make_pegawai(opd=cls.opd.name, roles=("Admin OPD",))
        cls.office = make_role_user("BKPSDM")

    def sheet(self, *people):
        return xlsx([PEOPLE, *people])

    def test_an_admin_opd_imports_own_people_without_nik_and_nobody_of_others(self):
        foreign = make_pegawai(opd=self.other.name, nip=nip(3), nama="Orang Lain", with_user=False)
        frappe.set_user(self.admin.user)
        doc = imported(
            self.sheet([nip(1), nik(1), NAMES[1], self.unit.nama_opd], [nip(2), None, NAMES[2], self.other.nama_opd], [nip(3), None, NAMES[3], self.opd.nama_opd], [None, nik(4), NAMES[4], None]),
            opd=self.opd.name,
        )  # fmt: skip
        frappe.set_user("Administrator")
        self.assertEqual((doc.jumlah_baru, doc.jumlah_ditolak), (2, 2))
        self.assertEqual(
            {row.kode for row in problems(doc, keparahan="Galat")}, {"opd_outside", "person_outside"}
        )
        self.assertIn("restricted", {row.kode for row in problems(doc)})
        self.assertEqual(
            frappe.db.get_value("Pegawai", {"nip": nip(1)}, ["opd", "nik"]), (self.unit.name, None)
        )
        self.assertEqual(
            frappe.db.get_value("Pegawai", foreign.name, ["nama", "opd"]), ("Orang Lain", self.other.name)
        )
        self.assertEqual(frappe.db.get_value("Pegawai", {"nama": NAMES[4]}, "opd"), self.opd.name)
        self.assertNotIn("Orang Lain", frappe.as_json(problems(doc)))

    def test_an_admin_opd_imports_places_of_the_own_subtree_only(self):
        frappe.set_user(self.admin.user)
        titles = [*PLACES, "Semua OPD"]
        doc = imported(
            xlsx([titles, [1, "A", self.unit.nama_opd, 1, 102.7, 50, None], [2, "B", self.other.nama_opd, 1, 102.7, 50, None], [3, "C", None, 1, 102.7, 50, "Ya"]]),
            "OPD Lokasi", opd=self.opd.name,
        )  # fmt: skip
        self.assertEqual(
            [row.kode for row in problems(doc, keparahan="Galat")], ["opd_outside", "everybody_refused"]
        )
        self.assertEqual(frappe.db.count("OPD Lokasi", {"opd": self.unit.name}), 1)

    def test_an_admin_opd_imports_no_opd_and_names_the_own_one(self):
        frappe.set_user(self.admin.user)
        content = self.sheet([nip(1), None, NAMES[1], None])
        for values in ({"jenis": "OPD", "opd": self.opd.name}, {"opd": self.other.name}, {"opd": None}):
            with self.subTest(values), self.assertRaises(frappe.PermissionError):
                make_impor(content, **values)

    def test_a_sheet_of_bkpsdm_is_seen_by_no_admin_opd_and_own_ones_by_no_other(self):
        frappe.set_user(self.office)
        doc = checked(self.sheet([nip(5), nik(5), NAMES[5], self.opd.nama_opd]), opd=self.opd.name)
        frappe.set_user("Administrator")
        second = make_pegawai(opd=self.opd.name, roles=("Admin OPD",))
        frappe.set_user(self.admin.user)
        own = make_impor(self.sheet([nip(6), None, NAMES[6], None]), opd=self.opd.name)
        for user, name in ((self.admin.user, doc.name), (second.user, own.name)):
            frappe.set_user(user)
            with self.subTest(user):
                self.assertFalse(frappe.get_doc("Impor Data", name).has_permission("read"))
                self.assertEqual(frappe.get_list("Impor Data", {"name": name}), [])
                found = frappe.get_all("File", {"attached_to_name": name}, pluck="name")
                self.assertEqual(
                    [frappe.get_doc("File", file).has_permission("read") for file in found], [False]
                )
        frappe.set_user(self.office)
        self.assertEqual(len(frappe.get_list("Impor Data", {"name": ["in", [doc.name, own.name]]})), 2)

    def test_nobody_else_imports_or_reads_what_was_found(self):
        frappe.set_user(self.office)
        doc = checked(self.sheet([nip(5), nik(5), NAMES[5], self.opd.nama_opd]))
        for role in ("Kepala OPD", "Pimpinan", "Wali Data", "Pegawai SPBE"):
            frappe.set_user("Administrator")
            user = (
                make_pegawai(opd=self.opd.name, roles=(role,)).user
                if role != "Pegawai SPBE"
                else make_pegawai(opd=self.opd.name).user
            )
            frappe.set_user(user)
            with self.subTest(role):
                for doctype in ("Impor Data", "Impor Data Baris", "Impor Data Masalah"):
                    for verb in ("read", "create", "write", "delete"):
                        self.assertFalse(frappe.has_permission(doctype, verb), (doctype, verb))
                for call in (
                    lambda: api.masalah(doc.name),
                    lambda: api.baris(doc.name),
                    lambda: api.unduh_lembar(doc.name),
                    lambda: api.unduh_masalah(doc.name),
                    lambda: api.kemajuan(doc.name),
                    lambda: api.putuskan(doc.name, ["x"], "Baru"),
                    lambda: api.templat("Pegawai"),
                ):
                    self.assertRaises(frappe.PermissionError, call)

    def test_side_tables_are_open_to_no_role(self):
        frappe.set_user(self.office)
        for doctype in ("Impor Data Baris", "Impor Data Masalah"):
            self.assertFalse(frappe.has_permission(doctype, "read"))

    def test_list_and_form_go_by_one_criterion(self):
        frappe.set_user("Administrator")
        self.assertEqual(access.criterion(self.office), [{}])
        self.assertEqual(
            access.criterion(self.admin.user),
            [{"owner": (self.admin.user,), "opd": tuple(sorted([self.opd.name, self.unit.name]))}],
        )

    def test_a_name_that_is_none_is_no_server_error(self):
        frappe.set_user(self.office)
        for call in (lambda: api.masalah("tidakada"), lambda: api.baris("tidakada")):
            self.assertRaises(frappe.DoesNotExistError, call)
        doc = checked(self.sheet([nip(5), nik(5), NAMES[5], self.opd.nama_opd]))
        for call in (
            lambda: api.masalah(doc.name, mulai="-1"),
            lambda: api.putuskan(doc.name, "[]", "Baru"),
            lambda: api.putuskan(doc.name, ["x"], "Apa"),
        ):
            self.assertRaises(PermintaanTidakSah, call)

    def test_another_task_waits_while_one_is_at_work(self):
        doc = checked(self.sheet([nip(5), nik(5), NAMES[5], self.opd.nama_opd]))
        job.JOB.say(doc, "Berjalan", task="impor")
        with job_module.turn(doc.doctype, doc.name), self.assertRaises(ImporDitolak):
            doc.impor()
        self.assertEqual(api.kemajuan(doc.name)["status"], "Terhenti")

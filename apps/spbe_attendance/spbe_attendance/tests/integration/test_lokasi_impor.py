"""Places out of a file of a map: recognised, checked with cures, made once, taken back."""

import io
import zipfile

import frappe

from spbe_attendance.exceptions import ImporDitolak
from spbe_attendance.geofence import kml_file
from spbe_attendance.geofence.placemarks import Placemark
from spbe_attendance.kehadiran.lokasi import import_job
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_absensi, make_lokasi, make_opd, make_pegawai, make_role_user
from spbe_attendance.tests.lokasi_world import carry_out, feature, geojson, make_import, point, square


class TestImporLokasi(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd(nama_opd="Dinas Perikanan Uji", singkatan="DISKANUJI")
        cls.unit = make_opd(nama_opd="UPT Pelabuhan Uji", induk=cls.opd.name)
        cls.other = make_opd(nama_opd="Badan Arsip Uji")
        cls.admin = make_pegawai(opd=cls.opd.name, roles=("Admin OPD",)).user

    def good(self):
        return geojson(
            feature("Kantor", point(0, 0), kode_opd=self.opd.kode, radius=35),
            feature("Dermaga", square(40, 900), opd="UPT. Pelabuhan Uji"),
            feature("Kantor Badan Arsip Uji", point(2000, 0)),
            feature("Gudang", point(3000, 0), OPD="diskanuji"),
        )

    def places(self, doc):
        fields = ["nama_lokasi", "opd", "jenis_area", "radius"]
        return frappe.get_all("OPD Lokasi", {"impor": doc.name}, fields, order_by="nama_lokasi", as_list=True)

    def test_a_file_becomes_places_of_the_opd_that_it_names_in_whatever_way(self):
        doc = carry_out(make_import(self.good()), "periksa")
        self.assertEqual(
            (doc.status, doc.jumlah, doc.jumlah_baru, doc.jumlah_masalah), ("Diperiksa", 4, 4, 0)
        )
        self.assertEqual(self.places(doc), ())
        doc = carry_out(doc, "impor")
        self.assertEqual(doc.status, "Diimpor")
        self.assertEqual(
            self.places(doc),
            (
                ("Dermaga", self.unit.name, "Poligon", 0),
                ("Gudang", self.opd.name, "Radius", 50),
                ("Kantor", self.opd.name, "Radius", 35),
                ("Kantor Badan Arsip Uji", self.other.name, "Radius", 50),
            ),
        )

    def test_the_same_file_again_changes_nothing_also_after_a_place_was_moved(self):
        first = carry_out(make_import(self.good()), "impor")
        moved = frappe.get_doc("OPD Lokasi", first.baris[0].lokasi)
        moved.radius = 60
        moved.save()
        second = carry_out(make_import(self.good()), "impor")
        self.assertEqual((second.status, second.jumlah_baru, second.jumlah_sama), ("Diimpor", 0, 4))
        self.assertEqual(self.places(second), ())
        self.assertEqual(frappe.db.get_value("OPD Lokasi", moved.name, "radius"), 60)

    def test_every_problem_is_named_with_its_cure_and_the_rest_is_imported(self):
        told = {"kode_opd": self.opd.kode}
        content = geojson(
            feature("Terbalik", {"type": "Point", "coordinates": [1.0, 102.7]}, **told),
            feature("Garis", {"type": "LineString", "coordinates": [[102.7, 1], [102.8, 1]]}, **told),
            feature("Kosong", None, **told),
            feature("Entah", point(), opd="Dinas Antah Berantah"),
            feature("Kecil", point(), radius=2, **told),
            feature("", point(5000, 0), **told),
            feature("Ganda", point(7000, 0), **told),
            feature("Ganda", point(7000, 0), **told),
            feature("Jakarta", {"type": "Point", "coordinates": [106.8, -6.2]}, **told),
        )
        doc = carry_out(make_import(content), "periksa")
        problems = {row.nomor: row for row in doc.baris if row.hasil == "Bermasalah"}
        self.assertEqual(sorted(problems), [1, 2, 3, 4, 5, 8])
        self.assertTrue(all(row.masalah and row.saran for row in problems.values()))
        self.assertEqual(doc.baris[5].nama_lokasi, "Place 6")
        self.assertTrue(doc.baris[8].peringatan)
        doc = carry_out(doc, "impor")
        self.assertEqual((doc.status, len(self.places(doc))), ("Diimpor", 3))

    def test_an_unknown_opd_is_chosen_in_its_row_or_once_for_all(self):
        content = geojson(feature("Entah", point(), opd="Dinas Antah Berantah"), feature("Tanpa", point(800)))
        doc = carry_out(make_import(content), "periksa")
        self.assertEqual(doc.jumlah_masalah, 2)
        doc.baris[0].opd = self.unit.name
        doc.opd = self.opd.name
        doc.save()
        doc = carry_out(doc, "periksa")
        self.assertEqual([row.opd for row in doc.baris], [self.unit.name, self.opd.name])
        self.assertEqual(doc.jumlah_masalah, 0)

    def test_skipped_rows_stay_out(self):
        doc = carry_out(make_import(self.good()), "periksa")
        doc.baris[0].lewati = 1
        doc.save()
        doc = carry_out(doc, "impor")
        self.assertEqual(
            [row[0] for row in self.places(doc)], ["Dermaga", "Gudang", "Kantor Badan Arsip Uji"]
        )

    def test_exchanged_coordinates_are_put_right_for_the_whole_file(self):
        content = geojson(
            feature("Terbalik", {"type": "Point", "coordinates": [1.0, 102.7]}, opd="DISKANUJI")
        )
        doc = carry_out(make_import(content, tukar_koordinat=1), "impor")
        place = frappe.get_doc("OPD Lokasi", doc.baris[0].lokasi)
        self.assertEqual((place.latitude, place.longitude), (1.0, 102.7))

    def test_an_archive_of_google_earth_is_read_and_its_folders_name_the_opd(self):
        mark = Placemark(1, "Tambak", point(100, 100), data={"radius": "25"})
        text = kml_file.write([mark], "Uji").decode()
        folder = "<Folder><name>Dinas Perikanan Uji</name><Placemark>"
        text = text.replace("<Placemark>", folder).replace("</Placemark>", "</Placemark></Folder>")
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("doc.kml", text)
        doc = carry_out(make_import(target.getvalue(), "peta.kmz"), "impor")
        self.assertEqual(self.places(doc), (("Tambak", self.opd.name, "Radius", 25),))

    def test_what_is_no_map_is_refused_with_a_sentence(self):
        for content, name in (
            (b"<html></html>", "a.kml"), (b"x", "a.kmz"), (b"{}", "a.geojson"), (b"x", "a.xlsx"),
            (b'<!DOCTYPE k [<!ENTITY a "b">]><kml/>', "a.kml"),
        ):  # fmt: skip
            with self.subTest(content=content):
                doc = carry_out(make_import(content, name), "impor")
                self.assertEqual((doc.status, doc.jumlah), ("Gagal", 0))
                self.assertGreater(len(doc.ringkasan), 20)

    def test_undo_deletes_what_nobody_has_used_and_keeps_what_somebody_has(self):
        doc = carry_out(make_import(self.good()), "impor")
        office, pier, *_rest = doc.baris
        person = make_pegawai(opd=self.opd.name)
        frappe.set_user(person.user)
        self.assertEqual(make_absensi().lokasi, office.lokasi)
        frappe.set_user("Administrator")
        changed = frappe.get_doc("OPD Lokasi", pier.lokasi)
        changed.nama_lokasi = "Dermaga Baru"
        changed.save()
        doc = carry_out(doc, "batalkan")
        self.assertEqual(
            [row.hasil for row in doc.baris], ["Dinonaktifkan", "Ditinggal", "Dibatalkan", "Dibatalkan"]
        )
        self.assertEqual(frappe.db.get_value("OPD Lokasi", office.lokasi, "aktif"), 0)
        self.assertEqual(frappe.db.get_value("OPD Lokasi", pier.lokasi, "nama_lokasi"), "Dermaga Baru")
        self.assertEqual(len(self.places(doc)), 2)
        self.assertEqual(carry_out(make_import(self.good()), "impor").jumlah_baru, 3)

    def test_an_admin_opd_imports_for_own_units_only(self):
        frappe.set_user(self.admin)
        content = geojson(
            feature("Sendiri", point(), kode_opd=self.unit.kode),
            feature("Orang Lain", point(900), kode_opd=self.other.kode),
        )
        doc = carry_out(make_import(content), "impor")
        self.assertEqual([row.hasil for row in doc.baris], ["Dibuat", "Bermasalah"])
        doc = carry_out(doc, "batalkan")
        self.assertEqual(self.places(doc), ())

    def test_imports_of_others_are_closed_to_an_admin_opd(self):
        doc = make_import(self.good())
        steward, leader = make_role_user("Wali Data"), make_role_user("Pimpinan")
        frappe.set_user(self.admin)
        self.assertFalse(frappe.has_permission("Impor Lokasi", "read", doc=doc))
        self.assertEqual(frappe.get_list("Impor Lokasi"), [])
        with self.assertRaises(frappe.PermissionError):
            doc.periksa()
        self.assertTrue(frappe.has_permission("Impor Lokasi", "read", doc=doc, user=steward))
        self.assertFalse(frappe.has_permission("Impor Lokasi", "read", user=leader))

    def test_steps_out_of_order_are_refused(self):
        doc = carry_out(make_import(self.good()), "periksa")
        with self.assertRaises(ImporDitolak):
            import_job.start(doc, "batalkan")
        doc = carry_out(doc, "impor")
        with self.assertRaises(ImporDitolak):
            import_job.start(doc, "impor")
        with self.assertRaises(ImporDitolak):
            doc.delete()
        doc.radius_bawaan = 70
        with self.assertRaises(ImporDitolak):
            doc.save()

    def test_results_cannot_be_written_by_hand(self):
        doc = make_import(self.good())
        doc.update({"status": "Diimpor", "ringkasan": "palsu"})
        doc.append(
            "baris",
            {"nama_lokasi": "Palsu", "hasil": "Dibuat", "lokasi": make_lokasi(opd=self.opd.name).name},
        )
        doc.save()
        self.assertEqual((doc.status, doc.ringkasan, len(doc.baris)), ("Baru", None, 0))

    def test_the_address_of_somebody_elses_file_is_refused(self):
        theirs = make_import(self.good())
        frappe.set_user(self.admin)
        mine = frappe.get_doc({"doctype": "Impor Lokasi"}).insert()
        mine.berkas = theirs.berkas
        with self.assertRaises(ImporDitolak):
            mine.save()

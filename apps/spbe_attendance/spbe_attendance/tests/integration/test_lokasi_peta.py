"""The map of places: who sees what, saving what was drawn, warnings, files for other maps."""

import json

import frappe
from frappe.utils import add_days, getdate

from spbe_attendance.api import lokasi as api
from spbe_attendance.exceptions import PermintaanTidakSah
from spbe_attendance.geofence import geojson_file, kml_file
from spbe_attendance.kehadiran.lokasi import atlas, exports
from spbe_attendance.kehadiran.lokasi.errors import LokasiBerubah
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import LAT, LON, make_lokasi, make_opd, make_pegawai, make_role_user
from spbe_attendance.tests.lokasi_world import HERE, square


def drawn(**values):
    return {
        "nama_lokasi": "Pos Uji",
        "jenis_area": "Radius",
        "latitude": LAT,
        "longitude": LON,
        "radius": 60,
        **values,
    }


class TestPetaLokasi(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd, cls.stranger = make_opd(), make_opd()
        cls.unit = make_opd(induk=cls.opd.name)
        cls.admin = make_pegawai(opd=cls.opd.name, roles=("Admin OPD",)).user
        cls.head = make_pegawai(opd=cls.opd.name, roles=("Kepala OPD",)).user
        cls.steward = make_role_user("Wali Data")
        cls.place = make_lokasi(opd=cls.opd.name, nama_lokasi="Kantor Dinas")
        cls.theirs = make_lokasi(opd=cls.stranger.name, nama_lokasi="Kantor Lain", radius=40)

    def names(self):
        return {row["name"] for row in api.peta()["lokasi"]}

    def test_everybody_sees_the_places_that_lists_show_and_nothing_else(self):
        frappe.set_user(self.admin)
        self.assertIn(self.place.name, self.names())
        self.assertNotIn(self.theirs.name, self.names())
        frappe.set_user(self.steward)
        self.assertLessEqual({self.place.name, self.theirs.name}, self.names())

    def test_a_row_says_whether_it_may_be_changed(self):
        for user, allowed in ((self.admin, True), (self.head, False), (self.steward, True)):
            frappe.set_user(user)
            (row,) = [row for row in api.peta()["lokasi"] if row["name"] == self.place.name]
            self.assertEqual(row["boleh_ubah"], allowed, user)

    def test_the_state_of_a_place_is_one_word(self):
        today = getdate()
        cases = [
            ({}, "aktif"),
            ({"aktif": 0, "hanya_kegiatan": 1}, "nonaktif"),
            ({"berlaku_sampai": add_days(today, -1)}, "berakhir"),
            ({"berlaku_dari": add_days(today, 1)}, "belum"),
            ({"berlaku_sampai": today}, "sementara"),
            ({"hanya_kegiatan": 1}, "sementara"),
            ({"ukuran": {"usulan": "Perluas"}}, "sempit"),
        ]
        for values, wanted in cases:
            row = {"aktif": 1, "berlaku_dari": None, "berlaku_sampai": None, "hanya_kegiatan": 0, **values}
            with self.subTest(wanted=wanted, values=values):
                self.assertEqual(atlas.state(row, today), wanted)

    def test_a_drawn_circle_is_saved_for_a_unit_below_the_own_opd(self):
        frappe.set_user(self.admin)
        row = api.simpan(drawn(opd=self.unit.name))
        self.assertEqual((row["radius"], row["nama_opd"]), (60, self.unit.nama_opd))
        self.assertEqual(frappe.get_doc("OPD Lokasi", row["name"]).owner, self.admin)

    def test_a_place_for_another_opd_or_for_all_is_refused(self):
        frappe.set_user(self.admin)
        for values in ({"opd": self.stranger.name}, {"opd": None, "semua_opd": 1}):
            with self.subTest(values=values), self.assertRaises(frappe.PermissionError):
                api.simpan(drawn(**values))

    def test_roles_that_only_read_save_nothing(self):
        frappe.set_user(self.head)
        with self.assertRaises(frappe.PermissionError):
            api.simpan(drawn(opd=self.opd.name))
        with self.assertRaises(frappe.PermissionError):
            api.simpan({"radius": 70}, self.place.name, str(self.place.modified))
        with self.assertRaises(frappe.PermissionError):
            api.periksa(drawn())

    def test_who_was_slower_is_told_and_overwrites_nothing(self):
        frappe.set_user(self.admin)
        (row,) = [row for row in api.peta()["lokasi"] if row["name"] == self.place.name]
        first = api.simpan({"radius": 70}, row["name"], row["modified"])
        self.assertEqual(first["radius"], 70)
        with self.assertRaises(LokasiBerubah):
            api.simpan({"radius": 90}, row["name"], row["modified"])
        self.assertEqual(frappe.db.get_value("OPD Lokasi", row["name"], "radius"), 70)
        self.assertEqual(api.simpan({"radius": 90}, row["name"], first["modified"])["radius"], 90)

    def test_fields_that_no_map_draws_are_refused(self):
        frappe.set_user(self.admin)
        for values in ({"owner": "x"}, {"sidik_impor": "x"}, {"docstatus": 1}):
            with self.subTest(values=values), self.assertRaises(PermintaanTidakSah):
                api.simpan({**drawn(opd=self.opd.name), **values})
        with self.assertRaises(PermintaanTidakSah):
            api.simpan("[]")

    def test_where_a_place_comes_from_is_nobodys_to_write(self):
        self.place.update({"sidik_impor": "palsu", "radius": 81})
        self.place.save()
        self.assertEqual(
            frappe.db.get_value("OPD Lokasi", self.place.name, ["sidik_impor", "radius"]), (None, 81)
        )

    def warned(self, values, name=None):
        return {found["kode"] for found in api.periksa(json.dumps(values), name)}

    def test_drawing_warns_of_what_will_hurt_later(self):
        frappe.set_user(self.steward)
        alone = dict(zip(("latitude", "longitude"), HERE.back(3000, 3000), strict=True))
        self.assertEqual(self.warned(drawn(**alone)), set())
        self.assertEqual(self.warned(drawn(**alone, radius=12)), {"sempit"})
        self.assertEqual(self.warned(drawn()), {"tumpang"})
        self.assertEqual(self.warned(drawn(latitude=-6.2, longitude=106.8)), {"luar_wilayah"})
        self.assertEqual(self.warned(drawn(latitude=102.7, longitude=1.0)), {"rusak"})
        bow = square(50)["coordinates"][0]
        bow[1], bow[2] = bow[2], bow[1]
        crossed = json.dumps({"type": "Polygon", "coordinates": [bow]})
        self.assertEqual(self.warned({"jenis_area": "Poligon", "area": crossed}), {"rusak"})

    def test_a_place_does_not_overlap_itself_and_a_stranger_stays_nameless(self):
        frappe.set_user(self.admin)
        found = api.periksa(drawn(radius=100), self.place.name)
        self.assertEqual([row["kode"] for row in found], ["tumpang"])
        self.assertIsNone(found[0]["lokasi"])
        self.assertNotIn("Kantor Lain", found[0]["pesan"])

    def test_files_for_other_maps_hold_what_the_list_shows_and_no_more(self):
        area = json.dumps(square(30, 500, 500))
        yard = make_lokasi(opd=self.opd.name, jenis_area="Poligon", area=area, nama_lokasi="Lapangan & Uji")
        frappe.set_user(self.admin)
        for kind, read in (("geojson", geojson_file.read), ("kml", kml_file.read)):
            name, content = exports.build(kind)
            marks = {mark.name: mark for mark in read(content)}
            with self.subTest(kind=kind):
                self.assertTrue(name.endswith(kind))
                self.assertLessEqual({self.place.nama_lokasi, yard.nama_lokasi}, set(marks))
                self.assertNotIn("Kantor Lain", marks)
                self.assertEqual(marks["Kantor Dinas"].radius, self.place.radius)
                self.assertEqual(marks["Kantor Dinas"].data["kode_opd"], self.opd.kode)
        with self.assertRaises(PermintaanTidakSah):
            exports.build("exe")

    def test_structures_and_nonsense_where_a_name_or_a_day_belongs_are_refused(self):
        frappe.set_user(self.steward)
        nonsense = ({}, [[1]], {"a": {"b": [1]}}, 7)
        calls = (
            lambda value: api.simpan(drawn(opd=self.opd.name), value),
            lambda value: api.ukur(value),
            lambda value: api.terapkan_usulan(value),
            lambda value: api.kemajuan_impor(value),
            lambda value: api.terapkan_survei(value),
            lambda value: api.tolak_survei(value, "x"),
        )
        for value in nonsense:
            for number, call in enumerate(calls):
                with self.subTest(value=value, number=number), self.assertRaises(PermintaanTidakSah):
                    call(value)
        for day in (1, 1.5, True, "-1", "besok"):
            with self.subTest(day=day), self.assertRaises(PermintaanTidakSah):
                api.simpan(drawn(opd=self.opd.name, berlaku_dari=day))

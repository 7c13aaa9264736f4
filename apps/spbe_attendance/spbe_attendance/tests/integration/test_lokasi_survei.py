"""A survey from the phone: the server computes it from the raw fixes, a reviewer applies it."""

import uuid

import frappe

from spbe_attendance.api import lokasi as api
from spbe_attendance.exceptions import PermintaanTidakSah
from spbe_attendance.geofence.geometry import geodesic_distance
from spbe_attendance.kehadiran.lokasi.errors import SurveiDitolak, SurveiTidakDapatDiubah
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import LAT, LON, make_lokasi, make_opd, make_pegawai, make_role_user
from spbe_attendance.tests.lokasi_world import walk


class TestSurveiLokasi(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd, cls.stranger = make_opd(), make_opd()
        cls.head = make_pegawai(opd=cls.opd.name, roles=("Kepala OPD",))
        cls.admin = make_pegawai(opd=cls.opd.name, roles=("Admin OPD",)).user
        cls.staff = make_pegawai(opd=cls.opd.name).user
        cls.place = make_lokasi(opd=cls.opd.name, radius=80, latitude=LAT + 0.01)

    def send(self, *stations, user=None, **values):
        frappe.set_user(user or self.head.user)
        body = {
            "id_klien": str(uuid.uuid4()),
            "nama_lokasi": "Pos Pantai",
            "opd": self.opd.name,
            "titik": list(stations or (walk(-30, 0), walk(30, 0))),
        }
        return api.kirim_survei(**{**body, **values})

    def test_two_stations_become_a_circle_around_both(self):
        found = self.send()
        self.assertEqual(
            (found["status"], found["jenis_area"], found["duplikat"]), ("Menunggu", "Radius", False)
        )
        self.assertLess(geodesic_distance(found["latitude"], found["longitude"], LAT, LON), 2)
        self.assertEqual(found["radius"], 35)
        doc = frappe.get_doc("Survei Lokasi", found["name"])
        self.assertEqual((doc.pegawai, [row.dipakai for row in doc.titik]), (self.head.name, [30, 30]))

    def test_three_stations_become_a_polygon(self):
        found = self.send(walk(0, 0), walk(60, 0), walk(30, 50))
        self.assertEqual((found["jenis_area"], found["radius"]), ("Poligon", 0))
        self.assertIn("Polygon", found["area"])

    def test_what_the_phone_has_computed_is_not_even_read(self):
        frappe.set_user(self.head.user)
        lie = {"latitude": 5, "longitude": 100, "radius": 5000, "status": "Diterapkan", "akurasi": 1}
        stations = [{"sampel": frappe.as_json(walk(x, 0)["sampel"]), "latitude": 5} for x in (-30, 30)]
        doc = frappe.get_doc(
            {
                "doctype": "Survei Lokasi",
                "nama_lokasi": "Palsu",
                "opd": self.opd.name,
                "titik": stations,
                **lie,
            }
        ).insert()
        self.assertEqual((doc.status, doc.radius), ("Menunggu", 35))
        self.assertAlmostEqual(doc.titik[0].latitude, LAT, places=3)

    def test_sent_again_it_is_the_same_survey(self):
        key = str(uuid.uuid4())
        first, second = self.send(id_klien=key), self.send(id_klien=key)
        self.assertEqual((second["name"], second["duplikat"]), (first["name"], True))
        with self.assertRaises(PermintaanTidakSah):
            self.send(id_klien=key, user=self.admin)

    def test_fixes_that_tell_nothing_are_refused_with_what_to_do(self):
        for stations in (
            (walk(0, 0, seconds=10), walk(60, 0)),
            (walk(0, 0), walk(2, 0)),
            (walk(0, 0), walk(40, 0), walk(80, 0, jitter=0.1)),
            (walk(0, 0, jitter=80), walk(300, 0)),
        ):
            with self.subTest(stations=len(stations)), self.assertRaises(SurveiDitolak):
                self.send(*stations)
        self.assertFalse(frappe.db.exists("Survei Lokasi", {"owner": self.head.user}))

    def test_malformed_surveys_are_refused(self):
        bad = [{"lat": "x", "lon": 102, "akurasi": 5, "t": 0}]
        for titik in (
            [],
            [walk(0, 0)],
            "[",
            [{"sampel": []}, walk(0, 0)],
            [{"sampel": [1]}, walk(0, 0)],
            {"a": 1},
        ):
            with self.subTest(titik=str(titik)[:20]), self.assertRaises(PermintaanTidakSah):
                self.send(titik=titik)
        with self.assertRaises(SurveiDitolak):
            self.send({"sampel": bad}, walk(0, 0))
        with self.assertRaises(PermintaanTidakSah):
            self.send(id_klien="bukan uuid")

    def test_the_phone_is_given_the_own_units_and_places_only(self):
        frappe.set_user(self.head.user)
        found = api.isian_survei()
        self.assertEqual([row["name"] for row in found["opd"]], [self.opd.name])
        self.assertEqual([row["name"] for row in found["lokasi"]], [self.place.name])

    def test_staff_and_other_opd_survey_nothing_here(self):
        for user in (self.staff, make_role_user("Pimpinan")):
            with self.subTest(user=user), self.assertRaises(frappe.PermissionError):
                self.send(user=user)
        with self.assertRaises(frappe.PermissionError):
            self.send(opd=self.stranger.name)
        with self.assertRaises(SurveiDitolak):
            self.send(lokasi=make_lokasi_of(self.stranger).name)

    def test_applied_it_makes_a_new_place_or_moves_the_one_it_names(self):
        fresh, moved = self.send(), self.send(lokasi=self.place.name)
        frappe.set_user(self.admin)
        made = frappe.get_doc("OPD Lokasi", api.terapkan_survei(fresh["name"])["lokasi"])
        self.assertEqual((made.nama_lokasi, made.radius, made.survei), ("Pos Pantai", 35, fresh["name"]))
        self.assertEqual(api.terapkan_survei(moved["name"])["lokasi"], self.place.name)
        place = frappe.get_doc("OPD Lokasi", self.place.name)
        self.assertEqual((place.radius, place.survei), (35, moved["name"]))
        self.assertLess(geodesic_distance(place.latitude, place.longitude, LAT, LON), 2)
        with self.assertRaises(SurveiDitolak):
            api.terapkan_survei(fresh["name"])

    def test_a_head_surveys_but_does_not_decide(self):
        foreign = make_pegawai(opd=self.stranger.name, roles=("Admin OPD",)).user
        name = self.send()["name"]
        for act in (lambda: api.terapkan_survei(name), lambda: api.tolak_survei(name, "tidak")):
            with self.assertRaises(frappe.PermissionError):
                act()
        frappe.set_user(foreign)
        with self.assertRaises(frappe.PermissionError):
            api.terapkan_survei(name)

    def test_a_rejection_says_why_and_ends_it(self):
        name = self.send()["name"]
        frappe.set_user(self.admin)
        with self.assertRaises(SurveiDitolak):
            api.tolak_survei(name, "  ")
        self.assertEqual(api.tolak_survei(name, "Titik di jalan")["status"], "Ditolak")
        doc = frappe.get_doc("Survei Lokasi", name)
        self.assertEqual((doc.catatan, doc.diputus_oleh), ("Titik di jalan", self.admin))
        doc.nama_lokasi = "Lain"
        with self.assertRaises(SurveiTidakDapatDiubah):
            doc.save()

    def test_the_reviewer_corrects_the_name_but_not_the_measurement(self):
        name = self.send()["name"]
        frappe.set_user(self.admin)
        doc = frappe.get_doc("Survei Lokasi", name)
        doc.update({"nama_lokasi": "Pos Pantai Timur", "radius": 900, "status": "Diterapkan"})
        doc.titik = doc.titik[:1]
        doc.save()
        doc.reload()
        self.assertEqual((doc.nama_lokasi, doc.radius, doc.status), ("Pos Pantai Timur", 35, "Menunggu"))
        self.assertEqual(len(doc.titik), 2)


def make_lokasi_of(opd):
    user = frappe.session.user
    frappe.set_user("Administrator")
    try:
        return make_lokasi(opd=opd.name)
    finally:
        frappe.set_user(user)

"""The endpoints' services on a real site: one answer per punch, photos that belong to it, the home screen and the history."""

import hashlib
import uuid

import frappe

from spbe_attendance import exceptions
from spbe_attendance.api import absensi as api
from spbe_attendance.api import sesi
from spbe_attendance.kehadiran.pencatatan import missing_photos, photo
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import LAT, make_lokasi, make_opd, make_pegawai, punch
from spbe_attendance.tests.factories import photo as picture


class TestIntake(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd()
        make_lokasi(opd=cls.opd.name, nama_lokasi="Kantor Uji")
        cls.staf, cls.lain = make_pegawai(opd=cls.opd.name), make_pegawai(opd=cls.opd.name)

    def setUp(self):
        super().setUp()
        frappe.set_user(self.staf.user)

    def test_the_answer_has_what_the_contract_names(self):
        answer = api.catat(**punch())
        for field in [
            "name",
            "jenis",
            "tanggal",
            "waktu",
            "status",
            "putusan_lokasi",
            "lokasi",
            "jarak",
            "penjelasan",
            "duplikat",
        ]:
            self.assertIn(field, answer)
        self.assertFalse(answer["duplikat"])

    def test_the_same_punch_again_is_the_same_answer(self):
        body = punch()
        first = api.catat(**body)
        again = api.catat(**{**body, "id_klien": body["id_klien"].upper(), "jenis": "Pulang"})
        self.assertTrue(again["duplikat"])
        self.assertEqual((again["name"], again["jenis"]), (first["name"], "Masuk"))

    def test_a_lock_that_is_not_to_be_had_is_named_and_leaves_nothing(self):
        body = punch()
        frappe.db.sql("set session innodb_lock_wait_timeout = 1")
        other = frappe.database.get_db(
            host=frappe.conf.db_host, user=frappe.conf.db_name, password=frappe.conf.db_password
        )
        try:
            other.sql(
                "insert into `tabAbsensi` (name, id_klien) values (%s, %s)",
                (uuid.uuid4().hex[:10], body["id_klien"]),
            )
            with self.assertRaises(exceptions.SistemSibuk):
                api.catat(**body)
            self.assertFalse(frappe.db.exists("Absensi", {"pegawai": self.staf.name}))
        finally:
            other.rollback()
            other.close()
            frappe.db.sql("set session innodb_lock_wait_timeout = default")

    def test_somebody_elses_client_id_is_refused_and_tells_nothing(self):
        body = punch()
        api.catat(**body)
        frappe.set_user(self.lain.user)
        with self.assertRaises(exceptions.IdKlienTerpakai) as refused:
            api.catat(**body)
        self.assertNotIn(self.staf.nama, str(refused.exception))

    def test_each_bad_field_is_refused_by_name(self):
        for values, error in (
            ({"pegawai": self.lain.name}, exceptions.PegawaiTidakBolehDisebut),
            ({"jenis": None}, exceptions.PermintaanTidakSah),
            ({"jenis": "Istirahat"}, exceptions.PermintaanTidakSah),
            ({"jenis": ["Masuk"]}, exceptions.PermintaanTidakSah),
            ({"id_klien": None}, exceptions.PermintaanTidakSah),
            ({"id_klien": "1"}, exceptions.PermintaanTidakSah),
            ({"id_klien": {"a": 1}}, exceptions.PermintaanTidakSah),
            ({"foto_sha256": None}, exceptions.PermintaanTidakSah),
            ({"foto_sha256": "zz"}, exceptions.PermintaanTidakSah),
            ({"perangkat": "x" * 141}, exceptions.PermintaanTidakSah),
            ({"perangkat": 7}, exceptions.PermintaanTidakSah),
            ({"alasan": "x" * 501}, exceptions.PermintaanTidakSah),
            ({"waktu_perangkat": "2026-11-24T07:25:00"}, exceptions.PermintaanTidakSah),
            ({"waktu_perangkat": "kemarin"}, exceptions.PermintaanTidakSah),
            ({"bukti": {"ttd": "x"}}, exceptions.BuktiTidakSah),
            ({"latitude": "satu"}, exceptions.KoordinatTidakSah),
            ({"latitude": {"a": 1}}, exceptions.PermintaanTidakSah),
            ({"longitude": None}, exceptions.KoordinatTidakSah),
            ({"akurasi": -1}, exceptions.KoordinatTidakSah),
            ({"akurasi": 99999}, exceptions.AkurasiTidakCukup),
            ({"latitude": LAT + 1}, exceptions.DiLuarLokasi),
        ):
            with self.subTest(values), self.assertRaises(error) as refused:
                api.catat(**{**punch(), **values})
            self.assertTrue(400 <= refused.exception.http_status_code < 500)
        self.assertFalse(frappe.db.exists("Absensi", {"pegawai": self.staf.name}))

    def test_an_account_without_a_person_cannot_punch(self):
        frappe.set_user("Administrator")
        for call in (lambda: api.catat(**punch()), api.hari_ini, lambda: api.riwayat(bulan="2026-11")):
            with self.assertRaises(exceptions.BukanPegawai):
                call()

    def test_a_photo_is_kept_private_and_clean_and_may_come_twice(self):
        body = punch(foto_sha256=hashlib.sha256(picture()).hexdigest())
        name = api.catat(**body)["name"]
        for _ in range(2):
            self.assertEqual(
                photo.attach(body["id_klien"], {"pegawai": self.staf.name}, picture()),
                {"name": name, "diterima": True},
            )
        doc = frappe.get_doc("Absensi", name)
        self.assertEqual(doc.foto_status, "Ada")
        self.assertTrue(doc.foto.startswith("/private/files/"))
        files = frappe.get_all("File", {"attached_to_name": name}, ["name", "is_private"])
        self.assertEqual([row.is_private for row in files], [1])
        file = frappe.get_doc("File", files[0].name)
        self.assertTrue(file.has_permission("read"))
        frappe.set_user(self.lain.user)
        self.assertFalse(file.is_downloadable())

    def test_photos_that_do_not_belong_are_refused(self):
        sent = b"bukan gambar"
        body = punch(foto_sha256=hashlib.sha256(sent).hexdigest())
        api.catat(**body)
        for id_klien, who, content, error in (
            (str(uuid.uuid4()), self.staf, picture(), exceptions.AbsensiTidakDitemukan),
            (body["id_klien"], self.lain, sent, exceptions.AbsensiTidakDitemukan),
            (body["id_klien"], self.staf, picture(), exceptions.FotoTidakCocok),
            (body["id_klien"], self.staf, sent, exceptions.FotoTidakSah),
            (body["id_klien"], self.staf, b"x" * 61 * 1024, exceptions.FotoTerlaluBesar),
        ):
            with self.subTest(error=error.__name__), self.assertRaises(error):
                photo.attach(id_klien, {"pegawai": who.name}, content)
        self.assertFalse(frappe.get_all("File", {"attached_to_doctype": "Absensi"}))

    def test_a_photo_that_never_comes_goes_to_review(self):
        name = api.catat(**punch())["name"]
        missing_photos.mark()
        self.assertEqual(frappe.db.get_value("Absensi", name, "foto_status"), "Menunggu")
        frappe.db.set_value("Absensi", name, "waktu_tiba", frappe.utils.add_to_date(None, hours=-2))
        missing_photos.mark()
        self.assertEqual(
            frappe.db.get_value("Absensi", name, ["foto_status", "perlu_tinjau"]), ("Tidak Datang", 1)
        )

    def test_the_home_screen_gets_all_it_needs_in_one_call(self):
        api.catat(**punch())
        home = api.hari_ini()
        self.assertEqual(
            set(home),
            {
                "waktu_server",
                "jangkar",
                "pegawai",
                "jadwal",
                "absensi",
                "rekap",
                "kegiatan",
                "lokasi",
                "mode",
                "pemeliharaan",
                "aturan",
            },
        )
        self.assertEqual(home["pegawai"]["nama"], self.staf.nama)
        self.assertNotIn("nik", home["pegawai"])
        self.assertEqual(home["jadwal"]["saran"], "Pulang")
        self.assertEqual([row["jenis"] for row in home["absensi"]], ["Masuk"])
        self.assertEqual([row["nama_lokasi"] for row in home["lokasi"]], ["Kantor Uji"])
        self.assertTrue(home["waktu_server"].endswith("+07:00"))

    def test_the_history_has_the_months_days_only(self):
        name = api.catat(**punch())["name"]
        frappe.db.set_value("Absensi", name, "tanggal", "2026-02-28")
        self.assertEqual(
            [str(day["tanggal"]) for day in api.riwayat(bulan="2026-02")["hari"]], ["2026-02-28"]
        )
        self.assertEqual(api.riwayat(bulan="2026-03")["hari"], [])
        for bulan in (None, "2026-13", "2026-2", "semua", ["2026-02"]):
            with self.subTest(bulan), self.assertRaises(exceptions.PermintaanTidakSah):
                api.riwayat(bulan=bulan)

    def test_a_guest_gets_no_token(self):
        frappe.set_user("Guest")
        self.assertEqual(
            sesi.info(),
            {
                "user": "Guest",
                "csrf_token": None,
                "pegawai": None,
                "kunci_segel": None,
                "pusat": False,
                "kios": None,
                "naskah": None,
            },
        )

"""Events: who may punch where and when, what becomes of every invitation, and the strength of a roll call."""

from datetime import date, datetime, timedelta

import frappe
from freezegun import freeze_time

from spbe_attendance import exceptions
from spbe_attendance.api import absensi as api
from spbe_attendance.api import apel as apel_api
from spbe_attendance.api import gangguan as gangguan_api
from spbe_attendance.kehadiran.apel import events, results, strength
from spbe_attendance.kehadiran.rekapitulasi import affected
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import (
    LAT,
    make_gangguan,
    make_kegiatan,
    make_lokasi,
    make_opd,
    make_pegawai,
    make_role_user,
    punch,
)
from spbe_attendance.tests.schedules import make_roster, make_shift

DAY = "2026-11-23"
FIELD = LAT + 0.02
WIB = timedelta(hours=7)


def clock(moment):
    """The site's clock stands at this time of DAY, or of the day named."""
    text = moment if " " in moment else f"{DAY} {moment}"
    return freeze_time(datetime.fromisoformat(text) - WIB)


class TestKegiatanApel(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.root = make_opd()
        cls.opd = make_opd(induk=cls.root.name)
        cls.unit = make_opd(induk=cls.opd.name)
        cls.other = make_opd(induk=cls.root.name)
        make_lokasi(opd=cls.root.name, nama_lokasi="Kantor Uji")
        cls.field = make_lokasi(semua_opd=1, hanya_kegiatan=1, nama_lokasi="Lapangan Uji", latitude=FIELD)
        cls.staf, cls.rekan = make_pegawai(opd=cls.unit.name), make_pegawai(opd=cls.unit.name)
        cls.luar = make_pegawai(opd=cls.other.name)

    def event(self, **values):
        base = {
            "opd": self.opd.name,
            "lokasi": self.field.name,
            "tanggal": DAY,
            "undangan": [{"opd": self.opd.name}],
        }
        return make_kegiatan(**{**base, **values})

    def punch_at(self, moment, kegiatan, **values):
        body = {"jenis": "Apel", "latitude": FIELD, "kegiatan": kegiatan, **values}
        with clock(moment):
            return api.catat(**punch(**body))

    def act_as(self, person):
        frappe.set_user(person.user)

    def test_a_punch_is_judged_by_the_event_place_alone(self):
        event = self.event()
        self.act_as(self.staf)
        answer = self.punch_at("07:20:00", event.name)
        self.assertEqual(
            (answer["status"], answer["putusan_lokasi"], answer["lokasi"]), ("Sah", "Dalam", self.field.name)
        )
        self.assertTrue(answer["penjelasan"].startswith(event.nama_kegiatan))
        self.assertEqual(frappe.db.get_value("Absensi", answer["name"], "kegiatan"), event.name)
        with self.assertRaises(exceptions.DiLuarLokasi):
            self.punch_at("07:20:00", event.name, latitude=LAT)

    def test_the_event_place_takes_no_ordinary_punch(self):
        self.act_as(self.staf)
        with self.assertRaises(exceptions.DiLuarLokasi):
            api.catat(**punch(latitude=FIELD))

    def test_the_window_is_the_servers_and_includes_its_last_minute(self):
        event = self.event(mulai="07:15:00", selesai="07:45:00")
        self.act_as(self.staf)
        for moment, taken in (
            ("07:14:59", False),
            ("07:15:00", True),
            ("07:45:59", True),
            ("07:46:00", False),
        ):
            with self.subTest(moment):
                if taken:
                    self.assertEqual(self.punch_at(moment, event.name)["status"], "Sah")
                    continue
                with self.assertRaises(exceptions.DiLuarWaktuKegiatan) as refused:
                    self.punch_at(moment, event.name, waktu_perangkat=f"{DAY}T07:20:00+07:00")
                for word in ("07:15", "07:45", moment[:5], "23-11-2026"):
                    self.assertIn(word, str(refused.exception))

    def test_another_day_is_outside_of_the_window(self):
        event = self.event(tanggal="2026-11-24")
        self.act_as(self.staf)
        with self.assertRaises(exceptions.DiLuarWaktuKegiatan):
            self.punch_at("07:20:00", event.name)

    def test_each_wrong_punch_is_refused_by_name(self):
        event, cancelled = self.event(), self.event(status="Batal", alasan_batal="Hujan lebat")
        for person, values, error in (
            (self.luar, {"kegiatan": event.name}, exceptions.BukanUndangan),
            (self.staf, {"kegiatan": event.name, "jenis": "Masuk"}, exceptions.KegiatanBukanApel),
            (self.staf, {"kegiatan": "tidak-ada"}, exceptions.KegiatanTidakDitemukan),
            (self.staf, {"kegiatan": cancelled.name}, exceptions.KegiatanDibatalkan),
            (self.staf, {"kegiatan": {"name": event.name}}, exceptions.PermintaanTidakSah),
            (self.staf, {"kegiatan": "x" * 141}, exceptions.PermintaanTidakSah),
        ):
            self.act_as(person)
            with self.subTest(error=error.__name__), self.assertRaises(error) as refused:
                self.punch_at("07:20:00", **values)
            self.assertTrue(400 <= refused.exception.http_status_code < 500)
        self.assertFalse(frappe.db.exists("Absensi", {"kegiatan": event.name}))

    def test_it_is_idempotent_like_every_punch(self):
        event = self.event()
        self.act_as(self.staf)
        body = punch(jenis="Apel", latitude=FIELD, kegiatan=event.name)
        with clock("07:20:00"):
            first = api.catat(**body)
        with clock("09:00:00"):
            again = api.catat(**body)
        self.assertEqual((again["name"], again["duplikat"]), (first["name"], True))

    def test_apel_and_masuk_never_stand_for_each_other(self):
        event = self.event()
        self.act_as(self.staf)
        self.punch_at("07:20:00", event.name)
        with clock("07:25:00"):
            self.assertEqual(api.hari_ini()["jadwal"]["saran"], "Masuk")
        self.act_as(self.rekan)
        with clock("07:20:00"):
            api.catat(**punch())
        found = {result.pegawai: result.hasil for result in results.of_event(event.name)}
        self.assertEqual(found, {self.staf.name: "Hadir", self.rekan.name: "Tidak Hadir"})

    def test_the_home_screen_shows_the_events_of_the_day(self):
        event = self.event(pengecualian=[{"pegawai": self.rekan.name, "alasan": "Protokol"}])
        self.event(tanggal="2026-11-24")
        self.act_as(self.staf)
        self.punch_at("07:20:00", event.name)
        with clock("07:25:00"):
            (shown,) = api.hari_ini()["kegiatan"]
            self.assertEqual(
                (shown["name"], shown["mulai"], shown["selesai"]), (event.name, "07:00", "08:00")
            )
            self.assertEqual((shown["status"], shown["dikecualikan"]), ("Berlangsung", None))
            self.assertEqual(shown["lokasi"]["nama_lokasi"], "Lapangan Uji")
            self.assertEqual(shown["absensi"]["status"], "Sah")
            self.act_as(self.rekan)
            self.assertEqual(api.hari_ini()["kegiatan"][0]["dikecualikan"], "Protokol")
            self.act_as(self.luar)
            self.assertEqual(api.hari_ini()["kegiatan"], [])

    def test_statements_do_not_grow_with_events_or_staff(self):
        def statements(call):
            seen = []
            original = frappe.db.sql
            frappe.db.sql = lambda *args, **kwargs: seen.append(args) or original(*args, **kwargs)
            try:
                call()
            finally:
                frappe.db.sql = original
            return len(seen)

        event = self.event(semua_opd=1, opd=None, jenis_kegiatan="Apel Gabungan")
        person = {"name": self.staf.name, "opd": self.unit.name}
        calls = (
            lambda: strength.of_event(event.name),
            lambda: results.between(date(2026, 11, 1), date(2026, 11, 23)),
            lambda: events.of_person(person, date(2026, 11, 23)),
        )
        for call in calls:
            call()  # what is read once and cached is no part of it
        few = [statements(call) for call in calls]
        for _number in range(4):
            make_pegawai(opd=make_opd(induk=self.root.name).name, with_user=False)
            self.event()
        self.assertEqual([statements(call) for call in calls], few)
        self.assertTrue(all(few))

    def test_every_invitation_has_one_result(self):
        event = self.event(
            potongan_persen=2, pengecualian=[{"pegawai": self.rekan.name, "alasan": "Petugas jaga"}]
        )
        pending, absent = make_pegawai(opd=self.opd.name), make_pegawai(opd=self.opd.name)
        make_pegawai(opd=self.opd.name, status="Nonaktif")
        self.act_as(self.staf)
        self.punch_at("07:20:00", event.name)
        self.act_as(pending)
        self.punch_at("07:20:00", event.name, latitude=LAT, alasan="GPS rusak")
        found = {result.pegawai: result for result in results.between(date(2026, 11, 23), date(2026, 11, 23))}
        told = {name: (row.hasil, row.keterangan, row.potongan_persen) for name, row in found.items()}
        self.assertEqual(
            told,
            {
                self.staf.name: ("Hadir", "", 0),
                self.rekan.name: ("Dikecualikan", "Petugas jaga", 0),
                pending.name: ("Hadir", "Menunggu Persetujuan", 0),
                absent.name: ("Tidak Hadir", "Tanpa Keterangan", 2),
            },
        )
        only = results.between(date(2026, 11, 23), date(2026, 11, 23), [absent.name])
        self.assertEqual([row.pegawai for row in only], [absent.name])

    def test_permits_and_outages_excuse_what_they_cover(self):
        event, afternoon = self.event(), self.event(mulai="14:00:00", selesai="15:00:00")
        kind = frappe.get_all("Jenis Ketidakhadiran", {"kelompok": "Cuti"}, pluck="name")[0]
        leave = frappe.get_doc(
            {
                "doctype": "Ketidakhadiran",
                "pegawai": self.staf.name,
                "opd": self.unit.name,
                "jenis": kind,
                "dari": DAY,
                "sampai": DAY,
                "setengah_hari": "Pagi",
                "alasan": "Keperluan uji",
                "status": "Disetujui",
            }
        )
        # As approved: the workflow itself is tested with the permits.
        leave.db_insert()

        def told():
            rows = [row for name in (event.name, afternoon.name) for row in results.of_event(name)]
            return [(row.hasil, row.keterangan) for row in rows if row.pegawai == self.staf.name]

        self.assertEqual(told(), [("Berhalangan", "Cuti"), ("Tidak Hadir", "Tanpa Keterangan")])
        outage = make_gangguan(
            dari=f"{DAY} 13:30:00", sampai=f"{DAY} 16:00:00", lokasi=[{"lokasi": self.field.name}]
        )
        gangguan_api.berlakukan(outage.name, "SE 1/2026")
        self.assertEqual(told(), [("Berhalangan", "Cuti"), ("Berhalangan", "Gangguan Layanan")])

    def test_a_roster_excuses_who_is_on_duty_or_off_and_a_night_until_it_ends(self):
        early, late = self.event(), self.event(mulai="14:00:00", selesai="15:00:00")
        night = make_shift(mulai="20:00", selesai="08:00").name

        def told(person):
            rows = [row for name in (early.name, late.name) for row in results.of_event(name)]
            return [row.keterangan for row in rows if row.pegawai == person.name]

        make_roster(self.staf.name, "2026-11-22", night)
        make_roster(self.rekan.name, DAY, None)

        self.assertEqual(told(self.staf), ["Dinas Shift", "Tanpa Keterangan"])
        self.assertEqual(told(self.rekan), ["Lepas Dinas", "Lepas Dinas"])

    def test_nobody_is_missing_before_the_end_or_at_a_cancelled_event(self):
        self.event()
        self.event(status="Batal", alasan_batal="Hujan lebat", mulai="05:00:00", selesai="06:00:00")
        with clock("07:30:00"):
            self.assertEqual(results.between(date(2026, 11, 23), date(2026, 11, 23)), [])

    def test_strength_is_told_per_opd_within_what_one_may_see(self):
        event = self.event(semua_opd=1, opd=None, jenis_kegiatan="Apel Gabungan")
        self.act_as(self.staf)
        self.punch_at("07:20:00", event.name)
        with self.assertRaises(frappe.PermissionError):
            apel_api.kekuatan(event.name)
        frappe.set_user("Administrator")
        self.act_as(make_pegawai(opd=self.opd.name, roles=("Kepala OPD",)))
        told = apel_api.kekuatan(event.name, per_unit=True)
        self.assertEqual({row["opd"] for row in told["baris"]}, {self.opd.name, self.unit.name})
        self.assertEqual(
            [told["total"][key] for key in ("jumlah", "hadir", "kurang", "tanpa_keterangan")], [3, 1, 2, 2]
        )
        frappe.set_user("Administrator")
        frappe.set_user(make_role_user("Pimpinan"))
        told = apel_api.kekuatan(event.name)
        mine = {row["opd"]: row for row in told["baris"]}
        self.assertNotIn(self.unit.name, mine)
        self.assertEqual([mine[self.opd.name][key] for key in ("jumlah", "hadir", "persen")], [3, 1, 33.3])
        self.assertEqual(mine[self.other.name]["jumlah"], 1)
        self.assertEqual(sum(row["jumlah"] for row in told["baris"]), told["total"]["jumlah"])

    def test_the_reports_have_a_total_and_lead_to_names(self):
        event = self.event()
        self.act_as(self.staf)
        self.punch_at("07:20:00", event.name)
        frappe.set_user("Administrator")
        report = frappe.get_doc("Report", "Kekuatan Apel").execute_script_report({"kegiatan": event.name})
        self.assertEqual(report[1][-1]["jumlah"], 2)
        people = frappe.get_doc("Report", "Peserta Apel").execute_script_report(
            {"kegiatan": event.name, "hasil": "kurang"}
        )
        self.assertEqual([row["nama"] for row in people[1]], [self.rekan.nama])

    def test_events_that_cannot_be_are_refused(self):
        closed = make_lokasi(semua_opd=1, nama_lokasi="Tutup", berlaku_sampai="2026-11-01")
        for values, error in (
            ({"mulai": "08:00:00", "selesai": "07:00:00"}, exceptions.KegiatanTidakSah),
            ({"mulai": "08:00:00", "selesai": "08:00:00"}, exceptions.KegiatanTidakSah),
            ({"lokasi": closed.name}, exceptions.KegiatanTidakSah),
            ({"opd": None, "jenis_kegiatan": "Rapat", "undangan": []}, exceptions.KegiatanTidakSah),
            ({"potongan_persen": 101}, exceptions.KegiatanTidakSah),
            ({"potongan_persen": -1}, exceptions.KegiatanTidakSah),
            ({"status": "Batal"}, exceptions.KegiatanTidakSah),
            ({"pengecualian": [{"pegawai": self.staf.name, "alasan": "x"}] * 2}, exceptions.KegiatanTidakSah),
        ):
            with self.subTest(values), self.assertRaises(error):
                self.event(**values)

    def test_what_punches_were_judged_by_stays(self):
        event = self.event()
        self.act_as(self.staf)
        self.punch_at("07:20:00", event.name)
        frappe.set_user("Administrator")
        event.reload()
        event.lokasi = make_lokasi(semua_opd=1).name
        with self.assertRaises(exceptions.KegiatanSudahBerjalan):
            event.save()
        event.reload()
        with self.assertRaises(frappe.LinkExistsError):
            event.delete()
        event.update({"status": "Batal", "alasan_batal": "Hujan lebat"})
        event.save()
        event.status = "Rencana"
        with self.assertRaises(exceptions.KegiatanSudahBerjalan):
            event.save()

    def test_a_change_marks_the_invited_days_once_they_have_come(self):
        def marked():
            return frappe.get_all(
                affected.QUEUE, {"sebab": ["like", "%Apel Uji%"]}, ["opd", "dari"], as_list=True
            )

        with clock("2026-11-20 08:00:00"):
            event = self.event()
            self.assertEqual(marked(), ())
        with clock("2026-11-24 08:00:00"):
            event.reload()
            event.append("pengecualian", {"pegawai": self.staf.name, "alasan": "Protokol"})
            event.save()
            self.assertEqual(marked(), ((self.opd.name, date(2026, 11, 23)),))
            event.reload()
            event.save()
            self.assertEqual(len(marked()), 1)

    def test_the_stored_status_follows_the_clock(self):
        with clock("06:00:00"):
            event = self.event()
            self.assertEqual(event.status, "Rencana")
        for moment, status in (("06:59:59", "Rencana"), ("07:00:00", "Berlangsung"), ("08:01:00", "Selesai")):
            with clock(moment):
                events.advance()
            self.assertEqual(frappe.db.get_value("Kegiatan Apel", event.name, "status"), status)

"""The short way of a punch: the same row as Frappe's general insert makes, and only where nobody waits for what that sets off."""

import uuid
from datetime import timedelta

import frappe
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.utils import getdate, now_datetime
from freezegun import freeze_time
from redis.exceptions import ConnectionError as RedisConnectionError

from spbe_attendance import hooks
from spbe_attendance.api import absensi as api
from spbe_attendance.exceptions import DiLuarLokasi
from spbe_attendance.kehadiran.jadwal.working_day import has_roster
from spbe_attendance.kehadiran.pencatatan import known, places, plan, request, swift
from spbe_attendance.kepegawaian.mutasi import history
from spbe_attendance.kepegawaian.mutasi.timeline import Stretch
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_kegiatan, make_lokasi, make_opd, make_pegawai, punch
from spbe_attendance.tests.schedules import assign, make_jadwal, make_roster, make_shift

# Of one row alone: its name, its moment, and what is computed from its id.
OWN = {"name", "creation", "modified", "id_klien", "waktu", "waktu_awal", "waktu_akhir", "waktu_tiba"}


class PunchCase(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd()
        cls.lokasi = make_lokasi(opd=cls.opd.name, nama_lokasi="Kantor Uji")
        cls.staf = make_pegawai(opd=cls.opd.name)

    def setUp(self):
        super().setUp()
        # The world of these tests is not committed, and is everybody's all the same.
        frappe.local.flags.pop(known.WAITING, None)
        self.another_request()
        frappe.set_user(self.staf.user)

    def another_request(self):
        """Has seen what holds now: from the next one on it is kept."""
        with known.used():
            pass

    def row(self, name):
        return {
            key: value for key, value in frappe.db.get_value("Absensi", name, "*").items() if key not in OWN
        }


class TestShortWay(PunchCase):
    def generally(self, **values):
        punched = request.read_punch(punch(**values), photo_required=True)
        doc = frappe.get_doc({"doctype": "Absensi", "pegawai": self.staf.name, **punched.__dict__})
        return doc.insert().name

    def test_it_writes_the_same_row_as_the_general_way(self):
        self.assertTrue(swift.possible())
        outside = {"latitude": 1.2, "alasan": "Rapat <b>di luar</b>"}
        for values in ({}, {"akurasi": 45}, outside, {"perangkat": "Ponsel <i>uji</i>"}):
            short = api.catat(**punch(**values))["name"]
            self.assertEqual(self.row(short), self.row(self.generally(**values)))

    def test_it_makes_the_values_of_a_row_as_the_framework_does(self):
        fields = plan.compiled(frappe.get_meta("Absensi"))
        odd = {"jarak": "12.5", "perlu_tinjau": "1", "bukti_urutan": None, "tanggal": "", "id_klien": " "}
        for values in ({}, {"waktu": now_datetime(), "tanggal": getdate()}, odd):
            doc = frappe.get_doc({"doctype": "Absensi", "name": "uji", **values})
            framework = doc.get_valid_dict(convert_dates_to_str=True, ignore_virtual=True)
            self.assertEqual(dict(zip(fields.names(), fields.row(doc.__dict__), strict=True)), framework)

    def test_whatever_the_framework_would_refuse_or_clean_is_left_to_it(self):
        fields = plan.compiled(frappe.get_meta("Absensi"))
        good = frappe.db.get_value("Absensi", api.catat(**punch())["name"], "*")
        self.assertFalse(fields.doubtful(good))
        for field, value in (
            ("alasan", "Rapat <script>"),
            ("jenis", "Istirahat"),
            ("jenis", " Masuk"),
            ("pegawai", None),
            ("perangkat", "x" * 141),
            ("bukti_urutan", 2**40),
        ):
            self.assertTrue(fields.doubtful({**good, field: value}), f"{field}: {value!r}")

    def test_a_field_that_a_site_has_made_mandatory_is_asked_for(self):
        frappe.set_user("Administrator")
        # What the metadata are read into outlives the transaction.
        self.addCleanup(frappe.clear_cache, doctype="Absensi")
        make_property_setter("Absensi", "kios", "reqd", 1, "Check")
        frappe.set_user(self.staf.user)
        with self.assertRaises(frappe.MandatoryError):
            api.catat(**punch())

    def test_a_field_that_only_the_framework_can_treat_needs_the_general_way(self):
        meta = frappe.copy_doc(frappe.get_doc("DocType", "Absensi"))
        self.assertFalse(plan.particular(meta))
        meta.append("fields", {"fieldname": "surel_uji", "fieldtype": "Data", "options": "Email"})
        self.assertTrue(plan.particular(meta))

    def test_it_is_left_where_somebody_has_set_up_something_for_punches(self):
        frappe.set_user("Administrator")
        frappe.get_doc(
            {
                "doctype": "Notification",
                "name": f"Uji {uuid.uuid4().hex[:8]}",
                "subject": "Ada absensi",
                "document_type": "Absensi",
                "event": "New",
                "channel": "System Notification",
                "message": "Ada absensi baru",
                "recipients": [{"receiver_by_role": "BKPSDM"}],
            }
        ).insert()
        self.assertFalse(swift.possible())

    def test_a_handler_of_another_app_for_all_documents_is_not_passed_over(self):
        everything = frappe.get_doc_hooks()["*"]
        everything.setdefault("after_insert", []).append("another_app.events.follow_everything")
        try:
            self.assertEqual(swift.hooked(), {"another_app.events.follow_everything"})
        finally:
            everything["after_insert"].remove("another_app.events.follow_everything")

    def test_a_workflow_in_which_valid_punches_wait_needs_the_general_way(self):
        self.assertFalse(swift.steps_from_valid())
        frappe.set_user("Administrator")
        workflow = frappe.get_doc("Workflow", "Persetujuan Absensi")
        frappe.get_doc(
            {
                "doctype": "Workflow Transition",
                "parenttype": "Workflow",
                "parentfield": "transitions",
                "parent": workflow.name,
                "state": "Sah",
                "action": "Setujui",
                "next_state": "Disetujui",
                "allowed": "Kepala OPD",
            }
        ).db_insert()
        self.assertTrue(swift.steps_from_valid())

    def test_who_may_not_make_punches_by_role_is_refused(self):
        frappe.set_user("Administrator")
        frappe.get_doc("User", self.staf.user).remove_roles("Pegawai SPBE")
        frappe.set_user(self.staf.user)
        with self.assertRaises(frappe.PermissionError):
            api.catat(**punch())

    def test_a_limit_of_this_user_is_the_frameworks_to_judge(self):
        frappe.set_user("Administrator")
        other = make_opd()
        frappe.get_doc(
            {
                "doctype": "User Permission",
                "user": self.staf.user,
                "allow": "Pegawai",
                "for_value": make_pegawai(opd=other.name).name,
            }
        ).insert()
        frappe.set_user(self.staf.user)
        with self.assertRaises(frappe.PermissionError):
            api.catat(**punch())

    def test_a_punch_taken_once_is_not_refused_the_second_time(self):
        body = punch()
        first = api.catat(**body)
        frappe.db.set_value("Pegawai", self.staf.name, "status", "Nonaktif")
        again = api.catat(**body)
        self.assertEqual((again["name"], again["duplikat"]), (first["name"], True))
        self.assertEqual(frappe.local.message_log, [])

    def test_a_punch_is_two_statements_one_to_know_the_person_and_one_to_write(self):
        api.catat(**punch())
        with self.assertQueryCount(2):
            api.catat(**punch())


class TestMemory(PunchCase):
    def punch(self, **values):
        return api.catat(**punch(**values))

    def test_every_doctype_that_it_is_made_of_tells_when_it_changes(self):
        telling = {
            doctype
            for doctype, events in hooks.doc_events.items()
            if all(
                "spbe_attendance.kehadiran.pencatatan.known.changed" in events.get(event, ())
                for event in ("on_update", "on_change", "on_trash", "after_rename")
            )
        }
        self.assertEqual(telling, set(known.SOURCES))

    def test_nothing_is_kept_outside_of_a_punch(self):
        asked = []
        for _time in range(2):
            known.value(known.TEMPAT, "x", lambda: asked.append(1) or 1)
        self.assertEqual(len(asked), 2)

    def test_inside_it_is_asked_once_until_somebody_says_that_it_changed(self):
        asked = []

        def ask():
            with known.used():
                return known.value(known.TEMPAT, "y", lambda: asked.append(1) or len(asked))

        self.assertEqual([ask(), ask()], [1, 1])
        known._renew(known.TEMPAT)
        self.assertEqual(ask(), 2)
        self.assertEqual([ask(), ask()], [3, 3])
        known._renew(known.ROSTER)
        self.assertEqual(ask(), 3)

    def test_the_first_request_that_sees_a_change_keeps_nothing_its_view_of_the_rows_may_be_older(self):
        known._renew(known.TEMPAT)
        for expected in ("older", "newer", "newer"):
            with known.used():
                found = known.value(known.TEMPAT, "w", lambda answer=expected: answer)
            self.assertEqual(found, expected)

    def test_a_stamp_that_redis_lost_does_not_come_again(self):
        with known.used():
            before = dict(frappe.local.spbe_stamps)
        for kind in known.KINDS:
            frappe.cache.delete(known._key(kind))
        with known.used():
            after = frappe.local.spbe_stamps
        self.assertTrue(all(before[kind] != after[kind] for kind in known.KINDS))

    def test_a_place_that_was_moved_holds_for_the_next_punch(self):
        self.punch()
        self.lokasi.reload()
        frappe.set_user("Administrator")
        self.lokasi.update({"latitude": 1.2}).save()
        frappe.set_user(self.staf.user)
        with self.assertRaises(DiLuarLokasi):
            self.punch()

    def test_a_change_that_is_not_committed_is_judged_by_its_own_transaction_alone(self):
        with known.used():
            known.value(known.TEMPAT, "z", lambda: "before")
            stamps = dict(frappe.local.spbe_stamps)
        known.forget(known.TEMPAT)
        with known.used():
            self.assertFalse(known.in_use())
        self.assertEqual(known._stamps(), stamps)

    def test_without_redis_the_database_is_asked(self):
        real = frappe.cache.pipeline
        frappe.cache.pipeline = refusing
        try:
            self.assertEqual(self.punch()["putusan_lokasi"], "Dalam")
        finally:
            frappe.cache.pipeline = real

    def test_the_fences_in_memory_are_those_of_the_database(self):
        frappe.set_user("Administrator")
        above = make_opd(is_group=1)
        below = make_opd(induk=above.name)
        make_lokasi(opd=above.name)
        make_lokasi(opd=below.name, aktif=0)
        make_lokasi(opd=make_opd().name)
        make_lokasi(semua_opd=1)
        today = frappe.utils.now_datetime().date()
        kept = places.Everywhere.load(today)
        for unit in (above.name, below.name, self.opd.name):
            stored = places.prepared(places.applying(unit, today))
            found = kept.applying(unit)
            self.assertEqual(set(found.rows), set(stored.rows))
            self.assertEqual({fence.key for fence in found.fences}, {fence.key for fence in stored.fences})

    def test_the_home_screen_says_the_same_out_of_memory_and_out_of_the_database(self):
        frappe.set_user("Administrator")
        make_roster(self.staf.name, frappe.utils.now_datetime().date(), make_shift().name)
        frappe.local.flags.pop(known.WAITING, None)
        frappe.set_user(self.staf.user)
        self.punch()
        with freeze_time("2026-11-25 01:00:00"):
            first, again = api.hari_ini(), api.hari_ini()
            known.forget(known.TEMPAT)
            stored = api.hari_ini()
        for answer in (first, again, stored):
            # Signed anew each time.
            self.assertTrue(answer.pop("jangkar"))
        self.assertEqual(again, stored)
        self.assertEqual(first, stored)

    def test_hours_that_were_changed_are_on_the_next_home_screen(self):
        before = api.hari_ini()["jadwal"]
        frappe.set_user("Administrator")
        assign(make_jadwal().name, "2026-01-01", pegawai=self.staf.name)
        frappe.set_user(self.staf.user)
        self.assertNotEqual(api.hari_ini()["jadwal"]["nama"], before["nama"])

    def test_an_event_that_was_called_is_on_the_next_home_screen(self):
        with freeze_time("2026-11-25 00:30:00"):
            self.assertEqual(api.hari_ini()["kegiatan"], [])
            frappe.set_user("Administrator")
            event = make_kegiatan(tanggal="2026-11-25", lokasi=self.lokasi.name, semua_opd=1)
            # As after the commit: what was kept before is not believed any more.
            frappe.local.flags.pop(known.WAITING, None)
            known._renew(known.JADWAL)
            frappe.set_user(self.staf.user)
            for _time in range(2):
                self.assertEqual([row["name"] for row in api.hari_ini()["kegiatan"]], [event.name])

    def test_a_permit_that_was_approved_is_on_the_next_home_screen(self):
        with freeze_time("2026-11-25 02:00:00"):
            before = [api.hari_ini()["rekap"]["kode"] for _time in range(2)]
            frappe.set_user("Administrator")
            kind = frappe.db.get_value("Jenis Ketidakhadiran", {"kode_rekap": "CT"})
            values = {"pegawai": self.staf.name, "opd": self.opd.name, "jenis": kind, "status": "Disetujui"}
            # As approved: the workflow itself is tested with the permits.
            frappe.get_doc(
                {"doctype": "Ketidakhadiran", **values, "dari": "2026-11-25", "sampai": "2026-11-25"}
            ).db_insert()
            self.committed(known.IZIN)
            after = [api.hari_ini()["rekap"]["kode"] for _time in range(2)]
        self.assertEqual((before[0], after), (before[1], ["CT", "CT"]))

    def test_a_past_in_another_unit_is_known_from_the_next_home_screen_on(self):
        with known.used():
            self.assertEqual(history.rows([self.staf.name]), {})
        yesterday = getdate() - timedelta(days=1)
        past = Stretch(
            None, yesterday, {**dict.fromkeys(history.FIELDS), "opd": self.opd.name, "status": "Aktif"}
        )
        history.store(self.staf.name, [past])
        self.committed(known.RIWAYAT)
        for _time in range(2):
            with known.used():
                self.assertEqual(
                    [row.opd for row in history.rows([self.staf.name])[self.staf.name]], [self.opd.name]
                )

    def committed(self, kind):
        """As after the commit: what was kept before is not believed any more."""
        frappe.local.flags.pop(known.WAITING, None)
        known._renew(kind)
        frappe.set_user(self.staf.user)

    def test_a_roster_of_the_night_is_seen_by_the_next_punch(self):
        self.punch()
        today = frappe.utils.now_datetime().date()
        frappe.set_user("Administrator")
        make_roster(self.staf.name, today, None)
        with known.used():
            self.assertTrue(has_roster(self.staf.name, today))


def refusing(*_args, **_options):
    raise RedisConnectionError("no Redis")

"""Exchange of duties: the colleague agrees, the head decides, both rosters change in one transaction."""

import frappe
from frappe.model.workflow import apply_workflow, get_transitions
from frappe.utils import add_days, getdate

from spbe_attendance.exceptions import PersetujuanSendiri, TukarDitolak, TukarTidakDapatDiubah
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai
from spbe_attendance.tests.schedules import make_roster, make_shift


class TestTukarDinas(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd().name
        cls.anna, cls.budi = make_pegawai(opd=cls.opd), make_pegawai(opd=cls.opd)
        cls.head = make_pegawai(opd=cls.opd, roles=("Kepala OPD",))
        cls.pagi, cls.malam = make_shift().name, make_shift(mulai="20:00", selesai="07:30").name
        cls.day, cls.other = add_days(getdate(), 1), add_days(getdate(), 2)

    def setUp(self):
        super().setUp()
        for person, day, shift in (
            (self.anna, self.day, self.pagi),
            (self.anna, self.other, None),
            (self.budi, self.day, None),
            (self.budi, self.other, self.malam),
        ):
            make_roster(person.name, day, shift)

    def ask(self, as_user=None, **values):
        frappe.set_user(as_user or self.anna.user)
        row = {
            "pemohon": self.anna.name,
            "tanggal": self.day,
            "rekan": self.budi.name,
            "tanggal_rekan": self.other,
        }
        return frappe.get_doc(
            {"doctype": "Tukar Dinas", "alasan": "Keperluan keluarga", **row, **values}
        ).insert()

    def act(self, user, name, action):
        frappe.set_user(user)
        return apply_workflow(frappe.get_doc("Tukar Dinas", name), action)

    def offered(self, user, name):
        frappe.set_user(user)
        return sorted({row.action for row in get_transitions(frappe.get_doc("Tukar Dinas", name))})

    def roster(self):
        frappe.set_user("Administrator")
        rows = frappe.get_all(
            "Roster Dinas", {"opd": self.opd}, ["pegawai", "tanggal", "shift", "sumber"], order_by="tanggal"
        )
        return {(row.pegawai, row.tanggal): (row.shift, row.sumber) for row in rows}

    def test_both_agree_then_the_head_and_duties_change_hands(self):
        name = self.ask().name
        self.assertEqual(self.roster()[(self.anna.name, self.day)], (self.pagi, "Manual"))
        self.assertEqual(self.act(self.budi.user, name, "Setujui").status, "Disetujui Rekan")
        self.assertEqual(self.roster()[(self.anna.name, self.day)], (self.pagi, "Manual"))
        done = self.act(self.head.user, name, "Setujui")
        self.assertEqual(done.status, "Disetujui")
        self.assertIsNotNone(done.ditukar_pada)
        self.assertEqual(
            self.roster(),
            {
                (self.anna.name, self.day): (None, "Tukar"),
                (self.anna.name, self.other): (self.malam, "Tukar"),
                (self.budi.name, self.day): (self.pagi, "Tukar"),
                (self.budi.name, self.other): (None, "Tukar"),
            },
        )

    def test_each_step_is_offered_to_its_person_only(self):
        name = self.ask().name
        self.assertEqual(self.offered(self.anna.user, name), ["Batalkan"])
        self.assertEqual(self.offered(self.budi.user, name), ["Setujui", "Tolak"])
        self.assertEqual(self.offered(self.head.user, name), ["Tolak"])
        self.act(self.budi.user, name, "Setujui")
        self.assertEqual(self.offered(self.head.user, name), ["Setujui", "Tolak"])
        self.assertEqual(self.offered(self.budi.user, name), ["Tolak"])

    def test_nobody_agrees_for_the_colleague(self):
        doc = self.ask()
        for user in (self.anna.user, self.head.user):
            frappe.set_user(user)
            row = frappe.get_doc("Tukar Dinas", doc.name)
            row.status = "Disetujui Rekan"
            with self.subTest(user), self.assertRaises((frappe.PermissionError, frappe.ValidationError)):
                row.save()

    def test_a_head_who_takes_part_does_not_decide(self):
        for day, shift in ((self.day, None), (self.other, self.malam)):
            make_roster(self.head.name, day, shift)
        name = self.ask(rekan=self.head.name).name
        self.act(self.head.user, name, "Setujui")
        self.assertEqual(self.offered(self.head.user, name), ["Tolak"])
        row = frappe.get_doc("Tukar Dinas", name)
        row.status = "Disetujui"
        with self.assertRaises((PersetujuanSendiri, frappe.ValidationError)):
            row.save()

    def test_what_was_asked_for_is_not_edited(self):
        doc = self.ask()
        doc.tanggal_rekan = self.day
        with self.assertRaises(TukarTidakDapatDiubah):
            doc.save()
        with self.assertRaises(frappe.PermissionError):
            doc.delete()

    def test_a_new_one_brings_no_decision(self):
        doc = self.ask(status="Disetujui", ditukar_pada="2026-01-01 00:00:00", shift_rekan="palsu")
        self.assertEqual((doc.status, doc.ditukar_pada, doc.shift_rekan), ("Diajukan", None, self.malam))

    def test_what_cannot_be_exchanged_is_refused(self):
        stranger = make_pegawai()
        bad = (
            {"rekan": self.anna.name},
            {"rekan": stranger.name},
            {"tanggal": self.other},
            {"tanggal": add_days(getdate(), -1)},
            {"tanggal": add_days(getdate(), 20)},
        )
        for values in bad:
            frappe.set_user("Administrator")
            with self.subTest(**values), self.assertRaises(TukarDitolak):
                self.ask(**values)

    def test_duties_of_others_are_not_offered(self):
        with self.assertRaises((TukarDitolak, frappe.PermissionError)):
            self.ask(as_user=self.budi.user)

    def test_the_same_duty_is_asked_for_once(self):
        self.ask()
        with self.assertRaises(TukarDitolak):
            self.ask()

    def test_a_roster_that_changed_meanwhile_stops_the_exchange(self):
        name = self.ask().name
        self.act(self.budi.user, name, "Setujui")
        frappe.set_user("Administrator")
        row = frappe.get_doc("Roster Dinas", {"pegawai": self.budi.name, "tanggal": self.other})
        row.shift = self.pagi
        row.save()
        before = self.roster()
        with self.assertRaises(TukarDitolak):
            self.act(self.head.user, name, "Setujui")
        self.assertEqual(self.roster(), before)

    def test_nobody_takes_over_a_shift_that_begins_before_the_own_night_has_ended(self):
        before, early = add_days(self.day, -1), make_shift(mulai="07:00").name
        make_roster(self.budi.name, before, self.malam)
        row = frappe.get_doc("Roster Dinas", {"pegawai": self.anna.name, "tanggal": self.day})
        row.shift = early
        row.save()
        name = self.ask().name
        self.act(self.budi.user, name, "Setujui")
        with self.assertRaisesRegex(TukarDitolak, "07:30"):
            self.act(self.head.user, name, "Setujui")
        self.assertEqual(self.roster()[(self.anna.name, self.day)][0], early)

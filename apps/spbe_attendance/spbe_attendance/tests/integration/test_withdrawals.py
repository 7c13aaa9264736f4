"""Taking back what was asked for: corrections, appeals, exchanges of duties; and the exchange as the phone sees it."""

import uuid
from datetime import date

import frappe
from frappe.model.workflow import apply_workflow, get_transitions
from frappe.utils import add_days, getdate

from spbe_attendance import exceptions
from spbe_attendance.api import permohonan as api
from spbe_attendance.kehadiran.permohonan import service, views
from spbe_attendance.kepegawaian.accounts import current_pegawai
from spbe_attendance.patches.v0_1 import withdrawals
from spbe_attendance.setup import workflow
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd, make_pegawai
from spbe_attendance.tests.integration.test_request_workflows import FlowCase
from spbe_attendance.tests.schedules import make_roster, make_shift


class TestWithdrawals(FlowCase):
    __test__ = True
    VALUES = {
        "Koreksi Absensi": {
            "tanggal": "2026-11-03",
            "jenis": "Masuk",
            "waktu": "2026-11-03 07:25:00",
            "sebab": "Lupa Absen",
            "alasan": "Lupa",
        },
        "Sanggah": {"tanggal": "2026-11-03", "uraian": "Saya hadir"},
    }

    def made(self, doctype):
        frappe.set_user(self.staf.user)
        values = dict(self.VALUES[doctype])
        if doctype == "Koreksi Absensi":
            values["saksi"] = self.rekan.name
        return frappe.get_doc({"doctype": doctype, **values}).insert()

    def test_what_waits_is_taken_back_with_a_reason_and_may_be_asked_again(self):
        for doctype in self.VALUES:
            with self.subTest(doctype):
                doc = self.made(doctype)
                with self.assertRaises(exceptions.AlasanWajib):
                    service.withdraw(doctype, doc.name, None)
                answer = service.withdraw(doctype, doc.name, "Salah tanggal")
                self.assertEqual(answer["status"], "Dibatalkan")
                self.assertIn("Salah tanggal", answer["penjelasan"])
                self.assertEqual(self.marked(), set())
                self.assertNotEqual(self.made(doctype).name, doc.name)

    def test_a_withdrawn_correction_counts_against_no_quota(self):
        for _round in range(4):
            service.withdraw("Koreksi Absensi", self.made("Koreksi Absensi").name, "Keliru")
        self.assertEqual(frappe.db.count("Koreksi Absensi", {"pegawai": self.staf.name}), 4)

    def test_nobody_else_takes_it_back_and_nothing_after_the_decision(self):
        for doctype, action in (("Koreksi Absensi", "Setujui"), ("Sanggah", "Terima")):
            with self.subTest(doctype):
                doc = self.made(doctype)
                frappe.set_user(self.kepala.user)
                with self.assertRaises(exceptions.BukanPemohon):
                    service.withdraw(doctype, doc.name, "Bukan urusannya")
                self.act(self.kepala.user, doc, action)
                frappe.set_user(self.staf.user)
                with self.assertRaises(exceptions.SudahDiputus):
                    service.withdraw(doctype, doc.name, "Terlambat")

    def test_the_withdrawn_is_decided_by_nobody(self):
        doc = self.made("Sanggah")
        service.withdraw("Sanggah", doc.name, "Sudah jelas")
        with self.assertRaises(exceptions.SudahDiputus):
            self.act(self.kepala.user, doc, "Terima")

    def test_raw_writes_go_the_same_way(self):
        doc = self.made("Sanggah")
        frappe.set_user(self.rekan.user)
        for user, error in (
            (self.kepala.user, (exceptions.BukanPemohon, frappe.ValidationError)),
            (self.staf.user, exceptions.AlasanWajib),
        ):
            frappe.set_user(user)
            row = frappe.get_doc("Sanggah", doc.name)
            row.status = "Dibatalkan"
            with self.subTest(user), self.assertRaises(error):
                row.save()
        frappe.set_user(self.staf.user)
        row = frappe.get_doc("Sanggah", doc.name)
        row.uraian = "Lain"
        with self.assertRaises(exceptions.PermohonanTidakDapatDiubah):
            row.save()

    def test_workflows_of_before_get_the_withdrawal(self):
        frappe.set_user("Administrator")
        for table in (workflow.CORRECTIONS, workflow.APPEALS, workflow.EXCHANGES):
            doc = frappe.get_doc("Workflow", table.name)
            doc.transitions = [row for row in doc.transitions if row.action != "Batalkan"]
            doc.states = [row for row in doc.states if row.state != "Dibatalkan"]
            doc.save()
        withdrawals.execute()
        withdrawals.execute()
        for table in (workflow.CORRECTIONS, workflow.APPEALS, workflow.EXCHANGES):
            doc = frappe.get_doc("Workflow", table.name)
            wanted = workflow.as_workflow(table)
            with self.subTest(table.name):
                self.assertEqual(len(doc.transitions), len(wanted["transitions"]))
                self.assertEqual(
                    {row.state for row in doc.states}, {row["state"] for row in wanted["states"]}
                )


class TestExchangeOnThePhone(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opd = make_opd().name
        cls.anna, cls.budi, cls.other = (make_pegawai(opd=cls.opd) for _ in range(3))
        cls.head = make_pegawai(opd=cls.opd, roles=("Kepala OPD",))
        cls.stranger = make_pegawai()
        cls.pagi, cls.malam = make_shift().name, make_shift(mulai="20:00", selesai="07:30").name
        cls.day, cls.later = add_days(getdate(), 1), add_days(getdate(), 2)
        for person, day, shift in (
            (cls.anna, cls.day, cls.pagi),
            (cls.anna, cls.later, None),
            (cls.budi, cls.day, None),
            (cls.budi, cls.later, cls.malam),
        ):
            make_roster(person.name, day, shift)

    def ask(self, **values):
        frappe.set_user(self.anna.user)
        body = {
            "id_klien": str(uuid.uuid4()),
            "tanggal": str(self.day),
            "rekan": self.budi.name,
            "tanggal_rekan": str(self.later),
            "alasan": "Keperluan keluarga",
        }
        return api.ajukan_tukar_dinas(**{**body, **values})

    def mine(self, person):
        frappe.set_user(person.user)
        return views.mine(current_pegawai(), getdate(self.day).year)["tukar_dinas"]

    def waiting(self, person):
        frappe.set_user(person.user)
        return [row["name"] for row in views.waiting_for_me()]

    def test_the_form_offers_own_dates_colleagues_and_their_dates(self):
        frappe.set_user(self.anna.user)
        form = api.isian_tukar_dinas(rekan=self.budi.name)
        self.assertEqual(
            form["dinas"],
            [
                {"tanggal": self.day, "shift": self.pagi, "jam": form["dinas"][0]["jam"]},
                {"tanggal": self.later, "shift": None, "jam": None},
            ],
        )
        self.assertRegex(form["dinas"][0]["jam"], r"^\d\d:\d\d–\d\d:\d\d$")
        self.assertEqual([row["name"] for row in form["rekan"]], [self.budi.name])
        self.assertEqual([row["shift"] for row in form["dinas_rekan"]], [None, self.malam])
        with self.assertRaises(exceptions.PermohonanTidakDitemukan):
            api.isian_tukar_dinas(rekan=self.stranger.name)

    def test_from_asking_to_the_exchange(self):
        asked = self.ask()
        self.assertEqual((asked["status"], asked["duplikat"]), ("Diajukan", False))
        self.assertIn(self.budi.nama, asked["penjelasan"])
        (row,) = self.mine(self.anna)
        self.assertEqual(
            (row["peran"], row["tindakan"], row["nama_rekan"]), ("pemohon", ["Batalkan"], self.budi.nama)
        )
        (row,) = self.mine(self.budi)
        self.assertEqual((row["peran"], row["tindakan"]), ("rekan", ["Setujui", "Tolak"]))
        self.assertEqual((row["shift_pemohon"], row["shift_rekan"]), (self.pagi, self.malam))
        self.assertEqual(self.mine(self.other), [])
        self.assertEqual((self.waiting(self.budi), self.waiting(self.head)), ([asked["name"]], []))
        frappe.set_user(self.budi.user)
        self.assertEqual(api.setujui_tukar_dinas(name=asked["name"])["status"], "Disetujui Rekan")
        self.assertEqual((self.waiting(self.budi), self.waiting(self.head)), ([], [asked["name"]]))
        frappe.set_user(self.head.user)
        body = {"doctype": "Tukar Dinas", "name": asked["name"], "tindakan": "Setujui"}
        self.assertEqual(api.putuskan(**body)["status"], "Disetujui")
        rows = frappe.get_all(
            "Roster Dinas", {"pegawai": self.budi.name}, ["tanggal", "shift"], order_by="tanggal"
        )
        self.assertEqual(
            [(row.tanggal, row.shift) for row in rows], [(self.day, self.pagi), (self.later, None)]
        )

    def test_sent_again_it_is_the_same_request(self):
        key = str(uuid.uuid4())
        first, second = self.ask(id_klien=key), self.ask(id_klien=key)
        self.assertEqual((first["name"], second["duplikat"]), (second["name"], True))

    def test_the_colleague_declines_with_a_reason(self):
        name = self.ask()["name"]
        frappe.set_user(self.budi.user)
        with self.assertRaises(exceptions.AlasanWajib):
            api.tolak_tukar_dinas(name=name)
        answer = api.tolak_tukar_dinas(name=name, catatan="Ada acara")
        self.assertEqual((answer["status"], answer["penjelasan"]), ("Ditolak", "Ditolak. Ada acara"))
        with self.assertRaises(exceptions.SudahDiputus):
            api.setujui_tukar_dinas(name=name)

    def test_who_asked_takes_it_back_until_the_head_has_decided(self):
        name = self.ask()["name"]
        body = {"doctype": "Tukar Dinas", "name": name}
        frappe.set_user(self.budi.user)
        with self.assertRaises(exceptions.BukanPemohon):
            api.batalkan(**body, alasan="x")
        api.setujui_tukar_dinas(name=name)
        frappe.set_user(self.anna.user)
        with self.assertRaises(exceptions.AlasanWajib):
            api.batalkan(**body)
        self.assertEqual(api.batalkan(**body, alasan="Tidak jadi")["status"], "Dibatalkan")
        frappe.set_user(self.head.user)
        with self.assertRaises(exceptions.SudahDiputus):
            api.putuskan(**body, tindakan="Setujui")
        self.assertEqual(self.ask()["status"], "Diajukan")

    def test_nobody_takes_the_step_of_another(self):
        name = self.ask()["name"]
        for person, error in (
            (self.anna, exceptions.PersetujuanSendiri),
            (self.head, exceptions.PersetujuanSendiri),
            (self.other, exceptions.PermohonanTidakDitemukan),
            (self.stranger, exceptions.PermohonanTidakDitemukan),
        ):
            frappe.set_user(person.user)
            with self.subTest(person.nama), self.assertRaises(error):
                api.setujui_tukar_dinas(name=name)

    def test_on_the_desk_a_reason_is_asked_for_as_well(self):
        name = self.ask()["name"]
        doc = frappe.get_doc("Tukar Dinas", name)
        self.assertEqual([row.action for row in get_transitions(doc)], ["Batalkan"])
        with self.assertRaises(exceptions.AlasanWajib):
            apply_workflow(doc, "Batalkan")

    def test_bad_requests_are_refused_by_name(self):
        for values, error in (
            ({"id_klien": "x"}, exceptions.PermintaanTidakSah),
            ({"tanggal": "besok"}, exceptions.PermohonanTidakSah),
            ({"rekan": "'; drop"}, exceptions.PermohonanTidakSah),
            ({"rekan": "tidakada"}, frappe.LinkValidationError),
            ({"alasan": ""}, exceptions.PermohonanTidakSah),
            ({"pemohon": "x", "pegawai": "x"}, exceptions.PegawaiTidakBolehDisebut),
            ({"tanggal": str(date(2099, 1, 1))}, exceptions.TukarDitolak),
        ):
            with self.subTest(values), self.assertRaises(error):
                self.ask(**values)

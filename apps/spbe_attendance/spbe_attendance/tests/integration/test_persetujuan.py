"""Approvals on the phone: what waits for whom, deciding on many at once, and every refusal."""

from unittest.mock import patch

import frappe
from frappe.model.workflow import get_transitions

from spbe_attendance import exceptions
from spbe_attendance.api import persetujuan
from spbe_attendance.kehadiran.persetujuan import decisions, turns, waiting
from spbe_attendance.tests.factories import (
    LAT,
    make_absensi,
    make_lokasi,
    make_pegawai,
    make_role_user,
    make_tinjauan,
)
from spbe_attendance.tests.integration.test_request_workflows import FlowCase
from spbe_attendance.tests.schedules import make_roster, make_shift

OUTSIDE = {"latitude": LAT + 0.01, "alasan": "Antar surat ke kecamatan"}


class ApprovalCase(FlowCase):
    __test__ = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        frappe.set_user("Administrator")
        make_lokasi(opd=cls.dinas.name)
        cls.kepala_bkpsdm = make_pegawai(opd=cls.dinas.name, roles=("BKPSDM", "Kepala OPD"))
        cls.pimpinan_kepala = make_pegawai(roles=("Kepala OPD", "Pimpinan"))

    def outside(self, person=None, **values):
        person = person or self.staf
        frappe.set_user(person.user)
        doc = make_absensi(pegawai=person.name, **{**OUTSIDE, **values})
        self.assertEqual(doc.status, "Menunggu Persetujuan")
        return doc

    def status(self, doc):
        return frappe.db.get_value(doc.doctype, doc.name, "status")

    def decide(self, user, doctype, names, action, note="Catatan uji", **more):
        frappe.set_user(user)
        return persetujuan.putuskan(doctype=doctype, nama=names, aksi=action, catatan=note, **more)

    def listed(self, user):
        frappe.set_user(user)
        return {
            (group["doctype"], row["name"]): row
            for group in persetujuan.daftar()["kelompok"]
            for row in group["baris"]
        }


class TestPages(ApprovalCase):
    __test__ = True

    def pages(self, doctype, size):
        """Names of each page, and the count that each was told with."""
        frappe.set_user(self.kepala.user)
        with patch.object(waiting, "MOST", size):
            group = next(one for one in persetujuan.daftar()["kelompok"] if one["doctype"] == doctype)
            found = [group]
            while group["lanjut"]:
                group = persetujuan.lanjutan(doctype=doctype, sesudah=group["lanjut"])
                found.append(group)
        return [[row["name"] for row in page["baris"]] for page in found], {one["jumlah"] for one in found}

    def test_what_waits_is_told_page_by_page_each_row_once_in_its_order(self):
        names = [self.outside().name for _ in range(5)]
        # Made in the same instant: their names decide.
        same = {"creation": "2026-11-03 01:00:00"}
        for name in names[1:3]:
            frappe.db.set_value("Absensi", name, same, update_modified=False)
        pages, counts = self.pages("Absensi", 2)
        shown = [name for page in pages for name in page]
        self.assertEqual([len(page) for page in pages], [2, 2, 1])
        self.assertEqual((sorted(shown), counts), (sorted(names), {5}))
        self.assertEqual(shown[:2], sorted(names[1:3]))
        self.assertEqual(self.pages("Absensi", 5)[0], [shown])

    def test_the_heaviest_of_the_review_queue_come_first_on_every_page(self):
        scores = (3, 9, 9, 1, 5)
        rows = [make_tinjauan(make_absensi(pegawai=self.staf.name), skor=score).name for score in scores]
        pages, _counts = self.pages("Tinjauan Absensi", 2)
        shown = [name for page in pages for name in page]
        self.assertEqual([scores[rows.index(name)] for name in shown], sorted(scores, reverse=True))

    def test_a_decision_in_between_neither_repeats_nor_skips_a_row(self):
        names = [self.outside().name for _ in range(4)]
        frappe.set_user(self.kepala.user)
        with patch.object(waiting, "MOST", 2):
            first = next(one for one in persetujuan.daftar()["kelompok"] if one["doctype"] == "Absensi")
            shown = [row["name"] for row in first["baris"]]
            self.assertEqual(self.decide(self.kepala.user, "Absensi", shown, "Setujui")["berhasil"], 2)
            rest = persetujuan.lanjutan(doctype="Absensi", sesudah=first["lanjut"])
        self.assertEqual(sorted(row["name"] for row in rest["baris"]), sorted(set(names) - set(shown)))
        self.assertEqual((rest["jumlah"], rest["lanjut"]), (2, None))

    def test_what_is_no_place_in_the_list_is_refused_and_others_rows_stay_theirs(self):
        mine = self.outside().name
        for asked in (
            {"doctype": "User", "sesudah": mine},
            {"doctype": "Absensi"},
            {"doctype": "Absensi", "sesudah": "tidak ada"},
        ):
            with self.subTest(asked), self.assertRaises(exceptions.PermohonanTidakSah):
                persetujuan.lanjutan(**asked)
        with self.assertRaises(exceptions.PermintaanTidakSah):
            persetujuan.lanjutan(doctype="Absensi", sesudah=["x"])
        frappe.set_user(self.staf.user)
        self.assertEqual(persetujuan.lanjutan(doctype="Absensi", sesudah=mine)["baris"], [])


class TestWaiting(ApprovalCase):
    __test__ = True

    def world(self):
        """One waiting row of each kind and state that somebody can hold."""
        permit = self.ask()
        second = self.ask(self.rekan.user, dari="2026-11-11", sampai="2026-11-11")
        own = self.ask(self.kepala.user, dari="2026-11-12", sampai="2026-11-12")
        order = self.ask(
            self.admin.user,
            jenis="DL",
            pegawai=self.rekan.name,
            lampiran=self.letter(self.admin.user),
            peserta=[{"pegawai": self.kepala.name}],
            dari="2026-11-16",
            sampai="2026-11-16",
        )
        frappe.set_user(self.staf.user)
        correction = frappe.get_doc(
            {
                "doctype": "Koreksi Absensi",
                "tanggal": "2026-11-03",
                "jenis": "Masuk",
                "sebab": "Kendala Teknis",
                "waktu": "2026-11-03 07:20:00",
                "alasan": "Ponsel mati",
                "lampiran": self.letter(),
            }
        ).insert()
        appeal = frappe.get_doc(
            {"doctype": "Sanggah", "tanggal": "2026-11-03", "uraian": "Saya hadir"}
        ).insert()
        reviews = [make_tinjauan(self.outside(person)) for person in (self.staf, self.kepala)]
        reviews[0].db_set("status", "Perlu Klarifikasi")
        return [
            *reviews,
            self.outside(),
            self.outside(self.kepala),
            permit,
            second,
            own,
            order,
            correction,
            appeal,
        ]

    def test_the_set_says_what_the_workflow_says_about_each_row(self):
        docs = [*self.world(), *self.exchanges()]
        frappe.set_user("Administrator")
        people = [
            self.staf.user,
            self.atasan.user,
            self.rekan.user,
            self.kepala.user,
            self.admin.user,
            self.orang_luar.user,
            self.bkpsdm,
            self.kepala_bkpsdm.user,
            make_role_user("Wali Data"),
        ]
        held = 0
        for user in people:
            frappe.set_user(user)
            who = turns.decider(user)
            for doc in docs:
                doc.reload()
                may_read = frappe.has_permission(doc.doctype, "read", doc=doc)
                actions = {row.action for row in get_transitions(doc)} if may_read else set()
                with self.subTest(user=user, row=doc.doctype, status=doc.status):
                    expected = bool(actions & {"Setujui", "Terima", "Wajar"}) and self.may(doc, user)
                    found = doc.name in turns.names(doc.doctype, who, 500)
                    self.assertEqual(found, expected)
                    held += found
            counted = waiting.counts(user)
            self.assertEqual(counted["semua"], sum(counted["per_jenis"].values()))
        self.assertGreater(held, 15)

    def may(self, doc, user):
        """Frappe hides the own punch by its owner alone, and shows it to whoever types; the product goes by the person."""
        return doc.doctype != "Absensi" or not doc.is_own()

    def exchanges(self):
        frappe.set_user("Administrator")
        make_roster(self.staf.name, "2026-11-20", make_shift().name)
        make_roster(self.rekan.name, "2026-11-20", None)
        frappe.set_user(self.staf.user)
        values = {"pemohon": self.staf.name, "rekan": self.rekan.name, "alasan": "Acara keluarga"}
        asked = frappe.get_doc(
            {"doctype": "Tukar Dinas", "tanggal": "2026-11-20", "tanggal_rekan": "2026-11-20", **values}
        ).insert()
        return [asked]

    def test_a_row_carries_all_that_a_decision_needs(self):
        doc = self.outside()
        row = self.listed(self.kepala.user)[("Absensi", doc.name)]
        self.assertEqual(
            (row["nama"], row["nama_opd"], row["alasan"], row["tindakan"]),
            (self.staf.nama, self.bidang.nama_opd, OUTSIDE["alasan"], ["Setujui", "Tolak"]),
        )
        self.assertEqual(row["tempat"]["jenis_area"], "Radius")
        self.assertGreater(row["jarak"], 900)
        self.assertEqual((row["latitude"], row["foto_status"]), (OUTSIDE["latitude"], "Menunggu"))
        self.assertFalse({"nik", "nip"} & set(row))

    def test_counting_takes_the_same_statements_for_one_row_and_many(self):
        self.outside()
        few = self.statements(lambda: waiting.counts(self.kepala.user))
        for minute in range(5):
            self.outside(self.rekan, waktu_perangkat=f"2026-11-04T09:0{minute}:00+07:00")
        self.assertEqual(self.statements(lambda: waiting.counts(self.kepala.user)), few)

    def statements(self, action):
        action()
        plain, seen = frappe.db.sql, []
        with patch.object(frappe.db, "sql", side_effect=lambda *a, **k: seen.append(a[0]) or plain(*a, **k)):
            action()
        return len(seen)

    def test_whoever_decides_nothing_is_told_so(self):
        self.outside()
        frappe.set_user(self.staf.user)
        told = persetujuan.jumlah()
        self.assertEqual((told["semua"], told["pemutus"]), (0, False))
        self.assertEqual(persetujuan.daftar()["kelompok"], [])
        frappe.set_user(self.atasan.user)
        self.assertTrue(persetujuan.jumlah()["pemutus"])


class TestDeciding(ApprovalCase):
    __test__ = True

    def test_many_punches_are_approved_at_once_with_note_and_timeline(self):
        docs = [self.outside(), self.outside(self.rekan)]
        told = self.decide(
            self.kepala.user, "Absensi", [doc.name for doc in docs], "Setujui", "Benar, tugas luar"
        )
        self.assertEqual((told["berhasil"], told["gagal"]), (2, 0))
        for doc in docs:
            doc.reload()
            self.assertEqual((doc.status, doc.catatan_persetujuan), ("Disetujui", "Benar, tugas luar"))
            self.assertIn("Disetujui", self.comments(doc))
        self.assertIn((self.staf.name, docs[0].tanggal), {(who, last) for who, _first, last in self.marked()})
        self.assertEqual(self.listed(self.kepala.user), {})

    def test_one_refusal_leaves_the_others_standing(self):
        mine, other = self.outside(self.kepala), self.outside()
        told = self.decide(self.kepala.user, "Absensi", [mine.name, other.name, "tiada"], "Setujui")
        self.assertEqual([row["berhasil"] for row in told["hasil"]], [False, True, False])
        self.assertEqual(
            [row["galat"] for row in told["hasil"]],
            ["PersetujuanSendiri", None, "PermohonanTidakDitemukan"],
        )
        self.assertTrue(all(row["penjelasan"] for row in told["hasil"]))
        self.assertEqual(self.status(mine), "Menunggu Persetujuan")
        self.assertEqual(self.status(other), "Disetujui")
        self.assertFalse(frappe.message_log)

    def test_nobody_decides_an_own_exception_whatever_the_roles(self):
        for person in (self.kepala, self.kepala_bkpsdm, self.pimpinan_kepala):
            doc = self.outside(person) if person is not self.pimpinan_kepala else self.outside(self.kepala)
            told = self.decide(person.user, "Absensi", [doc.name], "Setujui")
            with self.subTest(person.nama):
                self.assertIn(told["hasil"][0]["galat"], {"PersetujuanSendiri", "BukanPemutus"})
                self.assertEqual(self.status(doc), "Menunggu Persetujuan")

    def test_seeing_every_punch_is_not_deciding_on_it(self):
        doc = self.outside()
        told = self.decide(self.pimpinan_kepala.user, "Absensi", [doc.name], "Setujui")
        self.assertEqual(told["hasil"][0]["galat"], "BukanPemutus")
        for user, error in (
            (self.orang_luar.user, "PermohonanTidakDitemukan"),
            (self.admin.user, "BukanPemutus"),
            (self.staf.user, "PersetujuanSendiri"),
        ):
            self.assertEqual(self.decide(user, "Absensi", [doc.name], "Setujui")["hasil"][0]["galat"], error)
        self.assertEqual(self.status(doc), "Menunggu Persetujuan")

    def test_a_rejection_says_why(self):
        doc = self.outside()
        told = self.decide(self.kepala.user, "Absensi", [doc.name], "Tolak", None)
        self.assertEqual(told["hasil"][0]["galat"], "AlasanWajib")
        told = self.decide(self.kepala.user, "Absensi", [doc.name], "Tolak", "Tidak ada tugas luar")
        self.assertEqual(told["hasil"][0]["status"], "Ditolak")
        self.assertIn("Tidak ada tugas luar", told["hasil"][0]["penjelasan"])

    def test_the_same_decision_sent_twice_is_one_and_never_a_second_step(self):
        frappe.db.set_value("Pegawai", self.staf.name, "atasan", self.kepala_bkpsdm.name)
        doc = self.ask()
        seen = {doc.name: doc.status}
        first = self.decide(self.kepala_bkpsdm.user, doc.doctype, [doc.name], "Setujui", status=seen)
        again = self.decide(self.kepala_bkpsdm.user, doc.doctype, [doc.name], "Setujui", status=seen)
        self.assertTrue(first["berhasil"] and again["berhasil"])
        self.assertEqual(first["hasil"][0]["status"], again["hasil"][0]["status"])
        late = self.decide(self.bkpsdm, doc.doctype, [doc.name], "Setujui", status=seen)
        self.assertEqual(late["hasil"][0]["galat"], "SudahDiputus")

    def test_requests_take_their_own_way(self):
        doc = self.ask()
        told = self.decide(self.atasan.user, "Ketidakhadiran", [doc.name], "Setujui")
        self.assertEqual(told["hasil"][0]["status"], "Menunggu Kepala OPD")
        told = self.decide(self.atasan.user, "Ketidakhadiran", [doc.name], "Setujui")
        self.assertEqual(told["hasil"][0]["galat"], "BukanPemutus")

    def test_a_busy_database_decides_nothing_and_says_so(self):
        docs = [self.outside(), self.outside(self.rekan)]
        with (
            patch.object(decisions, "decide", side_effect=frappe.QueryDeadlockError),
            self.assertRaises(exceptions.SistemSibuk),
        ):
            self.decide(self.kepala.user, "Absensi", [doc.name for doc in docs], "Setujui")

    def test_bad_requests_are_refused_before_anything_is_looked_up(self):
        good = {"doctype": "Absensi", "nama": ["a"], "aksi": "Setujui"}
        for bad in (
            {"doctype": "User"},
            {"doctype": None},
            {"nama": []},
            {"nama": "bukan json"},
            {"nama": {"a": 1}},
            {"nama": ["a", "a"]},
            {"nama": [str(n) for n in range(51)]},
            {"nama": [["a"]]},
            {"nama": ["a'; --"]},
            {"aksi": "Batalkan"},
            {"aksi": ["Setujui"]},
            {"catatan": "x" * 1001},
            {"status": "[]"},
            {"status": {"a": 1}},
        ):
            with (
                self.subTest(bad),
                self.assertRaises((exceptions.PermohonanTidakSah, exceptions.PermintaanTidakSah)),
            ):
                persetujuan.putuskan(**{**good, **bad})

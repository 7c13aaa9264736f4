"""Deciding on the review queue: who sees and decides what, from the phone and in Desk, and what follows of it."""

from __future__ import annotations

import frappe
from frappe.utils import getdate

from spbe_attendance import exceptions
from spbe_attendance.api import persetujuan as api
from spbe_attendance.kehadiran.apel import results
from spbe_attendance.kehadiran.pemberitahuan import reviews
from spbe_attendance.tests.factories import make_lokasi, make_pegawai, make_role_user, make_tinjauan
from spbe_attendance.tests.integration.test_tinjauan_pindai import REVIEW, ScanCase

VERBS = ("read", "write", "create", "delete", "report", "export")
# (role): verbs on a row of the own OPD, on one of another OPD, on one about oneself. r w c d R x
MATRIX = {
    "Pegawai SPBE": ("", "", ""),
    "Kepala OPD": ("rwR", "", ""),
    "Admin OPD": ("", "", ""),
    "BKPSDM": ("rwRx", "rwRx", ""),
    "Pimpinan": ("", "", ""),
    "Wali Data": ("", "", ""),
}
LETTERS = {"read": "r", "write": "w", "create": "c", "delete": "d", "report": "R", "export": "x"}


class TestDecisions(ScanCase):
    __test__ = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.asing = make_pegawai()
        make_lokasi(opd=cls.asing.opd)

    def review(self, person=None, **values):
        return make_tinjauan(frappe.get_doc("Absensi", self.recorded(person or self.staf).name), **values)

    def decide(self, user, names, action="Wajar", note=None, **more):
        frappe.set_user(user)
        told = api.putuskan(doctype=REVIEW, nama=names, aksi=action, catatan=note, **more)
        frappe.set_user("Administrator")
        return told

    def status(self, row):
        return frappe.db.get_value(REVIEW, row.name, "status")

    def listed(self, user):
        frappe.set_user(user)
        groups = {group["doctype"]: group["baris"] for group in api.daftar()["kelompok"]}
        return {row["name"]: row for row in groups.get(REVIEW, ())}

    def test_every_role_may_do_what_the_table_says_and_nothing_else(self):
        own, foreign = self.review(), self.review(self.asing)
        for role, expected in MATRIX.items():
            person = make_pegawai(opd=self.opd.name, roles=(role,))
            for row, allowed in zip((own, foreign, self.review(person)), expected, strict=True):
                found = "".join(
                    LETTERS[verb]
                    for verb in VERBS
                    if frappe.has_permission(REVIEW, verb, doc=row, user=person.user)
                )
                with self.subTest(role=role, row=row.name):
                    self.assertEqual(found, allowed)

    def test_lists_show_exactly_what_forms_open(self):
        rows = [self.review(), self.review(self.asing)]
        for role in ("Kepala OPD", "BKPSDM"):
            person = make_pegawai(opd=self.opd.name, roles=(role,))
            mine = self.review(person)
            frappe.set_user(person.user)
            shown = set(
                frappe.get_list(REVIEW, {"name": ["in", [r.name for r in (*rows, mine)]]}, pluck="name")
            )
            opened = {r.name for r in (*rows, mine) if frappe.has_permission(REVIEW, "read", doc=r.name)}
            frappe.set_user("Administrator")
            with self.subTest(role):
                self.assertEqual(shown, opened)
                self.assertNotIn(mine.name, shown)

    def test_the_list_has_all_that_is_needed_to_decide(self):
        row, other = self.review(skor=55), self.recorded(self.rekan)
        row.flags.scanning = True
        row.isyarat[0].absensi_lain = f"{other.name}\n{self.recorded(self.asing).name}"
        row.save()
        told = self.listed(self.kepala.user)[row.name]

        self.assertEqual((told["nama"], told["nama_opd"]), (self.staf.nama, self.opd.nama_opd))
        self.assertEqual([signal["uraian"] for signal in told["isyarat"]], ["Untuk uji"])
        self.assertEqual([one["name"] for one in told["lain"]], [other.name])
        self.assertEqual(told["tersembunyi"], 1)
        self.assertEqual(told["tindakan"], ["Wajar", "Minta Klarifikasi", "Nyatakan Tidak Sah"])
        self.assertEqual((told["skor"], told["tempat"]["nama_lokasi"]), (55, "Kantor Uji"))

    def test_the_list_is_of_the_own_subtree_open_and_never_about_oneself(self):
        mine, open_row, done = self.review(self.kepala), self.review(), self.review()
        done.db_set("status", "Wajar")
        foreign = self.review(self.asing)
        shown = self.listed(self.kepala.user)
        self.assertIn(open_row.name, shown)
        self.assertEqual({mine.name, done.name, foreign.name} & set(shown), set())

    def test_who_decides_nothing_has_an_empty_list(self):
        self.review()
        for user in (self.staf.user, make_role_user("Pimpinan")):
            frappe.set_user(user)
            with self.subTest(user):
                self.assertEqual((api.daftar()["semua"], api.daftar()["kelompok"]), (0, []))

    def test_many_are_decided_at_once_and_one_refusal_leaves_the_others_standing(self):
        good, foreign, mine = self.review(), self.review(self.asing), self.review(self.kepala)
        told = self.decide(self.kepala.user, [good.name, foreign.name, mine.name, "tidakada"])

        self.assertEqual((told["berhasil"], told["gagal"]), (1, 3))
        self.assertEqual(
            [self.status(row) for row in (good, foreign, mine)], ["Wajar", "Menunggu", "Menunggu"]
        )
        self.assertTrue(all(result["penjelasan"] for result in told["hasil"] if not result["berhasil"]))

    def test_a_note_is_asked_for_what_the_person_must_answer(self):
        row = self.review()
        for action in ("Minta Klarifikasi", "Nyatakan Tidak Sah"):
            told = self.decide(self.kepala.user, [row.name], action)
            self.assertEqual(told["hasil"][0]["galat"], "PutusanTanpaCatatan")
        told = self.decide(self.kepala.user, [row.name], "Nyatakan Tidak Sah", "Foto dari foto")
        self.assertEqual(told["hasil"][0]["status"], "Tidak Sah")
        self.assertEqual(frappe.db.get_value(REVIEW, row.name, "catatan"), "Foto dari foto")

    def test_the_same_decision_again_is_answered_and_anothers_is_told(self):
        row = self.review()
        office = make_role_user("BKPSDM")
        seen = {"status": {row.name: "Menunggu"}}
        self.decide(self.kepala.user, [row.name], **seen)
        self.assertTrue(self.decide(self.kepala.user, [row.name], **seen)["hasil"][0]["berhasil"])
        for more in (seen, {}):
            self.assertEqual(self.decide(office, [row.name], **more)["hasil"][0]["galat"], "SudahDiputus")

    def test_the_heaviest_come_first_and_the_badge_counts_them(self):
        light, heavy = self.review(skor=5), self.review(skor=80)
        names = list(self.listed(self.kepala.user))
        self.assertLess(names.index(heavy.name), names.index(light.name))
        self.assertEqual(api.jumlah()["per_jenis"][REVIEW], len(names))

    def test_staff_and_admins_decide_nothing(self):
        row = self.review()
        admin = make_pegawai(opd=self.opd.name, roles=("Admin OPD",))
        for user in (self.staf.user, self.rekan.user, admin.user, make_role_user("Pimpinan")):
            with self.subTest(user):
                self.assertEqual(self.decide(user, [row.name])["gagal"], 1)
        self.assertEqual(self.status(row), "Menunggu")

    def test_odd_orders_are_refused_in_words(self):
        for names, action in (
            ([], "Wajar"),
            ("bukan json", "Wajar"),
            ([1], "Wajar"),
            ([{"a": 1}], "Wajar"),
            ([[]], "Wajar"),
            (["a"] * 2, "Wajar"),
            ([f"n{number}" for number in range(51)], "Wajar"),
            (["a"], "Menunggu"),
            (["a"], "Setujui"),
            (["a"], None),
            (None, "Wajar"),
        ):
            told = self.subTest(names=str(names)[:30], action=action)
            with told, self.assertRaises((exceptions.PermohonanTidakSah, exceptions.PermintaanTidakSah)):
                self.decide(self.kepala.user, names, action)

    def test_the_person_hears_of_the_decision_with_its_words_and_not_of_the_suspicion(self):
        row = self.review()
        self.assertEqual(reviews.announce(row.name, "Tidak Sah", "id"), [])
        self.decide(self.kepala.user, [row.name], "Nyatakan Tidak Sah", "Foto dari foto")
        self.assertEqual(reviews.announce(row.name, "Tidak Sah", "id"), [self.staf.user])
        note = frappe.get_last_doc("Notification Log", {"for_user": self.staf.user})
        self.assertIn("Foto dari foto", note.subject)
        self.assertEqual((note.document_type, note.document_name), ("Absensi", row.absensi))

    def test_a_void_punch_at_a_roll_call_is_not_presence(self):
        event = frappe.generate_hash(length=10)
        row = self.review()
        frappe.db.set_value("Absensi", row.absensi, {"kegiatan": event, "jenis": "Apel"})
        self.assertEqual(results.punches([event]), {(event, self.staf.name): "Hadir"})
        self.decide(self.kepala.user, [row.name], "Nyatakan Tidak Sah", "Foto dari foto")
        self.assertEqual(results.punches([event]), {})
        self.assertEqual(
            getdate(row.tanggal), getdate(frappe.db.get_value("Absensi", row.absensi, "tanggal"))
        )

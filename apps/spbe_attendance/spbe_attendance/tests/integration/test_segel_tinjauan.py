"""Decisions of the review queue on a real database: sealed with the punches, and found when somebody changes them by SQL."""

from __future__ import annotations

import frappe

from spbe_attendance.evidence import chain
from spbe_attendance.patches.v0_1 import review_decisions
from spbe_attendance.tests.factories import make_pegawai, make_tinjauan
from spbe_attendance.tests.integration.test_segel import DAY, SealedWorld

REVIEW, RULING = "Tinjauan Absensi", "Putusan Tinjauan"
NOTE = "Foto dari foto, orangnya di rumah"


class TestSealedReviews(SealedWorld):
    def setUp(self):
        super().setUp()
        self.head = make_pegawai(opd=self.opd, roles=("Kepala OPD",))
        self.punch = self.punches()[3]
        make_tinjauan(frappe.get_doc("Absensi", self.punch))

    def decide(self, status, note=None):
        """By the workflow, with the log of changes that tests leave out otherwise."""
        frappe.set_user(self.head.user)
        row = frappe.get_doc(REVIEW, self.punch)
        if note:
            row.catatan = note
            row.save(ignore_version=False)
        row.status = status
        row.save(ignore_version=False)
        frappe.set_user("Administrator")

    def rulings(self):
        fields = ["nomor", "status", "pemutus", "diputuskan_oleh", "catatan"]
        return [
            tuple(row.values())
            for row in frappe.get_all(RULING, {"parent": self.punch}, fields, order_by="nomor")
        ]

    def decided(self):
        self.decide("Perlu Klarifikasi", "Mengapa jauh?")
        self.decide("Tidak Sah", NOTE)
        assert self.seal() == 2

    def test_each_decision_is_sealed_once_with_who_when_and_why(self):
        self.decided()
        assert self.seal() == 0
        assert self.rulings() == [
            (1, "Perlu Klarifikasi", self.head.name, self.head.user, "Mengapa jauh?"),
            (2, "Tidak Sah", self.head.name, self.head.user, NOTE),
        ]
        seals = frappe.get_all(
            "Segel Absensi",
            {"absensi": self.punch, "peristiwa": chain.DITINJAU},
            ["nomor", "status", "diputuskan_oleh", "catatan_sha256", "diputuskan_pada"],
            order_by="urutan",
        )
        assert [(row.nomor, row.status, row.diputuskan_oleh) for row in seals] == [
            (1, "Perlu Klarifikasi", self.head.name),
            (2, "Tidak Sah", self.head.name),
        ]
        assert seals[1].catatan_sha256 == chain.digest(NOTE)
        assert seals[1].diputuskan_pada == frappe.db.get_value(REVIEW, self.punch, "diputuskan_pada")
        assert self.found() == []
        # The day was closed before: another version of its root holds them.
        assert self.root().versi == 2

    def test_who_may_write_on_the_row_cannot_change_what_was_decided(self):
        self.decided()
        frappe.set_user(self.head.user)
        row = frappe.get_doc(REVIEW, self.punch)
        row.riwayat[0].status = "Wajar"
        row.set("riwayat", row.riwayat[:1])
        row.save()
        frappe.set_user("Administrator")
        assert [ruling[1] for ruling in self.rulings()] == ["Perlu Klarifikasi", "Tidak Sah"]
        assert self.found() == []

    def test_a_verdict_turned_by_sql_is_named(self):
        self.decided()
        frappe.db.set_value(REVIEW, self.punch, "status", "Wajar", update_modified=False)
        assert self.named() == {("tinjauan_berubah", self.punch)}
        frappe.db.set_value(
            RULING, {"parent": self.punch, "nomor": 2}, "status", "Wajar", update_modified=False
        )
        assert self.named() == {("tinjauan_berubah", self.punch)}
        frappe.db.delete(RULING, {"parent": self.punch})
        frappe.db.delete(REVIEW, {"name": self.punch})
        assert self.named() == {("tinjauan_hilang", self.punch)}

    def test_a_verdict_put_in_by_sql_is_named(self):
        frappe.db.set_value(REVIEW, self.punch, "status", "Tidak Sah", update_modified=False)
        assert self.named() == {("tinjauan_berubah", self.punch)}

    def test_decisions_from_before_are_taken_from_the_log_of_changes(self):
        self.decide("Perlu Klarifikasi", "Mengapa jauh?")
        self.decide("Tidak Sah", NOTE)
        before = self.rulings()
        frappe.db.delete(RULING, {"parent": self.punch})
        review_decisions.write(frappe.get_doc(REVIEW, self.punch))
        assert self.rulings() == before
        # Once only, whatever is there already.
        review_decisions.take_over()
        assert self.rulings() == before
        assert (self.seal(), self.found()) == (2, [])

    def test_without_a_log_what_stands_is_taken(self):
        self.decide("Tidak Sah", NOTE)
        frappe.db.delete("Version", {"docname": self.punch})
        frappe.db.delete(RULING, {"parent": self.punch})
        review_decisions.write(frappe.get_doc(REVIEW, self.punch))
        assert self.rulings() == [(1, "Tidak Sah", self.head.name, self.head.user, NOTE)]

    def test_the_day_of_the_punch_holds_them(self):
        self.decided()
        days = frappe.get_all("Segel Absensi", {"absensi": self.punch}, pluck="tanggal", distinct=True)
        assert days == [DAY]

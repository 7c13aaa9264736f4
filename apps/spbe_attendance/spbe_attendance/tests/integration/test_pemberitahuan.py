"""Who is told of a request at each of its states, and who is not."""

from contextlib import contextmanager

import frappe

from spbe_attendance.kehadiran.pemberitahuan import requests, service
from spbe_attendance.tests.factories import make_absensi, make_lokasi
from spbe_attendance.tests.integration.test_request_workflows import FlowCase


class TestNotifications(FlowCase):
    __test__ = True

    def announced(self, doc):
        """The job of the document's state as it stands: whom it has told."""
        doc.reload()
        return set(requests.announce(doc.doctype, doc.name, doc.status, "id"))

    @staticmethod
    @contextmanager
    def queued():
        """Announcements that a piece of work leaves for after its commit."""
        before, found = len(frappe.db.after_commit._functions), []
        yield found
        for call in list(frappe.db.after_commit._functions)[before:]:
            cells = [cell.cell_contents for cell in call.__closure__ or ()]
            jobs = [cell["method"] for cell in cells if isinstance(cell, dict) and "method" in cell]
            found += [job for job in jobs if job is requests.announce]

    def test_each_step_of_a_permit_is_told_to_its_decider_and_the_end_to_the_person(self):
        doc = self.ask(dari="2026-11-06", sampai="2026-11-10")
        self.assertEqual(self.announced(doc), {self.atasan.user})
        self.act(self.atasan.user, doc, "Setujui")
        self.assertEqual(self.announced(doc), {self.kepala.user})
        self.act(self.kepala.user, doc, "Setujui")
        self.assertEqual(self.announced(doc), {self.staf.user})
        filters = {"document_name": doc.name, "for_user": self.staf.user}
        note = frappe.get_doc("Notification Log", filters)
        self.assertEqual((note.document_type, note.from_user), ("Ketidakhadiran", self.kepala.user))
        self.assertIn("Disetujui", note.subject)

    def test_without_a_head_bkpsdm_is_told(self):
        doc = self.ask(self.orang_luar.user)
        self.assertIn(self.bkpsdm, self.announced(doc))

    def test_a_correction_is_told_to_superior_and_head_and_never_to_the_person(self):
        frappe.set_user(self.staf.user)
        doc = frappe.get_doc(
            {
                "doctype": "Koreksi Absensi",
                "tanggal": "2026-11-03",
                "jenis": "Masuk",
                "waktu": "2026-11-03 07:25:00",
                "sebab": "Lupa Absen",
                "alasan": "Lupa",
                "saksi": self.rekan.name,
            }
        ).insert()
        self.assertEqual(self.announced(doc), {self.atasan.user, self.kepala.user})
        self.act(self.kepala.user, doc, "Tolak")
        self.assertEqual(self.announced(doc), {self.staf.user})

    def test_an_appeal_is_told_to_the_head(self):
        frappe.set_user(self.staf.user)
        doc = frappe.get_doc({"doctype": "Sanggah", "tanggal": "2026-11-03", "uraian": "Hadir"}).insert()
        self.assertEqual(self.announced(doc), {self.kepala.user})

    def test_what_has_moved_on_is_not_announced_any_more(self):
        doc = self.ask()
        self.act(self.atasan.user, doc, "Setujui")
        self.assertEqual(requests.announce("Ketidakhadiran", doc.name, "Menunggu Atasan", "id"), [])
        self.assertEqual(requests.announce("Ketidakhadiran", "tidakada", "Disetujui", "id"), [])

    def test_a_punch_is_announced_only_when_it_waits_and_after_its_commit(self):
        make_lokasi(opd=self.dinas.name)
        frappe.set_user(self.staf.user)
        with self.queued() as quiet:
            inside = make_absensi(jenis="Pulang")
        with self.queued() as loud:
            outside = make_absensi(latitude=2.5, longitude=103.5, alasan="Rapat di luar", jenis="Pulang")
        self.assertEqual((inside.status, outside.status), ("Sah", "Menunggu Persetujuan"))
        self.assertEqual((quiet, loud), ([], [requests.announce]))
        self.assertEqual(frappe.db.count("Notification Log", {"document_name": outside.name}), 0)
        self.assertEqual(self.announced(outside), {self.kepala.user})

    def test_nobody_is_told_of_what_they_did_themselves_and_no_disabled_account(self):
        doc = self.ask()
        frappe.db.set_value("User", self.rekan.user, "enabled", 0)
        frappe.set_user(self.kepala.user)
        told = service.tell([self.kepala.user, self.rekan.user, self.staf.user], "Uji <b>", doc)
        self.assertEqual(told, [self.staf.user])
        subject = frappe.db.get_value("Notification Log", {"document_name": doc.name}, "subject")
        self.assertNotIn("<b>", subject)

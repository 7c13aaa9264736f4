"""A site without ERPNext and HRMS: nothing is asked of them, nothing fails, and the settings say so in words."""

import frappe

from spbe_attendance import hooks
from spbe_attendance.integrations.erpnext import foreign, lifecycle, notes, queue, run, settings, state
from spbe_attendance.integrations.exceptions import IntegrasiTidakSiap
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_lokasi, make_opd, make_pegawai, punch
from spbe_attendance.tests.rekap_world import counted


class TestAbsent(SiteTestCase):
    def test_install_and_uninstall_need_nothing_of_theirs(self):
        lifecycle.seed()
        lifecycle.after_app_install("erpnext")
        lifecycle.before_app_uninstall("hrms")
        lifecycle.remove()
        self.assertEqual(foreign.present(), frozenset())
        self.assertEqual(frappe.get_all("Custom Field", {"fieldname": ["like", "spbe_%"]}), [])

    def test_switching_on_is_refused_in_words_and_the_form_tells_why(self):
        doc = frappe.get_doc(settings.DOCTYPE)
        doc.update({"aktif": 1, "company": "Kabupaten"})
        with self.assertRaisesRegex(IntegrasiTidakSiap, "ERPNext"):
            doc.save()
        told = state.now()
        self.assertEqual(
            (told["ada"], told["aktif"], told["siap"], told["terhubung"]), (False, False, False, 0)
        )
        self.assertEqual(set(told["bagian"].values()), {False})
        for kind in (run.PRATINJAU, run.SINKRONKAN):
            with self.assertRaises(IntegrasiTidakSiap):
                run.start(kind)

    def test_the_regular_jobs_do_nothing(self):
        with counted() as sent:
            queue.run_regularly()
            queue.run_daily()
            queue.work()
        self.assertEqual([text for text in sent if "Catatan" in text or "Employee" in text], [])

    def test_changes_of_persons_and_units_leave_no_trace(self):
        opd = make_opd()
        person = make_pegawai(opd=opd.name, with_user=False)
        person.jabatan = "Analis"
        person.save()
        self.assertEqual(frappe.db.count(notes.DOCTYPE), 0)

    def test_no_statement_of_a_punch_is_about_them(self):
        opd = make_opd()
        make_lokasi(opd=opd.name)
        person = make_pegawai(opd=opd.name)
        self.assertNotIn("integrations", str(hooks.doc_events["Absensi"]))
        frappe.set_user(person.user)
        with counted() as sent:
            frappe.get_doc({"doctype": "Absensi", **punch()}).insert()
        theirs = ("ERPNext", "tabEmployee", "tabAttendance")
        self.assertEqual([text for text in sent if any(word in text for word in theirs)], [])

"""Deduction rules: steps without gaps, never two at once for the same people, and what the engine makes of them."""

from datetime import date

import frappe

from spbe_attendance.exceptions import AturanTidakSah
from spbe_attendance.kehadiran.rekapitulasi import rules
from spbe_attendance.setup import deductions
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.worktime.rates import MERANTI

SEEDED = "Perbup Kepulauan Meranti 10/2022"
STEPS = (
    ("TL1", 1, 30, 0.5),
    ("TL2", 31, 0, 1),
    ("PSW1", 1, 0, 0.5),
    ("Lupa Masuk", 0, 0, 1),
    ("Lupa Pulang", 0, 0, 1),
    ("TK", 0, 0, 5),
)


def rule(steps=STEPS, **values):
    fields = ("kode", "menit_dari", "menit_sampai", "persen")
    return frappe.get_doc(
        {
            "doctype": "Aturan Potongan",
            "nama_aturan": f"Aturan Uji {frappe.generate_hash(length=6)}",
            "dasar_hukum": "Perbup Uji 1/2030",
            "dari": "2030-01-01",
            "sampai": "2030-12-31",
            "untuk_pns": 1,
            "untuk_pppk": 0,
            "untuk_pppk_paruh_waktu": 0,
            "jenjang": [dict(zip(fields, step, strict=True)) for step in steps],
            **values,
        }
    )


class TestDeductions(SiteTestCase):
    def setUp(self):
        super().setUp()
        frappe.db.set_value("Aturan Potongan", SEEDED, "sampai", "2029-12-31")

    def test_the_ladder_of_the_regency_is_seeded_once_and_unconfirmed(self):
        before = frappe.db.count("Aturan Potongan")
        deductions.seed()
        self.assertEqual(frappe.db.count("Aturan Potongan"), before)
        found = rules.read([SEEDED]).on("PNS", date(2026, 11, 9))
        self.assertEqual((found.name, found.applies, found.table.confirmed), (SEEDED, True, False))
        self.assertEqual((found.table.late, found.table.early), (MERANTI.late, MERANTI.early))
        self.assertEqual(
            (found.table.absent, found.table.sick_percent), (MERANTI.absent, MERANTI.sick_percent)
        )

    def test_who_has_no_rule_keeps_levels_without_percentages(self):
        book = rules.read()
        for status, day in (("Alih Daya", date(2026, 11, 9)), ("PNS", date(2020, 1, 1))):
            found = book.on(status, day)
            self.assertEqual((found.applies, found.name, found.table.late_band(45).level), (False, "", 2))

    def test_the_rule_of_the_day_is_taken(self):
        new = rule().insert()
        book = rules.read()
        self.assertEqual(book.on("PNS", date(2030, 6, 1)).name, new.name)
        self.assertEqual(book.on("PNS", date(2030, 6, 1)).table.absent, 5)
        self.assertFalse(book.on("PPPK", date(2030, 6, 1)).applies)

    def test_gaps_and_overlaps_of_steps_are_refused_in_words(self):
        for second in (("TL2", 32, 0, 1), ("TL2", 30, 0, 1)):
            steps = [STEPS[0], second, *STEPS[2:]]
            with self.subTest(second), self.assertRaisesRegex(AturanTidakSah, "TL1.*30.*TL2"):
                rule(steps).insert()

    def test_what_makes_no_sense_is_refused(self):
        cases = {
            "the last step ends": [STEPS[0], ("TL2", 31, 60, 1), *STEPS[2:]],
            "a step twice": [*STEPS, STEPS[0]],
            "a later step is cheaper": [STEPS[0], ("TL2", 31, 0, 0.1), *STEPS[2:]],
            "not to punch is cheaper": [*STEPS[:3], ("Lupa Masuk", 0, 0, 0.1), *STEPS[4:]],
            "a negative deduction": [*STEPS[:5], ("TK", 0, 0, -1)],
        }
        for what, steps in cases.items():
            with self.subTest(what), self.assertRaises(AturanTidakSah):
                rule(steps).insert()
        with self.assertRaises(AturanTidakSah):
            rule(sampai="2029-01-01").insert()

    def test_two_rules_for_the_same_people_at_once_are_refused_naming_the_other(self):
        first = rule().insert()
        with self.assertRaisesRegex(AturanTidakSah, first.name):
            rule(dari="2030-12-31", sampai=None).insert()
        self.assertTrue(rule(dari="2031-01-01", sampai=None).insert().name)
        self.assertTrue(rule(untuk_pns=0, untuk_pppk=1).insert().name)

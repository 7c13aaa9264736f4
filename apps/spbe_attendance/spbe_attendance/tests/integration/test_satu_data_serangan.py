"""Nobody works out what is withheld: an attacker with every published file, the reference list and the staff list.

The attacker here is a solver of whole numbers of its own, given only what stands in the CSV files, the meaning of the codes, how many
days everybody had to work, and which withheld counts have stayed the same between versions: more than anybody outside has.
"""

import csv
import io
import random

import highspy
from frappe.model.workflow import apply_workflow

from spbe_attendance.pemantauan.satu_data import reading, spec, versions
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_opd
from spbe_attendance.tests.satu_data_world import DAYS, close, correct, draft, staff_month

PRESENT, ABSENT = ("H", "T", "WFA", "DL"), ("S", "I", "C", "TB", "TK")
PATTERNS = (
    {},
    {},
    {"S": 2},
    {"I": 1},
    {"CT": 3},
    {"TK": 1},
    {"DL": 4},
    {"H,TL1": 5},
    {"H,WFA": 2},
    {"S": 1, "TB": 1},
)


def equations(cells):
    """(total, parts) that everybody knows who has read what the codes mean."""
    groups = sorted({place[:2] for place in cells})
    for unit, status in groups:
        yield (unit, status, "HADIR"), [(unit, status, code) for code in PRESENT]
        yield (unit, status, "JUMLAH"), [(unit, status, code) for code in ("HADIR", *ABSENT)]
    for code in (*PRESENT, *ABSENT, "HADIR", "JUMLAH"):
        for unit in {unit for unit, _status in groups}:
            parts = [(unit, status, code) for own, status in groups if own == unit and status != "SEMUA"]
            yield (unit, "SEMUA", code), parts
        for status in {status for _unit, status in groups}:
            parts = [(unit, status, code) for unit, own in groups if own == status and unit != "SEMUA"]
            yield ("SEMUA", status, code), parts


class Attacker:
    """``seen``: for each version, cell -> count or None as published. ``same``: (version, cell) -> key; equal keys, equal counts."""

    def __init__(self, seen, same, staff_list):
        self.solver = highspy.Highs()
        self.solver.silent()
        self.columns = {}
        for number, cells in enumerate(seen):
            for cell, count in cells.items():
                fixed = staff_list[number].get(cell) if count is None else count
                self._column(same[number, cell], fixed)
        for number, cells in enumerate(seen):
            for total, parts in equations(cells):
                terms = {}
                for cell, factor in ((total, -1.0), *((part, 1.0) for part in parts)):
                    column = self.columns[same[number, cell]]
                    terms[column] = terms.get(column, 0.0) + factor
                self.solver.addRow(0.0, 0.0, len(terms), list(terms), list(terms.values()))

    def _column(self, key, fixed):
        if key not in self.columns:
            self.columns[key] = len(self.columns)
            self.solver.addVar(0.0, highspy.kHighsInf)
            self.solver.changeColIntegrality(self.columns[key], highspy.HighsVarType.kInteger)
        if fixed is not None:
            self.solver.changeColBounds(self.columns[key], float(fixed), float(fixed))

    def range_of(self, key):
        """The least and the greatest whole number that this count can be."""
        column, ends = self.columns[key], []
        for cost in (1.0, -1.0):
            self.solver.changeColCost(column, cost)
            self.solver.run()
            if self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                ends.append(round(self.solver.getInfo().objective_function_value) * cost)
            else:
                ends.append(float("inf") * -cost)
        self.solver.changeColCost(column, 0.0)
        return ends


class TestSeranganSatuData(SiteTestCase):
    """Four offices of very different size; corrections of single persons between three versions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        chance = random.Random(2026)
        cls.units, cls.people = [], []
        for number, sizes in enumerate(
            (
                {"PNS": 14, "PPPK": 8},
                {"PNS": 6, "Non ASN": 3},
                {"PNS": 1},
                {"PNS": 9, "Non ASN": 7, "CPNS": 1},
            )
        ):
            opd = make_opd(kode=f"SERANG-{number}").name
            closing = close(opd)
            cls.units.append(opd)
            for status, size in sizes.items():
                patterns = [chance.choice(PATTERNS) for _person in range(size)]
                cls.people += [(name, opd) for name in staff_month(opd, status, patterns, closing)]

    def publish(self):
        """A version and what the public reads of it: cell -> count or None."""
        version = apply_workflow(draft(), "Terbitkan")
        file = next(row for row in version.berkas if row.bentuk == "CSV")
        rows = csv.DictReader(io.StringIO(reading.content(version.name, file).decode()))
        key = ("kode_opd", "status_kepegawaian", "kode_kehadiran")
        cells = {
            tuple(row[name] for name in key): None
            if row["orang_hari"] == spec.WITHHELD
            else int(row["orang_hari"])
            for row in rows
        }
        return version, cells

    def three_versions(self):
        found = [self.publish()]
        for number, opd in ((0, self.units[0]), (1, self.units[3])):
            later = close(opd, f"2026-1{number + 1}")
            own = [name for name, unit in self.people if unit == opd][:2]
            for name in own:
                correct(name, opd, DAYS[number], "S" if number else "TK", closing=later)
            found.append(self.publish())
        return found

    def attack(self, found):
        """(attacker, true counts by version and cell, sensitive cells by version)."""
        codes = {opd: f"SERANG-{number}" for number, opd in enumerate(self.units)} | {"SEMUA": "SEMUA"}
        truth, sensitive, same, lists = {}, [], {}, []
        for number, (version, _cells) in enumerate(found):
            release = versions.release(version.name)
            public = {(codes[unit], *rest): count for (unit, *rest), count in release.table.values.items()}
            sensitive += [(number, (codes[unit], *rest)) for unit, *rest in release.table.sensitive]
            truth |= {(number, cell): count for cell, count in public.items()}
            same |= {(number, cell): (cell, count) for cell, count in public.items()}
            lists.append({cell: count for cell, count in public.items() if cell[2] == "JUMLAH"})
        return Attacker([cells for _version, cells in found], same, lists), truth, sensitive

    def test_no_withheld_count_follows_from_three_versions_and_the_staff_list(self):
        found = self.three_versions()
        attacker, truth, sensitive = self.attack(found)
        self.assertEqual([version.nomor for version, _cells in found], [1, 2, 3])
        for number, cell in sensitive:
            count = truth[number, cell]
            if cell[2] == "JUMLAH" or found[number][1][cell] is not None:
                continue
            low, high = attacker.range_of((cell, count))
            needed = min(5, truth[number, (*cell[:2], "JUMLAH")])
            with self.subTest(version=number + 1, cell=cell, low=low, high=high):
                self.assertLessEqual(low, count)
                self.assertGreaterEqual(high - low, needed)
        self.assertGreater(len(sensitive), 60)

    def test_no_count_that_is_withheld_to_protect_others_follows_either(self):
        found = self.three_versions()
        attacker, truth, _sensitive = self.attack(found)
        hidden = {
            (cell, truth[number, cell])
            for number, (_version, cells) in enumerate(found)
            for cell, count in cells.items()
            if count is None and cell[2] != "JUMLAH"
        }
        for key in sorted(hidden):
            low, high = attacker.range_of(key)
            with self.subTest(cell=key, low=low, high=high):
                self.assertGreater(high, low)
        self.assertGreater(len(hidden), 60)

    def test_the_attacker_finds_out_what_is_withheld_alone(self):
        """Without complements the same attacker succeeds: the two tests above can fail."""
        version, cells = self.publish()
        release = versions.release(version.name)
        codes = {opd: f"SERANG-{number}" for number, opd in enumerate(self.units)} | {"SEMUA": "SEMUA"}
        public = {(codes[unit], *rest): count for (unit, *rest), count in release.table.values.items()}
        small = {(codes[unit], *rest) for unit, *rest in release.table.sensitive}
        told = {cell: None if cell in small else count for cell, count in public.items()}
        self.assertEqual(set(told), set(cells))
        same = {(0, cell): (cell, count) for cell, count in public.items()}
        attacker = Attacker([told], same, [{}])
        found_out = [
            cell
            for cell in small
            if len(set(attacker.range_of((cell, public[cell])))) == 1 and 0 < public[cell] < 5
        ]
        self.assertGreater(len(found_out), 0)

    def test_the_reference_list_says_nothing_about_numbers_of_staff(self):
        version = apply_workflow(draft(spec.UNITS, spec.REFERENCE), "Terbitkan")
        names = set(reading.data(version.name)[0])
        self.assertEqual(names, {column.name for column in spec.COLUMNS[spec.UNITS]})
        self.assertFalse([column for column in spec.COLUMNS[spec.UNITS] if column.type != "String"])

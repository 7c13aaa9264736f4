"""Numbers on the page against the recap, which judges the same days person by person and knows nothing of the page: random days."""

from collections import Counter
from datetime import date, datetime, timedelta

import frappe
from freezegun import freeze_time
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from spbe_attendance.api import pemantauan
from spbe_attendance.kehadiran.rekapitulasi import closing
from spbe_attendance.pemantauan.ringkas.names import listed
from spbe_attendance.pemantauan.ringkas.summary import View
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_gangguan, make_opd
from spbe_attendance.tests.rekap_world import bulk, bulk_staff, punch_row
from spbe_attendance.tests.schedules import make_libur, make_roster, make_shift
from spbe_attendance.worktime import presence

DAYS = (date(2026, 11, 23), date(2026, 11, 20), date(2026, 11, 21))
PEOPLE = 8
MINUTES = st.integers(5 * 60, 19 * 60)


@st.composite
def punches(draw):
    first = draw(MINUTES)
    return {
        "kind": draw(st.sampled_from(("Masuk", "Masuk", "Pulang"))),
        "first": first,
        "width": draw(st.sampled_from((0, 0, 0, 7, 90))),
        "status": draw(st.sampled_from(("Sah", "Sah", "Menunggu Persetujuan", "Disetujui", "Ditolak"))),
    }


PERSONS = st.fixed_dictionaries(
    {
        "punches": st.lists(punches(), max_size=3),
        "permit": st.sampled_from((None, None, None, "CT", "DL", "S", "WFA")),
        "half": st.sampled_from(("", "", "Pagi", "Siang")),
        "shift": st.sampled_from((None, None, None, "pagi", "malam", "lepas")),
    }
)
WORLDS = st.fixed_dictionaries(
    {
        "day": st.sampled_from(DAYS),
        "people": st.lists(PERSONS, min_size=PEOPLE, max_size=PEOPLE),
        "holiday": st.sampled_from((False, False, False, True)),
        "outage": st.sampled_from((None, None, "Dianggap Tepat Waktu", "Dianggap Hadir")),
    }
)


class TestRandomDays(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = make_opd().name
        cls.units = [cls.office, make_opd(induk=cls.office).name]
        cls.shifts = {
            "pagi": make_shift(mulai="07:30", selesai="14:00").name,
            "malam": make_shift(mulai="20:00", selesai="08:00").name,
            "lepas": None,
        }

    @given(WORLDS)
    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
    )
    def test_before_and_after_the_recap_has_computed_the_day_the_same_people_were_there(self, world):
        frappe.db.savepoint("one_world")
        try:
            with freeze_time(f"{world['day'] + timedelta(days=2)} 01:00:00"):
                self.assertEqual(self.unexplained(world), [])
        finally:
            frappe.db.rollback(save_point="one_world")

    def unexplained(self, world):
        """(person, state before) of those whom the recap shows otherwise than it may."""
        day, staff = world["day"], self.build(world)
        before = self.states(day)
        self.assertEqual(set(before), set(staff))
        closing.close(day, self.office, commit=False)
        after = self.states(day)
        self.agrees_with_the_table(day, after)
        return [
            (world["people"][staff.index(name)], state, after[name])
            for name, state in before.items()
            if after[name] not in self.possible(state)
        ]

    def possible(self, state):
        """What the recap may make of it. Half a day of leave with the other half missed is absence; an outage may excuse it."""
        if state in (presence.BELUM, presence.SENYAP):
            return {presence.ALPA, presence.TEPAT} if state == presence.SENYAP else {presence.ALPA}
        return {state}

    def agrees_with_the_table(self, day, states):
        shown = pemantauan.ringkasan(tanggal=str(day), opd=self.office)
        counted = Counter(states.values())
        self.assertEqual(
            {state: shown["jumlah"][state] for state in presence.STATES},
            {state: counted[state] for state in presence.STATES},
        )
        rows = frappe.get_all(
            "Rekap Harian", {"tanggal": day, "opd": ["in", self.units]}, ["kode", "pulang", "menit_terlambat"]
        )
        self.assertEqual(shown["jumlah"]["alpa"], sum("TK" in row.kode.split(",") for row in rows))
        self.assertEqual(shown["jumlah"]["pegawai"], len(rows))
        self.assertTrue(shown["ditutup"])
        for row in shown["anak"]:
            self.assertEqual(sum(row["jumlah"][state] for state in presence.STATES), row["jumlah"]["pegawai"])

    def states(self, day):
        """By person, with the numbers of the same moment held against them."""
        view = View(day, self.office)
        found = {person.who.name: person.state for person, _about in listed(view, None)}
        numbers = pemantauan.ringkasan(tanggal=str(day), opd=self.office)["jumlah"]
        for state, count in Counter(found.values()).items():
            self.assertEqual(numbers[state], count)
        return found

    def build(self, world):
        day = world["day"]
        staff = bulk_staff(PEOPLE, self.units)
        midnight = datetime.combine(day, datetime.min.time())
        if world["holiday"]:
            make_libur(day)
        if world["outage"]:
            make_gangguan(
                dari=f"{day} 07:00:00",
                sampai=f"{day} 09:00:00",
                semua_lokasi=1,
                perlakuan=world["outage"],
                dasar="SK Uji",
                catatan="Uji",
            ).db_set("status", "Berlaku")
        for number, (name, person) in enumerate(zip(staff, world["people"], strict=True)):
            opd = self.units[number % 2]
            if person["shift"]:
                make_roster(name, day, self.shifts[person["shift"]], opd=opd)
            if person["permit"]:
                row = {
                    "pegawai": name,
                    "opd": opd,
                    "jenis": person["permit"],
                    "dari": day,
                    "sampai": day,
                    "setengah_hari": person["half"],
                    "status": "Disetujui",
                }
                bulk("Ketidakhadiran", [row])
            for one in person["punches"]:
                first = midnight + timedelta(minutes=one["first"])
                last = first + timedelta(minutes=one["width"])
                bulk(
                    "Absensi",
                    [punch_row(name, one["kind"], first, opd=opd, waktu_akhir=last, status=one["status"])],
                )
        return staff

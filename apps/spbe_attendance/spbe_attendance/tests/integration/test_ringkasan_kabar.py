"""Telling screens: who is told what, that nothing is told twice or lost, and what happens when a teller fails."""

from datetime import datetime
from unittest.mock import patch

import frappe
from freezegun import freeze_time

from spbe_attendance import realtime
from spbe_attendance.kehadiran.pencatatan import known
from spbe_attendance.pemantauan.ringkas import herald, keys, marks, publish
from spbe_attendance.tests.factories import make_opd
from spbe_attendance.tests.ringkas_world import DAY, CommittedCase, punch_document

MASUK = datetime(2026, 11, 23, 7, 20)


class KabarCase(CommittedCase):
    def setUp(self):
        super().setUp()
        publish.take()
        frappe.cache.delete(keys.turn(), keys.told(), keys.clock())

    def told(self, tell=publish.run):
        sent = {}
        with patch.object(realtime, "publish_summary", lambda opd, message: sent.setdefault(opd, message)):
            tell()
        return sent

    def punch(self, number):
        punch_document(self.person(number), self.units[number % 2], MASUK)
        frappe.db.commit()


class TestWhatIsTold(KabarCase):
    def test_the_unit_and_everything_above_it_each_its_own_numbers(self):
        self.punch(1)
        sent = self.told()
        self.assertEqual(set(sent), set(self.units))
        unit, office = sent[self.unit], sent[self.office]
        self.assertEqual((unit["jumlah"]["hadir"], unit["langsung"]["hadir"], unit["anak"]), (1, 1, {}))
        self.assertEqual((office["jumlah"]["hadir"], office["anak"][self.unit]["hadir"]), (1, 1))
        self.assertNotIn("langsung", office)
        self.assertEqual((office["opd"], office["tanggal"]), (self.office, DAY.isoformat()))
        self.assertEqual(office["jumlah"], self.total())

    def total(self):
        truth = self.truth().values()
        numbers = self.told(lambda: publish.tell({self.office}))[self.office]["jumlah"]
        return {name: sum(one[name] for one in truth) for name in numbers}

    def test_what_was_told_is_not_told_again(self):
        self.punch(1)
        self.assertTrue(self.told())
        self.assertEqual(self.told(), {})

    def test_the_version_grows_with_every_change(self):
        versions = []
        for number, minute in ((1, 0), (3, 1)):
            with freeze_time(f"2026-11-23 01:3{minute}:00"):
                self.punch(number)
                versions.append(self.told(publish.tell_all)[self.unit]["versi"])
        self.assertLess(versions[0], versions[1])

    def test_who_reads_a_mark_finds_what_is_in_memory_forgotten(self):
        """In whatever order a change has told of it; otherwise old hours would be kept under the new mark."""
        before, seen = known._stamps(), []
        marks.touch(DAY, [self.unit])
        known.forget(known.JADWAL)
        with patch.object(marks, "write", lambda _marks: seen.append(known._stamps())):
            frappe.db.commit()
        self.assertNotEqual(seen[0][known.JADWAL], before[known.JADWAL])

    def test_a_unit_that_is_new_is_told_though_the_tree_is_in_memory(self):
        for _time in range(3):
            self.punch(1)
            self.told(publish.tell_all)
        unit = make_opd(induk=self.office).name
        self.units.append(unit)
        marks.touch(DAY, [unit])
        frappe.db.commit()
        sent = self.told(publish.tell_all)
        self.assertIn(unit, sent)
        self.assertIn(unit, sent[self.office]["anak"])


class TestWhoTells(KabarCase):
    def test_the_turn_is_given_back_before_what_waits_is_taken(self):
        """A change in between orders the next job, and a change before is taken with this one."""
        self.punch(1)
        original, seen = publish.take, []

        def take():
            seen.append(frappe.cache.get(keys.turn()))
            return original()

        with patch.object(publish, "take", take):
            self.told()
        self.assertEqual(seen, [None])

    def test_a_teller_that_fails_leaves_what_waits_for_the_next_one(self):
        self.punch(1)
        with (
            patch.object(publish, "tell", side_effect=ZeroDivisionError),
            self.assertRaises(ZeroDivisionError),
        ):
            publish.run()
        self.assertIn(self.unit, publish.take())

    def test_while_a_herald_lives_no_change_orders_a_job(self):
        self.assertFalse(herald.waits())
        self.assertFalse(marks.write({(DAY.isoformat(), self.unit)}))
        self.assertTrue(herald.waits())
        # As if it had ended and its hold had run out.
        frappe.cache.delete(keys.turn())
        self.assertTrue(marks.write({(DAY.isoformat(), self.unit)}))

    def test_limits_that_pass_are_told_without_any_punch(self):
        self.told(lambda: publish.tell({self.office}))
        self.assertFalse(publish.clock_has_struck())
        frappe.cache.delete(keys.clock())
        sent = self.told(publish.by_clock)
        self.assertLessEqual(set(self.units), set(sent))
        self.assertFalse(publish.clock_has_struck())

    def test_the_clock_is_set_to_the_next_limit_and_at_the_latest_to_midnight(self):
        now = datetime(2026, 11, 23, 7, 0)
        for following, seconds in ((datetime(2026, 11, 23, 7, 31), 31 * 60), (None, 17 * 3600)):
            publish.set_clock(now, following)
            self.assertAlmostEqual(float(frappe.cache.get(keys.clock())) - publish.time(), seconds, delta=5)

    def test_telling_takes_a_twentieth_of_the_time_at_most_and_screens_wait_five_seconds_at_most(self):
        self.assertEqual([publish.rest(took) for took in (0.05, 0.125, 2.0)], [publish.PACE, 2.5, 5.0])

    def test_a_herald_that_rests_keeps_its_turn_until_after_the_rest(self):
        herald.hold(publish.LONGEST)
        self.assertFalse(marks.write({(DAY.isoformat(), self.unit)}))
        self.assertGreater(frappe.cache.pttl(keys.turn()), 1000 * publish.LONGEST)

    def test_in_a_burst_a_herald_rests_longer_after_a_telling_that_took_long(self):
        self.assertAlmostEqual(self.rest_after_a_change(again=1000.0, at=1000.1), 4.0)
        self.assertGreater(frappe.cache.pttl(keys.turn()), 3000)

    def test_a_change_long_after_the_last_one_is_no_burst(self):
        self.assertAlmostEqual(self.rest_after_a_change(again=940.0, at=1000.0), publish.PACE)

    def rest_after_a_change(self, again, at):
        """Seconds from its beginning, if telling takes 0.2 s of them."""
        watched, clock = herald.Watched(frappe.local.site, again=again), [at]
        marks.write({(DAY.isoformat(), self.unit)})
        # It enters and leaves the site by itself.
        with (
            patch.object(frappe, "init"),
            patch.object(frappe, "connect"),
            patch.object(frappe, "destroy"),
            patch.object(herald, "monotonic", lambda: clock[-1]),
            patch.object(publish, "tell_all", lambda: clock.append(at + 0.2)),
        ):
            herald.attend(watched)
        return watched.again - at

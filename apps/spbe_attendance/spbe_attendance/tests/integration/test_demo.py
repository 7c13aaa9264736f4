"""The demo data in a real database. It commits step by step, so this class takes its rows away again."""

from __future__ import annotations

import json
import stat
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import frappe
from frappe.utils.password import check_password

from spbe_attendance.kehadiran.pencatatan import judgement, places
from spbe_attendance.kehadiran.saksi import kiosk
from spbe_attendance.kepegawaian import pins
from spbe_attendance.setup.demo import kiosks, load, logins, people, store
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_pegawai

REFERENCE = date(2026, 11, 24)
COUNT, DAYS, SEED = 60, 6, 1
DOCTYPES = ("OPD", "OPD Lokasi", "Pegawai", "Kios Absensi", "Absensi")


def fill(**values: Any) -> dict[str, int]:
    return load.load(
        **{"pegawai": COUNT, "hari": DAYS, "seed": SEED, "reference": REFERENCE, "paksa": True, **values}
    )


def contents() -> dict[str, list[dict[str, Any]]]:
    return {doctype: frappe.get_all(doctype, fields=["*"], order_by="name") for doctype in DOCTYPES}


class TestDemo(SiteTestCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.addClassCleanup(clean_up)
        directory = TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.file = Path(directory.name) / "demo-logins.json"
        cls.made = fill()
        cls.write_logins()

    @classmethod
    def write_logins(cls) -> int:
        staff = people.generate(COUNT, SEED)
        return logins.ensure(staff, cls.file, "http://127.0.0.1:8000", "demo.localhost", "known-to-its-maker")

    def tearDown(self) -> None:
        # Loading commits, which ends every savepoint: what a test left uncommitted goes as a whole.
        frappe.set_user("Administrator")
        frappe.db.rollback()
        frappe.clear_cache()

    def users(self) -> list[dict[str, Any]]:
        return json.loads(self.file.read_text())["users"]

    def test_everything_asked_for_is_made(self) -> None:
        self.assertEqual(self.made["pegawai"], COUNT)
        self.assertGreater(self.made["absensi"], COUNT * 4)
        self.assertEqual(frappe.db.count("Absensi", {"name": ["like", "demo%"]}), self.made["absensi"])

    def test_a_second_run_changes_nothing(self) -> None:
        before = contents()
        self.assertEqual(set(fill().values()), {0})
        self.assertEqual(self.write_logins(), 0)
        self.assertEqual(contents(), before)

    def test_a_run_that_was_killed_is_ended_by_the_next(self) -> None:
        before = contents()
        lost = [row.name for row in before["Absensi"]][::3]
        frappe.db.delete("Absensi", {"name": ["in", lost]})
        self.assertEqual(fill()["absensi"], len(lost))
        after = contents()
        self.assertEqual([row.name for row in after["Absensi"]], [row.name for row in before["Absensi"]])

    def test_another_seed_on_the_same_site_is_refused(self) -> None:
        with self.assertRaises(load.DemoDitolak):
            fill(seed=SEED + 1)

    def test_a_site_with_real_staff_is_refused_unless_forced(self) -> None:
        make_pegawai(with_user=False)
        before = frappe.db.count("Absensi")
        with self.assertRaises(load.DemoDitolak):
            fill(paksa=False)
        self.assertEqual(frappe.db.count("Absensi"), before)

    def test_too_few_people_are_refused_in_one_sentence(self) -> None:
        with self.assertRaises(SystemExit) as refused:
            load.run(3, 1, 1)
        self.assertIn(str(people.MINIMUM), str(refused.exception))

    def test_people_pass_the_checks_of_their_own_form(self) -> None:
        for name in frappe.get_all("Pegawai", {"name": ["like", "demo%"]}, pluck="name"):
            person = frappe.get_doc("Pegawai", name)
            stored = (person.nip, person.nik, person.nomor_pegawai, person.nama)
            person.validate()
            self.assertEqual((person.nip, person.nik, person.nomor_pegawai, person.nama), stored)

    def test_what_a_punch_says_is_what_judgement_says_of_it(self) -> None:
        settings = frappe.get_cached_doc("Pengaturan Absensi")
        rows = frappe.get_all("Absensi", {"name": ["like", "demo%"]}, pluck="name", order_by="name")
        for name in rows[::9]:
            stored = frappe.get_doc("Absensi", name)
            again = frappe.copy_doc(stored)
            again.update({field: stored.get(field) for field in ("waktu", "tanggal", "opd", "id_klien")})
            frappe.local.lang = "id"
            judgement.judge_place(again, settings)
            for field in ("putusan_lokasi", "lokasi", "jarak", "penjelasan"):
                self.assertEqual(again.get(field), stored.get(field), field)
            born = stored.status if stored.status not in ("Disetujui", "Ditolak") else "Menunggu Persetujuan"
            self.assertEqual(again.status, born)

    def test_at_least_six_exceptions_wait(self) -> None:
        waiting = {"name": ["like", "demo%"], "status": "Menunggu Persetujuan"}
        self.assertGreaterEqual(frappe.db.count("Absensi", waiting), 6)

    def test_the_log_in_file_is_private_and_its_passwords_open_the_accounts(self) -> None:
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)
        for user in self.users():
            if user["role"] == "Administrator":
                self.assertEqual(user["password"], "known-to-its-maker")
                continue
            account = frappe.db.get_value("User", {"username": user["username"]}, "name")
            self.assertEqual(check_password(account, user["password"]), account)
            self.assertIn(user["role"], frappe.get_roles(account))
            if user["role"] == kiosk.ROLE:
                continue
            self.assertEqual(pins.person_with(user["username"], user["pin"])["name"], user["pegawai"])
            self.assertEqual(frappe.db.get_value("Pegawai", {"user": account}, "name"), user["pegawai"])
            self.assertEqual(frappe.db.get_value("Pegawai", user["pegawai"], "opd"), user["opd"])

    def test_a_lost_log_in_file_is_written_anew_with_passwords_that_work(self) -> None:
        before = {user["username"]: user["password"] for user in self.users()}
        self.file.unlink()
        self.assertEqual(self.write_logins(), people.MINIMUM + 1)
        after = {user["username"]: user["password"] for user in self.users()}
        self.assertEqual(set(after), set(before))
        username = next(name for name in after if name != "Administrator")
        self.assertNotEqual(after[username], before[username])
        account = frappe.db.get_value("User", {"username": username}, "name")
        self.assertEqual(check_password(account, after[username]), account)

    def test_everybody_with_a_log_in_has_a_place_today_and_staff_has_a_circle(self) -> None:
        for user in self.users():
            if not user["pegawai"]:
                continue
            rows = places.applying(user["opd"], REFERENCE)
            self.assertEqual(len(places.usable_fences(rows)), len(rows))
            self.assertIn("Radius", {row["jenis_area"] for row in rows})

    def test_only_those_with_a_log_in_have_an_account(self) -> None:
        with_account = frappe.get_all("Pegawai", {"name": ["like", "demo%"], "user": ["is", "set"]})
        self.assertEqual(len(with_account), people.MINIMUM)


def clean_up() -> None:
    frappe.db.rollback()
    staff = store.present("Pegawai")
    users = frappe.get_all("Pegawai", {"name": ["in", list(staff)], "user": ["is", "set"]}, pluck="user")
    users += frappe.get_all("Kios Absensi", {"name": kiosks.NAME}, pluck="user")
    # Results without the punches behind them would mislead whoever fills this site next.
    forget_people(sorted(staff))
    for doctype in ("Absensi", "Kios Absensi", "Pegawai", "OPD Lokasi"):
        frappe.db.delete(doctype, {"name": ["like", "demo%"]})
    frappe.db.delete("OPD", {"name": ["in", [unit.kode for unit in load.organisation.units()]]})
    for user in users:
        frappe.delete_doc("User", user, force=True, ignore_permissions=True)
    frappe.db.delete("DefaultValue", {"defkey": load.SEED_KEY})
    frappe.db.commit()
    frappe.clear_cache()


def forget_people(names: list[str]) -> None:
    """Every stored row that names one of them."""
    links = frappe.get_all("DocField", {"fieldtype": "Link", "options": "Pegawai"}, ["parent", "fieldname"])
    for link in links:
        if not frappe.get_meta(link.parent).issingle and frappe.db.table_exists(link.parent):
            frappe.db.delete(link.parent, {link.fieldname: ["in", names]})
    assert not frappe.db.exists("Rekap Harian", {"pegawai": ["in", names]})

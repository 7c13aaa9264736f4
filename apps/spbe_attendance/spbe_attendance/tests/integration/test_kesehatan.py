"""The numbers that operators watch: what each tells about a site in which something has gone wrong, and who sees them."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from math import inf
from pathlib import Path

import frappe
import pytest
from frappe.utils import now_datetime
from frappe.utils.background_jobs import get_redis_conn
from prometheus_client.parser import text_string_to_metric_families
from rq import Queue

from spbe_attendance.api import kesehatan
from spbe_attendance.kehadiran.gangguan import failures
from spbe_attendance.kehadiran.rekapitulasi import affected
from spbe_attendance.kehadiran.segel import sealing
from spbe_attendance.pemantauan.antarmuka import exceptions, keys
from spbe_attendance.pemantauan.kesehatan import background, gather, machine, measure, parts, records
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import (
    make_absensi,
    make_kunci,
    make_lokasi,
    make_pegawai,
    make_role_user,
)

# A port of this machine on which nobody answers.
NOBODY = "redis://127.0.0.1:1"


@contextmanager
def configured(**values):
    kept = {name: frappe.conf.get(name) for name in values}
    frappe.conf.update(values)
    try:
        yield
    finally:
        frappe.conf.update(kept)


def told(group, name, **labels):
    """The one value of that name and these labels."""
    (found,) = [one for one in group() if one.name == name and labels.items() <= one.labels.items()]
    return found.value


def scraped():
    families = text_string_to_metric_families(kesehatan.metrik().get_data(as_text=True))
    return {family.name: family.samples for family in families}


class TestDoor(SiteTestCase):
    def test_a_key_opens_the_numbers_only_where_it_says_so(self):
        doc = make_kunci(baca_kesehatan=1)
        keys.new_secret(doc)
        frappe.set_user(doc.user)
        assert "spbe_pekerja" in scraped()
        frappe.set_user("Administrator")
        doc.reload()
        doc.update({"baca_kesehatan": 0})
        doc.save()
        frappe.set_user(doc.user)
        with pytest.raises(exceptions.CakupanKurang):
            kesehatan.metrik()

    def test_staff_and_leaders_see_no_numbers_system_managers_do(self):
        for user in (make_pegawai().user, make_role_user("BKPSDM")):
            frappe.set_user(user)
            with pytest.raises(exceptions.BukanKunciAPI):
                kesehatan.rinci()
        frappe.set_user(make_role_user("System Manager"))
        assert kesehatan.rinci()["spbe_mode_baca"]["nilai"] == [{"nilai": 0.0}]

    def test_a_monitor_is_answered_when_the_cache_is_away(self):
        doc = make_kunci(baca_kesehatan=1)
        keys.new_secret(doc)
        frappe.set_user(doc.user)
        with configured(redis_cache=NOBODY):
            found = {s.labels["komponen"]: s.value for s in scraped()["spbe_komponen_siap"]}
        assert found == {"database": 1.0, "redis_cache": 0.0, "redis_queue": 1.0}


class TestReadiness(SiteTestCase):
    def test_strangers_learn_one_word(self):
        answer = kesehatan.siap()
        assert (answer.status_code, answer.get_json()) == (200, {"message": "ok"})
        for part in ("redis_cache", "redis_queue"):
            with configured(**{part: NOBODY}):
                answer = kesehatan.siap()
            assert (answer.status_code, answer.get_json()) == (503, {"message": "tidak"})
            assert int(answer.headers["Retry-After"]) > 0

    def test_a_part_that_hangs_is_not_waited_for_long(self):
        assert parts.PATIENCE <= 2


class TestNumbers(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = make_pegawai()
        make_lokasi(opd=cls.person.opd)

    def punched(self, jenis="Masuk"):
        frappe.set_user(self.person.user)
        doc = make_absensi(jenis=jenis)
        frappe.set_user("Administrator")
        return doc

    def test_every_measure_of_the_catalog_is_told_and_no_group_fails(self):
        sample = Path(frappe.get_site_path("private", "backups"), "20261129_010000-uji-database.sql.gz")
        sample.parent.mkdir(exist_ok=True)
        sample.write_bytes(b"x" * 1000)
        try:
            values = list(gather.everything())
        finally:
            sample.unlink()
        failed = [one.labels for one in values if one.name == "pemeriksaan_berhasil" and not one.value]
        assert failed == []
        # Told only where an address is set: see tests/operations for one that is served.
        assert {one.name for one in values} == set(measure.CATALOG) - {"sertifikat_sisa_detik"}

    def test_a_group_that_fails_takes_no_other_with_it(self):
        with configured(spbe_alamat_tls="127.0.0.1:1"):
            values = list(gather.everything())
        found = {one.labels["kelompok"]: one.value for one in values if one.name == "pemeriksaan_berhasil"}
        assert (found.pop("sertifikat"), set(found.values())) == (0.0, {1.0})

    def test_punches_without_a_seal_grow_old(self):
        sealing.seal_since(sealing.BEGINNING, commit=False)
        assert told(records.seals, "segel_tertunda_detik") == 0
        doc = self.punched()
        frappe.db.set_value(
            "Absensi", doc.name, "modified", now_datetime() - timedelta(minutes=40), update_modified=False
        )
        assert told(records.seals, "segel_tertunda_detik") == pytest.approx(2400, abs=60)
        sealing.seal([doc.name])
        assert told(records.seals, "segel_tertunda_detik") == 0

    def test_days_to_compute_again_are_counted_with_the_age_of_the_oldest(self):
        frappe.db.delete("Hitung Ulang")
        today = now_datetime().date()
        affected.mark([make_pegawai().name], None, today, today, "uji")
        frappe.db.sql("update `tabHitung Ulang` set creation = creation - interval 3 hour")
        assert told(records.recomputing, "hitung_ulang_panjang") == 1
        assert told(records.recomputing, "hitung_ulang_tertua_detik") == pytest.approx(3 * 3600, abs=60)

    def test_photos_that_are_late_and_those_given_up_are_told_apart(self):
        before = [told(records.photos, name) for name in ("foto_ditunggu", "foto_tidak_datang")]
        late, never = self.punched(), self.punched("Pulang")
        stale = {"foto_status": "Menunggu", "waktu_tiba": now_datetime() - timedelta(hours=2)}
        frappe.db.set_value("Absensi", late.name, stale)
        frappe.db.set_value(
            "Absensi", never.name, {"foto_status": "Tidak Datang", "waktu_tiba": now_datetime()}
        )
        after = [told(records.photos, name) for name in ("foto_ditunggu", "foto_tidak_datang")]
        assert [new - old for new, old in zip(after, before, strict=True)] == [1, 1]

    def test_punches_that_failed_are_those_of_the_last_spans(self):
        now = now_datetime()
        for moment, user in ((now, "a"), (now - failures.BUCKET, "b"), (now - 4 * failures.BUCKET, "c")):
            failures.count(moment, user)
        assert told(records.punches, "absensi_gagal") == 2
        assert told(records.punches, "absensi_gagal_akun") == 1

    def test_backups_have_an_age_and_none_at_all_is_infinitely_old(self):
        folder = Path(frappe.get_site_path("private", "uji-cadangan"))
        folder.mkdir()
        try:
            with configured(backup_path=str(folder)):
                assert told(machine.backups, "cadangan_umur_detik", bagian="database") == inf
                kept = folder / "20261129_010000-uji-database-enc.sql.gz"
                kept.write_bytes(b"x" * 10)
                yesterday = time.time() - 86400
                os.utime(kept, (yesterday, yesterday))
                age = told(machine.backups, "cadangan_umur_detik", bagian="database")
                assert age == pytest.approx(86400, abs=120)
                assert told(machine.backups, "cadangan_bytes", bagian="database") == 10
                assert told(machine.backups, "cadangan_umur_detik", bagian="luar") == inf
                (folder / machine.ELSEWHERE).touch()
                assert told(machine.backups, "cadangan_umur_detik", bagian="luar") < 60
        finally:
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()

    def test_workers_and_queues_are_told_for_each_queue(self):
        families = scraped()
        for name in ("pekerja", "antrean_panjang", "antrean_tertua_detik", "pekerjaan_gagal"):
            assert {"short", "default", "long"} <= {s.labels["antrean"] for s in families[f"spbe_{name}"]}

    def test_the_job_that_waited_longest_counts_wherever_it_stands(self):
        # Of no worker.
        queue = Queue(f"uji-{frappe.generate_hash(length=8)}", connection=get_redis_conn())
        try:
            for minutes, front in ((3, False), (30, False), (1, True)):
                job = queue.enqueue("frappe.ping", at_front=front)
                job.enqueued_at = datetime.now(timezone.utc) - timedelta(minutes=minutes)
                job.save()
            assert background.oldest(queue) == pytest.approx(1800, abs=30)
        finally:
            queue.delete(delete_jobs=True)

"""Keys of other systems: what one opens, until when, how often, and what its description says."""

from __future__ import annotations

import frappe
import pytest
from freezegun import freeze_time

from spbe_attendance.api import sistem
from spbe_attendance.pemantauan.antarmuka import exceptions, keys, models, openapi, reading
from spbe_attendance.pemantauan.antarmuka.serving import OPERATIONS
from spbe_attendance.pemantauan.ringkas.tree import Tree
from spbe_attendance.tests.case import SiteTestCase
from spbe_attendance.tests.factories import make_kunci, make_lokasi, make_opd, make_pegawai

REFERENCE = "#/components/schemas/"


class KeyCase(SiteTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dinas = make_opd(is_group=1)
        cls.bidang = make_opd(induk=cls.dinas.name)
        cls.lain = make_opd()
        cls.place = make_lokasi(opd=cls.bidang.name)
        make_lokasi(opd=cls.lain.name)
        make_pegawai(opd=cls.bidang.name)

    def opened(self, scope="unit", **values):
        doc = make_kunci(**values)
        keys.new_secret(doc)
        return keys.opened_by(doc.user, scope)


class TestKeys(KeyCase):
    def test_its_account_has_no_password_no_desk_and_one_role(self):
        doc = make_kunci()
        told = keys.new_secret(doc)
        user = frappe.get_doc("User", doc.user)
        assert told["kepala"] == f"token {told['kunci']}:{told['rahasia']}"
        assert (user.api_key, user.get_password("api_secret")) == (told["kunci"], told["rahasia"])
        assert (user.user_type, [row.role for row in user.roles]) == ("Website User", [keys.ROLE])
        assert not frappe.db.exists("__Auth", {"doctype": "User", "name": user.name, "fieldname": "password"})
        assert not frappe.get_all("DocPerm", {"role": keys.ROLE}) + frappe.get_all(
            "Custom DocPerm", {"role": keys.ROLE}
        )

    def test_it_opens_what_it_says_until_its_last_day(self):
        values = {"berlaku_sampai": "2026-11-29", **dict.fromkeys(map(keys.field_of, keys.SCOPES), 0)}
        doc = make_kunci(**{**values, "baca_rekap": 1})
        keys.new_secret(doc)
        with freeze_time("2026-11-29 10:00:00"):
            assert keys.opened_by(doc.user, "rekap").scopes == {"rekap"}
            with pytest.raises(exceptions.CakupanKurang):
                keys.opened_by(doc.user, "unit")
        with freeze_time("2026-11-30 10:00:00"), pytest.raises(exceptions.KunciTidakBerlaku):
            keys.opened_by(doc.user, "rekap")

    def test_switched_off_it_opens_nothing_and_its_account_is_closed(self):
        doc = make_kunci()
        keys.new_secret(doc)
        doc.reload()
        doc.aktif = 0
        doc.save()
        assert frappe.db.get_value("User", doc.user, "enabled") == 0
        with pytest.raises(exceptions.KunciTidakBerlaku):
            keys.opened_by(doc.user, "unit")

    def test_persons_are_no_keys(self):
        for user in ("Administrator", make_pegawai().user):
            with pytest.raises(exceptions.BukanKunciAPI):
                keys.opened_by(user, "unit")

    def test_a_key_that_opens_nothing_or_never_is_not_stored(self):
        for values in (dict.fromkeys(map(keys.field_of, keys.SCOPES), 0), {"per_menit": 0}):
            with pytest.raises(frappe.ValidationError):
                make_kunci(**values)

    def test_more_requests_than_it_has_are_refused_with_the_seconds_to_wait(self):
        doc = make_kunci(per_menit=2)
        keys.new_secret(doc)
        for _ in range(2):
            keys.opened_by(doc.user, "unit")
        with pytest.raises(exceptions.TerlaluSering):
            keys.opened_by(doc.user, "unit")
        assert 0 < frappe.local.flags.pop("retry_after") <= keys.MINUTE


class TestReading(KeyCase):
    def test_it_reaches_its_opd_and_what_lies_below(self):
        key, tree = self.opened(opd=self.dinas.name), Tree.load()
        assert key.units(tree, None) == {self.dinas.name, self.bidang.name}
        assert key.units(tree, self.bidang.name) == {self.bidang.name}
        for asked in (self.lain.name, "tidak ada"):
            with pytest.raises(exceptions.CakupanKurang):
                key.units(tree, asked)
        assert self.lain.name in self.opened().units(tree, None)

    def test_every_answer_stays_within_it(self):
        key = self.opened(opd=self.dinas.name)
        mine = {self.dinas.name, self.bidang.name}
        assert {row.kode for row in reading.units(models.Page(), key).data} == mine
        assert {row.opd for row in reading.places(models.Page(), key).data} <= {*mine, None}
        assert self.place.name in {row.id for row in reading.places(models.Page(), key).data}
        day = reading.presence_of_day(models.AskedDay(), key)
        assert {row.opd: row.pegawai for row in day.data} == dict.fromkeys(mine, 1)
        month = reading.presence_of_month(models.AskedMonth(bulan="2026-10"), key)
        assert {row.opd for row in month.data} == mine

    def test_what_has_not_come_yet_is_refused(self):
        key = self.opened()
        with freeze_time("2026-11-29 10:00:00"):
            with pytest.raises(exceptions.PertanyaanAPITidakSah):
                reading.presence_of_day(models.AskedDay(tanggal="2026-11-30"), key)
            with pytest.raises(exceptions.PertanyaanAPITidakSah):
                reading.presence_of_month(models.AskedMonth(bulan="2026-12"), key)


def references(value):
    if isinstance(value, dict):
        yield from ([value["$ref"]] if "$ref" in value else [])
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from references(one)


def test_the_description_follows_the_endpoints_and_leads_nowhere_empty():
    told = openapi.describe()
    for name, operation in OPERATIONS.items():
        described = told["paths"][f"/{name}"]["get"]
        assert described["summary"] == operation.words.strip().splitlines()[0]
        assert {one["name"] for one in described["parameters"]} == set(operation.asks.model_fields)
        assert callable(getattr(sistem, described["operationId"]))
    assert {ref.removeprefix(REFERENCE) for ref in references(told)} <= set(told["components"]["schemas"])
    assert "anyOf" not in frappe.as_json([path["get"]["parameters"] for path in told["paths"].values()])

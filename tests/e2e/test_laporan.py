"""Reports as their readers use them: opened in Desk, downloaded as files that nobody else gets."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta, timezone

import pytest
import requests
from pages import API, Api, Desk

# A day of the demo's history; the nightly closing is not waited for.
YESTERDAY = datetime.now(timezone(timedelta(hours=7))).date() - timedelta(days=1)
MONTH = f"{YESTERDAY:%Y-%m}"


def file_of(api: Api, report: str, form: str, **filters: str) -> str:
    """Ask for a file and wait for it; answers its address."""
    answer = api.call(
        "POST",
        f"{API}.laporan.unduh",
        json={"laporan": report, "bentuk": form, "saringan": json.dumps({"bulan": MONTH, **filters})},
    )
    assert answer.status_code == 200, answer.text
    key = answer.json()["message"]["id"]
    deadline = time.monotonic() + 150
    while time.monotonic() < deadline:
        state = api.message(f"{API}.laporan.keadaan?id={key}")
        assert "gagal" not in state, state
        if "berkas" in state:
            return state["berkas"]
        time.sleep(1)
    pytest.fail("the file was not made in time")


def test_a_head_downloads_the_own_units_recap_and_nobody_else_may(stack):
    head, other = [user for user in stack.users if user["role"] == "Kepala OPD"][:2]
    api = Api(stack, head)
    for form, start in (("xlsx", b"PK"), ("pdf", b"%PDF-")):
        url = file_of(api, "Rekapitulasi Kehadiran", form, opd=head["opd"])
        assert api.call("GET", url).content.startswith(start)
        for stranger in (other, stack.user("BKPSDM"), stack.user("Pegawai SPBE")):
            assert Api(stack, stranger).call("GET", url).status_code == 403
        nobody = requests.get(stack.url + url, headers={"Host": stack.host}, timeout=60)
        assert nobody.status_code in (401, 403)


def test_a_head_gets_no_file_of_another_unit(stack):
    head, other = [user for user in stack.users if user["role"] == "Kepala OPD"][:2]
    answer = Api(stack, head).call(
        "POST",
        f"{API}.laporan.unduh",
        json={
            "laporan": "Rekapitulasi Kehadiran",
            "bentuk": "pdf",
            "saringan": json.dumps({"opd": other["opd"]}),
        },
    )
    assert answer.status_code == 403


def test_staff_download_their_own_card(stack):
    api = Api(stack, stack.user("Pegawai SPBE"))
    assert api.call("GET", file_of(api, "Kartu Kehadiran", "pdf")).content.startswith(b"%PDF-")
    card = api.message(f"{API}.laporan.kartu_saya?bulan={MONTH}")
    assert card["bulan"] == MONTH
    assert card["fakta"][0][1]


@pytest.mark.parametrize("report", ["Rekapitulasi Kehadiran", "Rekap Potongan TPP", "Disiplin PP 94"])
def test_reports_open_in_desk_with_their_buttons(stack, new_desk, report):
    desk: Desk = new_desk(stack.user("BKPSDM"))
    desk.page.goto(f"{stack.url}/app/query-report/{report}")
    for name in ("Unduh XLSX", "Unduh PDF"):
        desk.page.get_by_role("button", name=name).wait_for(timeout=45_000)
    desk.page.locator(".dt-row-0, .report-wrapper .msg-box, .no-report-area").first.wait_for(timeout=45_000)
    assert desk.page.locator(".modal.show").count() == 0


def test_a_chosen_opd_is_what_the_report_is_about(stack, new_desk):
    """Its title is fetched after it was chosen; the report must not run without it meanwhile."""
    desk: Desk = new_desk(stack.user("BKPSDM"))
    opd = stack.user("Kepala OPD")["opd"]
    desk.page.goto(f"{stack.url}/app/query-report/Rekapitulasi Kehadiran")
    desk.page.get_by_role("button", name="Unduh XLSX").wait_for(timeout=45_000)
    with desk.page.expect_request(lambda request: "query_report.run" in request.url and opd in request.url):
        desk.page.evaluate("opd => frappe.query_report.set_filter_value('opd', opd)", opd)
    assert desk.page.evaluate("frappe.query_report.get_filter_values().opd") == opd


def test_a_report_opened_by_its_address_is_about_the_opd_in_it(stack, new_desk):
    desk: Desk = new_desk(stack.user("BKPSDM"))
    opd = stack.user("Kepala OPD")["opd"]
    asked = f"/app/query-report/Rekapitulasi Kehadiran?opd={opd}&bulan={MONTH}"
    with desk.page.expect_response(lambda answer: "query_report.run" in answer.url and opd in answer.url):
        desk.page.goto(stack.url + asked)
    desk.page.wait_for_function(
        "() => !frappe.query_report.last_ajax || frappe.query_report.last_ajax.readyState === 4"
    )
    units = desk.page.evaluate("frappe.query_report.get_filter_values().opd")
    assert units == opd

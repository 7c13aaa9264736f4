"""Schedules, shifts, assignments, exchanges and the calendar, as those who keep them work in Desk."""

from __future__ import annotations

import json
import random
import re
import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from desk import until
from pages import PATIENCE
from playwright.sync_api import expect

from tests.client import Client

TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()
# Far enough away that nobody's day is computed from it.
FIRST, LAST = "01-01-2041", "31-01-2041"


@pytest.fixture
def bkpsdm(desk_of, stack):
    return desk_of(stack.user("BKPSDM"))


def code() -> str:
    return uuid.uuid4().hex[:6].upper()


def test_a_weekly_schedule_is_refused_while_a_day_ends_before_it_starts_and_warned_of_while_it_is_too_short(
    bkpsdm, made
):
    name = f"Jadwal Uji {code()}"
    form = bkpsdm.new("Jadwal Kerja")
    form.fill(nama_jadwal=name, dasar="SE Uji 1/2041")
    form.add_row("hari", hari="Senin", mulai="07:30:00", selesai="06:00:00")
    assert "Baris 1 (Senin)" in (said := form.refused()) and "selesai" in said.lower()
    form.open_row("hari", 1, selesai="16:00:00", istirahat_mulai="12:00:00", istirahat_selesai="13:00:00")
    form.add_row("hari", hari="Selasa", mulai="07:30:00", selesai="14:00:00")
    form.says("14 jam seminggu tanpa istirahat")
    form.save()
    made.append(("Jadwal Kerja", name))
    said = bkpsdm.dialog("Periksa jam kerja per minggu").inner_text()
    assert "seminggu 14 jam tanpa istirahat, seharusnya 37,5" in said
    bkpsdm.close_dialogs()
    form.says("07:30–16:00")
    kept = [
        (row["hari"], row["mulai"], row["selesai"], row.get("paling_awal")) for row in form.stored()["hari"]
    ]
    assert kept == [("Senin", "7:30:00", "16:00:00", None), ("Selasa", "7:30:00", "14:00:00", None)]


def test_a_night_shift_must_say_that_it_ends_on_the_next_day(bkpsdm, made):
    name = f"M{code()}"
    form = bkpsdm.new("Shift Kerja")
    form.fill(kode=name.lower(), nama_shift="Malam uji", mulai="20:00:00", selesai="07:00:00")
    assert "hari berikut" in form.refused().lower()
    form.fill(selesai_hari_berikut="1").save()
    made.append(("Shift Kerja", name))
    assert form.name == name
    kept = form.stored()
    assert (kept["mulai"], kept["selesai"], kept["selesai_hari_berikut"]) == ("20:00:00", "7:00:00", 1)


def test_a_schedule_is_assigned_to_one_opd_and_an_overlapping_assignment_names_the_other(bkpsdm, made):
    schedule = f"Jadwal Uji {code()}"
    form = bkpsdm.new("Jadwal Kerja")
    form.fill(nama_jadwal=schedule, jenis="Shift").save()
    made.append(("Jadwal Kerja", schedule))
    form.press("Tugaskan")
    given = bkpsdm.form("Penugasan Jadwal")
    expect(given.field("jadwal").locator("input")).to_have_value(schedule)
    given.fill(opd="Dinas Perhubungan", dari=FIRST, sampai=LAST).save()
    made.append(("Penugasan Jadwal", given.name))
    again = bkpsdm.new("Penugasan Jadwal")
    again.fill(opd="Dinas Perhubungan", jadwal="5 Hari Kerja", dari="15-01-2041")
    said = again.refused()
    assert all(word in said for word in (schedule, "01-01-2041", "31-01-2041"))
    kept = bkpsdm.rows("Penugasan Jadwal", {"opd": "DISHUB"}, "jadwal", "dari", "sampai")
    assert kept == [{"jadwal": schedule, "dari": "2041-01-01", "sampai": "2041-01-31"}]


@pytest.fixture
def exchange(stack, bkpsdm, staff_of, made):
    """Two colleagues of a unit, two days, and their shifts: each is on duty on one day and off on the other."""
    shifts = []
    for start, end in (("07:00:00", "14:00:00"), ("14:00:00", "21:00:00")):
        body = {"kode": f"U{code()}", "nama_shift": "Dinas uji", "mulai": start, "selesai": end}
        shifts.append(insert(bkpsdm.client, "Shift Kerja", body)["name"])
        made.append(("Shift Kerja", shifts[-1]))
    unit = stack.user("Kepala OPD")["opd"]
    people = [staff_of(unit, 3), staff_of(unit, 4)]
    # An exchange stays: another run takes other days.
    start = random.randrange(60, 900)
    days = [str(TODAY + timedelta(days=offset)) for offset in (start, start + 1)]
    for at, person in enumerate(people):
        for day, shift in zip(days, (shifts[at], None)[:: 1 - 2 * at], strict=True):
            body = {"pegawai": person["pegawai"], "tanggal": day, "shift": shift}
            made.append(("Roster Dinas", insert(bkpsdm.client, "Roster Dinas", body)["name"]))
    return people, days, shifts


def insert(client: Client, doctype: str, body: dict) -> dict:
    answer = client.call("POST", f"/api/resource/{doctype}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def test_duties_are_exchanged_once_the_colleague_agreed_and_the_head_approved(
    stack, desk_of, exchange, bkpsdm
):
    (applicant, colleague), days, shifts = exchange
    asked = insert(
        Client(stack, applicant),
        "Tukar Dinas",
        {
            "pemohon": applicant["pegawai"],
            "tanggal": days[0],
            "rekan": colleague["pegawai"],
            "tanggal_rekan": days[1],
            "alasan": "Acara keluarga",
        },
    )
    head = desk_of(stack.user("Kepala OPD"))
    form = head.open("Tukar Dinas", asked["name"])
    form.says("Acara keluarga")
    offered = form.steps()
    assert "Tolak" in offered and "Setujui" not in offered
    body = {"doc": json.dumps(asked), "action": "Setujui"}
    done = Client(stack, colleague).call(
        "POST", "/api/method/frappe.model.workflow.apply_workflow", json=body
    )
    assert done.status_code == 200, done.text
    form = head.open("Tukar Dinas", asked["name"])
    form.act("Setujui")
    form.says(re.compile(r"Ditukar Pada", re.IGNORECASE))
    assert form.stored()["status"] == "Disetujui"
    both = {"tanggal": ["in", days], "pegawai": ["in", [applicant["pegawai"], colleague["pegawai"]]]}
    kept = bkpsdm.rows("Roster Dinas", both, "pegawai", "tanggal", "shift", "sumber")
    mine = {(row["pegawai"], row["tanggal"]): row["shift"] for row in kept}
    assert mine[(applicant["pegawai"], days[1])] == shifts[1]
    assert mine[(colleague["pegawai"], days[0])] == shifts[0]
    assert not mine[(applicant["pegawai"], days[0])] and not mine[(colleague["pegawai"], days[1])]
    assert {row["sumber"] for row in kept} == {"Tukar"}


def test_the_national_calendar_is_proposed_and_put_into_force_in_bulk_on_its_decree(bkpsdm, made):
    year = 2032
    shown = bkpsdm.list_of("Hari Libur")
    shown.press("Usulkan dari Kalender Nasional")
    bkpsdm.answer("Usulkan", tahun=str(year))
    said = bkpsdm.dialog(f"Hari Libur {year}").inner_text()
    proposed = bkpsdm.rows(
        "Hari Libur", {"tanggal": ["between", [f"{year}-01-01", f"{year}-12-31"]]}, "name", "status", "dasar"
    )
    made += [("Hari Libur", row["name"]) for row in proposed]
    assert f"{len(proposed)} hari diusulkan" in said and {row["status"] for row in proposed} == {"Usulan"}
    bkpsdm.close_dialogs()
    expect(shown.rows()).to_have_count(min(20, len(proposed)), timeout=PATIENCE)
    shown.area.locator(".list-header-subject .list-check-all").check()
    shown.area.locator(".actions-btn-group button").locator("visible=true").first.click()
    shown.area.locator(".actions-btn-group .dropdown-menu").get_by_text("Berlakukan", exact=True).click()
    with bkpsdm.page.expect_response(lambda answer: "konfirmasi_libur" in answer.url, timeout=PATIENCE):
        bkpsdm.answer("Berlakukan", dasar="SKB Uji 1/2032")
    told = bkpsdm.page.locator(".desk-alert", has_text="hari diberlakukan")
    expect(told).to_contain_text("0 di antaranya sudah lewat", timeout=PATIENCE)
    kept = bkpsdm.rows(
        "Hari Libur", {"name": ["in", [row["name"] for row in proposed]], "status": "Berlaku"}, "dasar"
    )
    assert len(kept) == min(20, len(proposed)) >= 15
    assert {row["dasar"] for row in kept} == {"SKB Uji 1/2032"}


def test_a_day_off_in_the_past_says_whom_it_computes_again_and_does(bkpsdm, made):
    unit = "DISPARPORA"
    staff = len(bkpsdm.rows("Pegawai", {"opd": unit, "status": "Aktif"}))
    past = bkpsdm.rows("Rekap Harian", {"opd": unit, "kode": "H"}, "tanggal")
    day = max(row["tanggal"] for row in past)
    form = bkpsdm.new("Hari Libur")
    form.fill(
        tanggal="-".join(day.split("-")[::-1]),
        nama_libur="Libur uji",
        jenis="Libur OPD",
        opd="Dinas Pariwisata",
        status="Berlaku",
        dasar="SK Uji 7/2026",
    )
    form.save()
    made.append(("Hari Libur", form.name))
    told = bkpsdm.page.locator(".desk-alert", has_text="akan dihitung ulang untuk")
    expect(told).to_contain_text("Dinas Pariwisata", timeout=PATIENCE)

    def off() -> int:
        return len(bkpsdm.rows("Rekap Harian", {"opd": unit, "tanggal": day, "kode": "L"}))

    until(off, staff)
    assert off() == staff

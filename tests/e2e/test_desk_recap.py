"""Outages, closing a month, roll calls and reports, as those who answer for them work in Desk."""

from __future__ import annotations

import io
import re
import uuid
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from desk import DeskUser, fill, press, until
from openpyxl import load_workbook
from pages import PATIENCE
from playwright.sync_api import expect

TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()
REKAP = "Rekapitulasi Kehadiran"


@pytest.fixture
def bkpsdm(desk_of, stack) -> DeskUser:
    return desk_of(stack.user("BKPSDM"))


def shown(day: str) -> str:
    """2026-11-24 as people read it."""
    return "-".join(day.split("-")[::-1])


def test_an_outage_in_force_excuses_who_was_late_names_its_decree_and_takes_nothing_back_but_by_withdrawal(
    bkpsdm,
):
    decree = f"SE Uji {uuid.uuid4().hex[:6]}"
    # Who did not punch in at all is late by another rule.
    late = {"kode": ["like", "%TL%"], "masuk": ["is", "set"]}
    row = max(
        bkpsdm.rows("Rekap Harian", late, "name", "pegawai", "tanggal", "opd"),
        key=lambda found: found["tanggal"],
    )
    unit = bkpsdm.client.document("OPD", row["opd"])["nama_opd"]
    that = {"pegawai": row["pegawai"], "tanggal": row["tanggal"]}

    def codes() -> str:
        return bkpsdm.rows("Rekap Harian", that, "kode")[0]["kode"]

    before = codes()
    form = bkpsdm.new("Gangguan Layanan")
    expect(form.field("sebab").locator("select")).to_have_value("Jaringan")
    form.fill(dari=f"{shown(row['tanggal'])} 06:00:00", sampai=f"{shown(row['tanggal'])} 11:00:00")
    form.add_row("opd", opd=unit)
    form.fill(perlakuan="Dianggap Tepat Waktu").save()
    form.says("Baru usulan")
    assert codes() == before
    form.press("Berlakukan")
    bkpsdm.answer("Berlakukan", dasar=decree)
    form.says(re.compile(r"Berlaku: hari"))
    until(lambda: "TL" in codes(), False)
    assert "TL" not in codes()
    day = bkpsdm.open("Rekap Harian", bkpsdm.rows("Rekap Harian", that)[0]["name"])
    day.says(decree)
    outage = bkpsdm.rows("Gangguan Layanan", {"dasar": decree}, "name", "status")[0]
    assert outage["status"] == "Berlaku"
    form = bkpsdm.open("Gangguan Layanan", outage["name"])
    form.press("Tarik")
    bkpsdm.answer("Tarik", alasan="Log server tidak mendukung")
    form.says("Log server tidak mendukung")
    until(codes, before)
    assert codes() == before
    assert form.stored()["status"] == "Ditolak"


def reopening(name: str) -> dict[str, str]:
    return {"dt": "Tutup Bulan", "dn": name, "method": "buka_kembali", "args": '{"alasan": "Uji"}'}


@pytest.fixture
def closing(bkpsdm, stack, made):
    """OPD and first day of a month that a test may close; it is open before and afterwards, whatever happened."""
    unit = stack.user("Kepala OPD")["opd"]
    days = bkpsdm.rows("Rekap Harian", {"opd": unit, "kode": "H"}, "tanggal")
    first = min(row["tanggal"] for row in days)

    def reopen() -> None:
        for row in bkpsdm.rows("Tutup Bulan", {"opd": unit, "bulan": first[:7], "status": "Ditutup"}):
            bkpsdm.client.call("POST", "/api/method/run_doc_method", json=reopening(row["name"]))

    reopen()
    yield unit, first
    reopen()


def test_a_month_is_closed_over_its_checklist_sealed_adjusted_and_reopened_by_bkpsdm_alone(
    stack, bkpsdm, desk_of, closing, made
):
    unit, day = closing
    month = day[:7]
    kept = bkpsdm.rows("Tutup Bulan", {"opd": unit, "bulan": month})
    if kept:
        form = bkpsdm.open("Tutup Bulan", kept[0]["name"])
    else:
        form = bkpsdm.new("Tutup Bulan").fill(opd="Dinas Komunikasi", bulan=month)
        form.save()
    form.says("Hari yang belum dihitung")
    unsettled = form.area.locator(".indicator-pill.red").filter(has_text="Terbuka").count()
    form.press("Tutup Bulan")
    # What is open depends on the calendar and on the tests before.
    reason = "Ditunda sampai penyesuaian" if unsettled else None
    if reason:
        bkpsdm.answer("Tutup Bulan", alasan=reason)
    else:
        press(bkpsdm.dialog("Tutup bulan ini"), "Ya")
    expect(form.button("Buka Kembali").locator("visible=true").first).to_be_visible(timeout=PATIENCE)
    expect(form.field("sidik")).to_contain_text(re.compile(r"[0-9a-f]{64}"), timeout=PATIENCE)
    closed = form.stored()
    assert (closed["status"], closed.get("alasan_tutup")) == ("Ditutup", reason)
    name = bkpsdm.rows("Pegawai", {"name": bkpsdm.user["pegawai"]}, "nama")[0]["nama"]
    expect(form.field("ditutup_oleh")).to_contain_text(name)

    report = bkpsdm.report(REKAP, opd=unit, bulan=month)
    expect(report).to_contain_text(closed["sidik"], timeout=PATIENCE)

    holiday = {"tanggal": day, "nama_libur": "Libur uji", "jenis": "Libur OPD", "opd": unit}
    body = {**holiday, "status": "Berlaku", "dasar": "SK Uji 9/2026"}
    answer = bkpsdm.client.call("POST", "/api/resource/Hari Libur", json=body)
    made.append(("Hari Libur", answer.json()["data"]["name"]))

    def adjusted() -> list[dict]:
        filters = {"opd": unit, "tanggal": day, "kode_baru": "L"}
        return bkpsdm.rows("Penyesuaian Rekap", filters, "kode_lama", "bulan_berlaku", "sebab")

    until(lambda: bool(adjusted()), True)
    following = date.fromisoformat(f"{month}-01") + timedelta(days=32)
    assert {row["bulan_berlaku"] for row in adjusted()} == {f"{following:%Y-%m}"}
    frozen = bkpsdm.rows("Rekap Harian", {"opd": unit, "tanggal": day}, "kode", "tutup_bulan")
    assert {row["tutup_bulan"] for row in frozen} == {closed["name"]} and "H" in {
        row["kode"] for row in frozen
    }
    listing = bkpsdm.list_of("Penyesuaian Rekap", opd=unit, tanggal=day)
    expect(listing.rows().filter(has_text=re.compile(r"\bH\s+L\b")).first).to_be_visible(timeout=PATIENCE)

    head = desk_of(stack.user("Kepala OPD")).open("Tutup Bulan", closed["name"])
    head.says(closed["sidik"])
    expect(head.button("Buka Kembali")).to_have_count(0)
    refused = head.desk.client.refusal("POST", "/api/method/run_doc_method", json=reopening(closed["name"]))
    assert refused[0] == 403

    form = bkpsdm.open("Tutup Bulan", closed["name"])
    form.press("Buka Kembali")
    bkpsdm.answer("Buka Kembali", alasan="Libur daerah menyusul")
    expect(form.button("Tutup Bulan").locator("visible=true").first).to_be_visible(timeout=PATIENCE)
    form.says("Libur daerah menyusul")
    assert form.stored()["status"] == "Dibuka Kembali"


def test_a_roll_call_gets_a_temporary_place_by_a_button_and_shows_its_strength(bkpsdm, made):
    day = str(TODAY + timedelta(days=3))
    name = f"Apel Uji {uuid.uuid4().hex[:6]}"
    form = bkpsdm.new("Kegiatan Apel")
    form.press("Buat Lokasi Sementara")
    bkpsdm.dialog("Pilih tanggal dahulu")
    bkpsdm.close_dialogs()
    form.fill(
        nama_kegiatan=name, jenis_kegiatan="Upacara", tanggal=shown(day), mulai="07:00:00", selesai="08:00:00"
    )
    form.press("Buat Lokasi Sementara")
    dialog = bkpsdm.dialog("Buat Lokasi Sementara")
    dialog.locator("[data-fieldname=nama_lokasi] input").fill(f"Lapangan {name}")
    press(dialog, "Pakai Posisi Saya")
    expect(dialog.locator("[data-fieldname=latitude] input")).to_have_value(
        re.compile("1,0087"), timeout=PATIENCE
    )
    press(dialog, "Buat dan Pakai")
    expect(form.field("lokasi").locator("input")).to_have_value(f"Lapangan {name}", timeout=PATIENCE)
    form.add_row("undangan", opd="Dinas Sosial")
    form.save()
    made.append(("OPD Lokasi", form.stored()["lokasi"]))
    made.append(("Kegiatan Apel", form.name))
    staff = len(bkpsdm.rows("Pegawai", {"opd": "DINSOS", "status": "Aktif"}))
    form.says(f"dari {staff} hadir")
    place = bkpsdm.client.document("OPD Lokasi", form.stored()["lokasi"])
    assert (place["berlaku_dari"], place["berlaku_sampai"], place["hanya_kegiatan"]) == (day, day, 1)
    assert (place["latitude"], place["radius"]) == (1.0087, 100)
    form.press("Laporan Kekuatan Apel")
    report = bkpsdm.page.locator("#page-query-report .report-wrapper")
    expect(report).to_contain_text("Dinas Sosial", timeout=PATIENCE)
    expect(report.locator(".dt-row-0")).to_contain_text(str(staff))


def test_the_recap_opens_with_its_filters_and_its_files_are_what_they_say(bkpsdm, stack):
    unit = stack.user("Kepala OPD")["opd"]
    month = f"{TODAY - timedelta(days=1):%Y-%m}"
    staff = bkpsdm.rows("Pegawai", {"opd": unit, "status": "Aktif"}, "nama", "nip")
    report = bkpsdm.report(REKAP, opd=unit, bulan=month)
    expect(report.locator(".dt-row-0")).to_be_visible(timeout=PATIENCE)
    names = {row["nama"] for row in staff}
    text = report.inner_text()
    assert sum(name in text for name in names) > 3
    sheet = bkpsdm.download("Unduh XLSX")
    book = load_workbook(io.BytesIO(sheet))
    cells = [
        str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value is not None
    ]
    numbers = {row["nip"] for row in staff if row["nip"]}
    assert numbers and all(any(number in cell for cell in cells) for number in numbers)
    paper = bkpsdm.download("Unduh PDF")
    assert paper.startswith(b"%PDF-") and len(paper) > 10_000


def test_where_the_browser_lets_no_window_open_the_file_is_a_link(bkpsdm, stack):
    bkpsdm.report(REKAP, opd=stack.user("Kepala OPD")["opd"], bulan=f"{TODAY:%Y-%m}")
    bkpsdm.page.evaluate("window.open = () => null")
    press(bkpsdm.page.locator("#page-query-report .page-head"), "Unduh XLSX")
    link = bkpsdm.dialog("Berkas sudah siap").get_by_role("link", name="Buka berkas")
    file = bkpsdm.client.call("GET", urlsplit(link.get_attribute("href")).path)
    assert load_workbook(io.BytesIO(file.content)).sheetnames


@pytest.fixture
def dearer(bkpsdm, made) -> str:
    """A rule of a year without attendance that takes twice of what the seeded one takes."""
    seeded = bkpsdm.rows("Aturan Potongan", {"dasar_hukum": ["like", "%10/2022%"]})[0]["name"]
    rule = bkpsdm.client.document("Aturan Potongan", seeded)
    body = {key: rule[key] for key in ("dasar_potongan", "untuk_pns", "untuk_pppk", "batas_bulanan")}
    steps = [
        {key: row.get(key) for key in ("kode", "menit_dari", "menit_sampai")} | {"persen": 2 * row["persen"]}
        for row in rule["jenjang"]
    ]
    body |= {"nama_aturan": f"Uji {uuid.uuid4().hex[:6]}", "dari": "2020-01-01", "sampai": "2020-12-31"}
    body |= {"dasar_hukum": "Rancangan uji", "jenjang": steps}
    answer = bkpsdm.client.call("POST", "/api/resource/Aturan Potongan", json=body)
    assert answer.status_code == 200, answer.text
    made.append(("Aturan Potongan", answer.json()["data"]["name"]))
    return made[-1][1]


def test_the_deductions_answer_what_another_rule_would_cost(bkpsdm, stack, dearer):
    month = f"{TODAY - timedelta(days=1):%Y-%m}"
    # Of few invented people not every office has somebody who was late.
    deducted = {"persen_potongan": [">", 0], "tanggal": ["between", [f"{month}-01", str(TODAY)]]}
    office = bkpsdm.rows("Rekap Harian", deducted, "opd")[0]["opd"]
    report = bkpsdm.report("Rekap Potongan TPP", opd=office, bulan=month)
    expect(report.locator(".dt-row-0")).to_be_visible(timeout=PATIENCE)
    expect(report).not_to_contain_text("Aturan Lain")
    with bkpsdm.page.expect_response(
        lambda answer: "query_report.run" in answer.url and "Uji" in answer.url, timeout=PATIENCE
    ) as ran:
        fill(bkpsdm.page.locator("#page-query-report .page-form [data-fieldname=aturan]").first, dearer)
    expect(report).to_contain_text("Aturan Lain", timeout=PATIENCE)
    rows = [
        row for row in ran.value.json()["message"]["result"] if isinstance(row, dict) and row.get("jumlah")
    ]
    assert rows
    assert [row["lain"] for row in rows] == pytest.approx([2 * row["jumlah"] for row in rows])
    assert [row["selisih"] for row in rows] == pytest.approx([row["jumlah"] for row in rows])

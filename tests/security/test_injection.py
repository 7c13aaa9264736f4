"""SQL through lists, templates through texts, formulas through files, addresses through settings and links: each meets a wall."""

from __future__ import annotations

import json
import time

import pytest

from tests.client import CATAT, Client, punch

LISTS = (
    ("GET", "/api/resource/Pegawai"),
    ("POST", "/api/method/frappe.desk.reportview.get"),
    ("GET", "/api/method/frappe.client.get_list"),
)
SLEEP = "sleep(3)"
STATEMENTS = (
    {"order_by": SLEEP},
    {"order_by": f"(select {SLEEP})"},
    {"order_by": f"name asc, if(1=1, {SLEEP}, 1)"},
    {"order_by": "benchmark(99999999, md5(1))"},
    {"group_by": SLEEP},
    {"group_by": f"(select {SLEEP})"},
    {"fields": f'["{SLEEP}"]'},
    {"fields": f'["name, {SLEEP}"]'},
    {"fields": '["(select password from __Auth limit 1) as x"]'},
    {"filters": f'[["name) or {SLEEP} or (name", "=", "x"]]'},
    {"filters": f'[["name", "=", "x\' or {SLEEP} -- "]]'},
    {"filters": '[["name", "in (select name from tabUser) or", "x"]]'},
    {"limit_start": f"0; select {SLEEP}"},
    {"limit_page_length": "1 union select password from __Auth"},
)  # fmt: skip


@pytest.fixture(scope="module")
def administrator(stack) -> Client:
    return Client(stack, stack.user("Administrator"))


@pytest.mark.parametrize("values", STATEMENTS, ids=lambda values: next(iter(values.items()))[1][:40])
@pytest.mark.parametrize("role", ["Pegawai SPBE", "BKPSDM"])
def test_no_list_runs_a_statement_of_its_reader(logged_in, role, values):
    client = logged_in(role)
    for verb, path in LISTS:
        asked = {"doctype": "Pegawai", "fields": '["name"]', **values}
        began = time.monotonic()
        answer = client.call(verb, path, **({"params": asked} if verb == "GET" else {"data": asked}))
        assert time.monotonic() - began < 3, path
        assert "$pbkdf2" not in answer.text
        assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "template",
    [
        "{{ 7*191 }}",
        "{% for x in range(9) %}{{ x }}{% endfor %}",
        "{{ frappe.db.sql('select 1') }}",
        "${7*191}",
        "<%= 7*191 %>",
    ],
)
def test_a_reason_is_text_and_never_a_template(staff, here, logged_in, template):
    far = punch(here, latitude=here["latitude"] + 0.05, alasan=template)
    name = staff.message("POST", CATAT, json=far)["name"]
    shown = logged_in("BKPSDM").document("Absensi", name)
    assert shown["alasan"] == template
    page = logged_in("BKPSDM").call(
        "GET", "/printview", params={"doctype": "Absensi", "name": name, "trigger_print": 0}
    )
    assert "1337" not in page.text
    assert "012345678" not in page.text


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("frappe.www.printview.get_html_and_style", {"doc": json.dumps({"doctype": "Absensi", "name": "x"}), "print_format": "{{7*191}}"}),
        ("frappe.utils.print_format.report_to_pdf", {"html": "{{ 7*191 }}<iframe src='file:///etc/passwd'></iframe>"}),
        ("frappe.email.doctype.email_template.email_template.get_email_template", {"template_name": "{{ 7*191 }}", "doc": "{}"}),
        ("frappe.desk.doctype.system_console.system_console.execute_code", {"doc": json.dumps({"doctype": "System Console", "type": "Python", "console": "log(7*191)"})}),
        ("frappe.core.doctype.server_script.server_script.get_autocompletion_items", {}),
    ],
    ids=lambda value: value.rpartition(".")[2] if isinstance(value, str) else "",
)  # fmt: skip
@pytest.mark.parametrize("role", ["Pegawai SPBE", "Admin OPD", "BKPSDM"])
def test_no_role_of_the_product_runs_code(logged_in, role, method, body):
    answer = logged_in(role).call("POST", f"/api/method/{method}", data=body)
    assert "1337" not in answer.text
    assert b"root:x:0" not in answer.content


@pytest.mark.parametrize(
    "doctype",
    [
        "Server Script",
        "Client Script",
        "Print Format",
        "Notification",
        "Webhook",
        "Workflow",
        "Custom Field",
        "Property Setter",
        "Report",
        "Email Account",
        "DocType",
        "System Settings",
        "Role",
        "Custom DocPerm",
    ],
)
@pytest.mark.parametrize(
    "role", ["Pegawai SPBE", "Kepala OPD", "Admin OPD", "BKPSDM", "Pimpinan", "Wali Data"]
)
def test_what_runs_code_or_gives_rights_is_made_by_no_role_of_the_product(logged_in, role, doctype):
    status, _kind, _sentence = logged_in(role).refusal(
        "POST", f"/api/resource/{doctype}", json={"name": "Uji", "script": "x", "title": "x"}
    )
    assert status == 403


@pytest.mark.parametrize(
    "target",
    [
        "https://jahat.example",
        "//jahat.example",
        "/\\jahat.example",
        "javascript:alert(1)",
        "https:jahat.example",
    ],
)
def test_no_page_sends_its_visitor_elsewhere(staff, guest, target):
    for client in (staff, guest):
        for path in ("/login", "/absen", "/", "/command-center", "/api/method/logout"):
            answer = client.http.get(
                client.stack.url + path, params={"redirect-to": target, "redirect_to": target, "next": target}, allow_redirects=False, timeout=30
            ) if path != "/api/method/logout" else guest.http.get(client.stack.url + path, allow_redirects=False, timeout=30)  # fmt: skip
            assert "jahat.example" not in answer.headers.get("Location", "")
            assert "javascript:" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("target", ["/app", "/absen/riwayat?bulan=2026-11", "/app/absensi#x", "/login"])
def test_a_page_of_the_site_itself_is_gone_to(staff, target):
    answer = staff.http.get(
        f"{staff.stack.url}/login", params={"redirect-to": target}, allow_redirects=False, timeout=30
    )
    assert answer.status_code < 400

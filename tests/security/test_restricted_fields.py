"""Nobody but BKPSDM reads a NIK, and nobody else finds it out by asking: every way to list, sort, count, sum up or export."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.client import Client

METHOD = "/api/method/frappe."
ROLES = ("Kepala OPD", "Admin OPD", "Pimpinan", "Pegawai SPBE", "Wali Data")


@pytest.fixture(scope="module")
def people(stack) -> list[dict[str, Any]]:
    """Everybody with a NIK, as the system knows them."""
    administrator = Client(stack, stack.user("Administrator"))
    return administrator.rows("Pegawai", {"nik": ["is", "set"]}, "name", "nik", "opd")


@pytest.fixture(scope="module", params=ROLES)
def reader(request, stack) -> Client:
    return Client(stack, stack.user(request.param))


@pytest.fixture
def known(reader, people) -> dict[str, Any]:
    """Somebody whose row the reader may see: oneself, or one of the own OPD."""
    own = reader.user["pegawai"]
    return next((p for p in people if p["name"] == own), None) or next(
        p for p in people if p["opd"] == reader.user["opd"]
    )


def questions(pattern: str) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Every way to ask whose NIK is like the pattern: name → verb, path, arguments."""
    by_list = json.dumps([["nik", "like", pattern]])
    by_doctype = json.dumps([["Pegawai", "nik", "like", pattern]])
    by_field = json.dumps({"nik": ["like", pattern]})
    pegawai = {"doctype": "Pegawai"}
    names = {**pegawai, "fields": json.dumps(["name"])}
    card = {"type": "Document Type", "document_type": "Pegawai", "function": "Count", "filters_json": "[]"}
    chart = {
        "chart_type": "Count", "document_type": "Pegawai", "based_on": "creation", "filters_json": by_doctype,
        "timeseries": 1, "timespan": "Last Year", "time_interval": "Yearly", "name": "x",
    }  # fmt: skip
    columns = json.dumps({"id": "name", "start": "creation", "end": "modified", "title": "nama"})
    return {
        "resource filters": ("GET", "/api/resource/Pegawai", {"filters": by_list}),
        "resource or_filters": ("GET", "/api/resource/Pegawai", {"or_filters": by_list}),
        "client.get_list": ("POST", "client.get_list", {**pegawai, "filters": by_field}),
        "client.get_count": ("POST", "client.get_count", {**pegawai, "filters": by_field}),
        "client.get_count cached": ("POST", "client.get_count", {**pegawai, "filters": by_field, "cache": 1}),
        "client.get_value": ("POST", "client.get_value", {**pegawai, "fieldname": "name", "filters": by_field}),
        "client.get": ("POST", "client.get", {**pegawai, "filters": by_field}),
        "report view": ("POST", "desk.reportview.get", {**names, "filters": by_doctype}),
        "report view list": ("POST", "desk.reportview.get_list", {**names, "filters": by_doctype}),
        "report view count": ("POST", "desk.reportview.get_count", {**pegawai, "filters": by_doctype}),
        "report view stats": ("POST", "desk.reportview.get_sidebar_stats", {**pegawai, "stats": '["_user_tags"]', "filters": by_doctype}),
        "report view export": ("POST", "desk.reportview.export_query", {**names, "filters": by_doctype, "file_format_type": "CSV", "title": "x"}),
        "link search": ("POST", "desk.search.search_link", {**pegawai, "txt": "", "filters": by_field}),
        "link search field": ("POST", "desk.search.search_link", {**pegawai, "txt": pattern.strip("%"), "searchfield": "nik"}),
        "search widget": ("POST", "desk.search.search_widget", {**pegawai, "txt": pattern.strip("%"), "searchfield": "nik"}),
        "group by": ("POST", "desk.listview.get_group_by_count", {**pegawai, "current_filters": by_field, "field": "status"}),
        "group by assignment": ("POST", "desk.listview.get_group_by_count", {**pegawai, "current_filters": by_field, "field": "assigned_to"}),
        "calendar": ("POST", "desk.calendar.get_events", {**pegawai, "start": "2000-01-01", "end": "2099-01-01", "field_map": columns, "filters": by_doctype}),
        "number card": ("POST", "desk.doctype.number_card.number_card.get_result", {"doc": json.dumps(card), "filters": by_doctype}),
        "chart": ("POST", "desk.doctype.dashboard_chart.dashboard_chart.get", {"chart": json.dumps(chart), "filters": by_doctype, "no_cache": 1, "refresh": 1}),
    }  # fmt: skip


@pytest.mark.parametrize("way", questions("1%"))
def test_no_answer_depends_on_a_nik(reader, known, way):
    def ask(pattern: str) -> tuple[int, str]:
        verb, path, values = questions(pattern)[way]
        sent = {"params": values} if verb == "GET" else {"json": values}
        answer = reader.call(verb, path if path.startswith("/") else METHOD + path, **sent)
        return answer.status_code, answer.text

    assert ask(known["nik"][:8] + "%") == ask("99999999%")


ORDERS = ("nik", "`tabPegawai`.`nik`", "NIK", "field(strcmp(nik,'14'),-1)", "modified desc, nik")


@pytest.mark.parametrize("order", ORDERS)
def test_nothing_is_sorted_or_grouped_by_a_nik(reader, order):
    by_order = {"order_by": order}
    report = {"doctype": "Pegawai", "fields": '["name"]'}
    for verb, path, sent in (
        ("GET", "/api/resource/Pegawai", {"params": by_order}),
        ("POST", f"{METHOD}desk.reportview.get", {"json": {**report, **by_order}}),
        ("POST", f"{METHOD}desk.reportview.get", {"json": {**report, "group_by": order}}),
    ):
        assert reader.call(verb, path, **sent).status_code in (403, 417)


def selections(name: str) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Every way to be given a NIK: name → verb, path, arguments. Two hidden fields side by side, too."""
    pegawai = {"doctype": "Pegawai"}
    card = {"type": "Document Type", "document_type": "Pegawai", "function": "Maximum", "filters_json": "[]"}
    group = {"chart_type": "Group By", "document_type": "Pegawai", "group_by_type": "Count", "filters_json": "[]", "name": "x"}  # fmt: skip
    ways: dict[str, tuple[str, str, dict[str, Any]]] = {
        f"resource {fields}": ("GET", f"/api/resource/{doctype}", {"fields": json.dumps(fields.split(";"))})
        for doctype, fields in (
            ("Pegawai", "name;nik"),
            ("Pegawai", "*"),
            ("Pegawai", "name;user;nik"),
            ("Pegawai", "nik as a;nik as b"),
            ("Pegawai", "max(nik) as a;min(nik) as b;max(`tabPegawai`.`nik`) as c"),
            ("Pegawai", "distinct nik;name"),
            ("Pegawai", "group_concat(nik) as a;group_concat(`tabPegawai`.`nik`) as b"),
            ("Pegawai", "name;atasan.user;atasan.nik as a"),
            ("Absensi", "name;pegawai.user;pegawai.nik as a"),
            ("OPD", "name;kepala.user;kepala.nik as a"),
        )
    }
    return ways | {
        "document": ("GET", f"/api/resource/Pegawai/{name}", {}),
        "form": ("POST", "desk.form.load.getdoc", {**pegawai, "name": name}),
        "client.get": ("POST", "client.get", {**pegawai, "name": name}),
        "client.get_value": ("POST", "client.get_value", {**pegawai, "fieldname": '["user","nik"]', "filters": name}),
        "validate_link": ("POST", "client.validate_link", {**pegawai, "docname": name, "fields": '["user","nik"]'}),
        "link preview": ("POST", "desk.link_preview.get_preview_data", {**pegawai, "docname": name}),
        "report export": ("POST", "desk.reportview.export_query", {**pegawai, "fields": '["user","nik"]', "file_format_type": "CSV", "title": "x"}),
        "data export": ("POST", "core.doctype.data_export.exporter.export_data", {**pegawai, "with_data": 1, "all_doctypes": 1, "file_type": "CSV"}),
        "data export of columns": ("POST", "core.doctype.data_export.exporter.export_data", {**pegawai, "with_data": 1, "all_doctypes": 1, "select_columns": '{"Pegawai":["name","user","nik"]}', "file_type": "CSV"}),
        "import template": ("POST", "core.doctype.data_import.data_import.download_template", {**pegawai, "export_fields": '{"Pegawai":["name","user","nik"]}', "export_records": "all", "file_type": "CSV"}),
        "print": ("GET", "/printview", {**pegawai, "name": name}),
        "print html": ("POST", "www.printview.get_html_and_style", {"doc": "Pegawai", "name": name}),
        "custom report column": ("POST", "desk.query_report.get_data_for_custom_field", {**pegawai, "field": "nik"}),
        "custom report function": ("POST", "desk.query_report.get_data_for_custom_field", {**pegawai, "field": "lower(nik)"}),
        "workflow count": ("POST", "workflow.doctype.workflow.workflow.get_workflow_state_count", {**pegawai, "workflow_state_field": "nik", "states": "[]"}),
        "group by": ("POST", "desk.listview.get_group_by_count", {**pegawai, "current_filters": "[]", "field": "nik"}),
        "number card": ("POST", "desk.doctype.number_card.number_card.get_result", {"doc": json.dumps({**card, "aggregate_function_based_on": "nik"}), "filters": "[]"}),
        "chart": ("POST", "desk.doctype.dashboard_chart.dashboard_chart.get", {"chart": json.dumps({**group, "group_by_based_on": "nik"}), "filters": "[]", "no_cache": 1, "refresh": 1}),
        "filter values": ("POST", "desk.reportview.get_filter_dashboard_data", {**pegawai, "stats": '[{"name":"nik","type":"Data"}]', "filters": "[]"}),
        "history": ("GET", "/api/resource/Version", {"fields": '["*"]', "filters": '{"ref_doctype":"Pegawai"}'}),
        "goal": ("POST", "utils.goal.get_monthly_goal_graph_data", {
            **pegawai, "title": "x", "docname": name, "goal_value_field": "nik", "goal_total_field": "nik", "goal_history_field": "nik",
            "goal_doctype": "Pegawai", "goal_doctype_link": "name", "goal_field": "nik", "date_field": "creation", "aggregation": "max"}),
        "changing the document": ("PUT", f"/api/resource/Pegawai/{name}", {"golongan": "III/a"}),
        "changing a value": ("POST", "client.set_value", {**pegawai, "name": name, "fieldname": "golongan", "value": "III/b"}),
    }  # fmt: skip


@pytest.mark.parametrize("way", selections("x"))
def test_no_answer_holds_a_nik(reader, people, known, way):
    verb, path, values = selections(known["name"])[way]
    sent = {"params": values} if verb == "GET" else {"json": values}
    answer = reader.call(verb, path if path.startswith("/") else METHOD + path, **sent)
    assert not [person["nik"] for person in people if person["nik"] in answer.text]


def test_a_nik_is_not_found_by_the_search_over_everything(reader, known):
    found = reader.call("POST", f"{METHOD}utils.global_search.search", json={"text": known["nik"]}).json()
    assert known["name"] not in json.dumps(found)


def test_bkpsdm_reads_searches_and_sorts_by_nik(stack, people):
    client = Client(stack, stack.user("BKPSDM"))
    wanted = people[0]
    assert client.rows("Pegawai", {"nik": wanted["nik"]}, "nik") == [{"nik": wanted["nik"]}]
    for verb, path, values in questions(wanted["nik"] + "%").values():
        sent = {"params": values} if verb == "GET" else {"json": values}
        answer = client.call(verb, path if path.startswith("/") else METHOD + path, **sent)
        assert answer.status_code == 200, path
    params = {"order_by": "nik asc", "fields": '["nik"]', "limit_page_length": 0}
    listed = [row["nik"] for row in client.call("GET", "/api/resource/Pegawai", params=params).json()["data"]]
    assert listed == sorted(listed, key=lambda nik: nik or "")


def test_a_name_that_contains_the_word_is_searched_as_ever(stack):
    client = Client(stack, stack.user("Kepala OPD"))
    assert client.rows("Pegawai", {"nama": ["like", "%nik%"], "status": "nik"}) == []


def test_counts_and_maps_hold_only_rows_that_one_may_see(staff, stack):
    mine = len(staff.rows("Absensi", {}))
    assert staff.message("POST", f"{METHOD}client.get_count", json={"doctype": "Absensi"}) == mine
    coords = {"doctype": "Absensi", "filters": "[]", "type": "coordinates"}
    for client in (staff, Client(stack, stack.user("Wali Data"))):
        points = client.message("POST", f"{METHOD}geo.utils.get_coords", json=coords)["features"] or []
        own = {row["name"] for row in client.rows("Absensi", {})}
        assert {point["properties"]["name"] for point in points} == own
    for kind in ("location_field", "x"):
        assert staff.refusal("POST", f"{METHOD}geo.utils.get_coords", json={**coords, "type": kind})[0] == 400


@pytest.mark.parametrize("doctype", ["Tidak Ada", "", "tabPegawai", "Pegawai`"])
def test_what_is_no_list_is_no_fault(staff, doctype):
    for path in ("client.get_count", "client.get"):
        sent = {"doctype": doctype, "filters": "[]", "name": "x"}
        assert staff.call("POST", METHOD + path, json=sent).status_code in (400, 403, 404, 417)


@pytest.mark.parametrize("order", ["creation asc", "modified desc, nama", "`name`"])
def test_a_list_with_columns_of_a_link_is_sorted_by_its_own(staff, order):
    """Both tables have the column."""
    doctype, linked = ("Pegawai", "opd.nama_opd") if "nama" in order else ("Absensi", "pegawai.nama")
    params = {"fields": json.dumps(["name", linked]), "order_by": order}
    answer = staff.call("GET", f"/api/resource/{doctype}", params=params)
    assert answer.status_code == 200, answer.text[:500]
    own = staff.call("GET", f"/api/resource/{doctype}", params={"order_by": order}).json()["data"]
    assert [row["name"] for row in answer.json()["data"]] == [row["name"] for row in own]


def test_a_list_is_grouped_by_its_own_column(staff):
    fields = ["count(`tabAbsensi`.name) as jumlah", "pegawai.nama"]
    body = {"doctype": "Absensi", "fields": json.dumps(fields), "group_by": "owner", "order_by": "owner"}
    assert staff.call("POST", f"{METHOD}desk.reportview.get", json=body).status_code == 200


LOG_INS: dict[str, tuple[str, dict[str, Any]]] = {
    "list": ("GET", {"fields": '["name","username","full_name"]', "limit_page_length": 0}),
    "list of all": ("GET", {"fields": '["*"]', "limit_page_length": 0}),
    "renamed": ("GET", {"fields": '["username as a","name"]', "limit_page_length": 0}),
    "of a link": ("Absensi", {"fields": '["name","owner","pegawai.user.username"]'}),
    "report": ("desk.reportview.get", {"doctype": "User", "fields": '["name","username"]', "page_length": 500}),
    "export": ("desk.reportview.export_query", {"doctype": "User", "fields": '["name","username"]', "file_format_type": "CSV", "title": "x"}),
    "search": ("desk.search.search_link", {"doctype": "User", "txt": "", "page_length": 500}),
    "search with fields": ("desk.search.search_widget", {"doctype": "User", "txt": "", "page_length": 500, "filter_fields": '["username"]'}),
}  # fmt: skip


@pytest.mark.parametrize("role", ["Pimpinan", "Kepala OPD", "Admin OPD", "Wali Data"])
@pytest.mark.parametrize("way", LOG_INS)
def test_log_in_names_which_are_nip_are_not_given_to_desk_roles(stack, role, way):
    client = Client(stack, stack.user(role))
    path, values = LOG_INS[way]
    if path in ("GET", "Absensi"):
        doctype = "User" if path == "GET" else path
        answer = client.call("GET", f"/api/resource/{doctype}", params=values)
    else:
        answer = client.call("POST", METHOD + path, json=values)
    others = [user["username"] for user in stack.users if user["username"].isdigit()]
    assert len(others) > 3
    assert not [name for name in others if name in answer.text]


ASKED_LOG_INS: dict[str, dict[str, Any]] = {
    "client.get_list": {"doctype": "User", "filters": {"username": ["like", "19%"]}},
    "client.get_count": {"doctype": "User", "filters": {"username": ["like", "19%"]}},
    "desk.reportview.get": {"doctype": "User", "fields": '["name"]', "order_by": "username desc"},
    "desk.search.search_link": {"doctype": "User", "txt": "19", "searchfield": "username"},
    "desk.search.search_widget": {"doctype": "User", "txt": "19", "searchfield": "username"},
    "desk.search.search_link ": {"doctype": "OPD", "txt": "19", "searchfield": "username", "query": "frappe.core.doctype.user.user.user_query"},
    "core.doctype.user.user.user_query": {"doctype": "User", "txt": "19", "searchfield": "username", "start": 0, "page_len": 9, "filters": {}},
    "desk.search.search_link  ": {"doctype": "User", "txt": "", "filters": {"username": ["like", "19%"]}},
}  # fmt: skip


@pytest.mark.parametrize("way", ASKED_LOG_INS)
def test_nobody_in_desk_asks_about_log_in_names(stack, way):
    client = Client(stack, stack.user("Pimpinan"))
    assert client.call("POST", METHOD + way.strip(), json=ASKED_LOG_INS[way]).status_code == 403


def test_people_are_still_found_by_name_and_bkpsdm_reads_log_in_names(stack):
    head = Client(stack, stack.user("Kepala OPD"))
    sent = {"doctype": "User", "txt": "", "page_length": 500}
    assert len(head.call("POST", f"{METHOD}desk.search.search_link", json=sent).json()["results"]) > 3
    login = stack.user("Pegawai SPBE")["username"]
    bkpsdm = Client(stack, stack.user("BKPSDM"))
    assert bkpsdm.rows("User", {"username": login}, "username") == [{"username": login}]

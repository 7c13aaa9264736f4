"""Every endpoint and every DocType of the app, found from its code, by every role, with values that nobody would send.

No fault, no traceback in an answer, nothing written by a request that was refused. Few examples by default; SPBE_FUZZ=500 asks for
as many of each.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from functools import cache
from typing import Any

import frappe
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.client import Client
from tests.endpoints import Endpoint, all_of_them
from tests.security.test_fuzz import VALUES

pytestmark = pytest.mark.lays_waste
EXAMPLES = int(os.environ.get("SPBE_FUZZ", "3"))
ROLES = ("Pegawai SPBE", "Kepala OPD", "Admin OPD", "BKPSDM", "Pimpinan", "Wali Data", "Kios SPBE", "Guest")
LONE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
# Rows of these are made by nobody but the request itself: no job adds any.
COUNTED = (
    "Absensi", "Pegawai", "OPD", "OPD Lokasi", "Ketidakhadiran", "Koreksi Absensi", "Sanggah", "Tukar Dinas", "Perangkat",
    "Registrasi Pegawai", "Kunci API", "Kios Absensi", "Jadwal Kerja", "Hari Libur", "Mutasi Pegawai", "User",
)  # fmt: skip
ODD = st.sampled_from(
    ["2026-11", "2026-11-24", "2026-99", "0001-01-01", "9999-12-31", "07:30", "[]", "{}", "[[]]", "null", "-1", "1e400", "\ud800", "%",
     "a/../b", "{{ frappe.db }}", "`x`", "0x10", "٣", "\u202e", "Disetujui", "csv", "xlsx", "pdf", "1"]
)  # fmt: skip
WORD = re.compile(r"\b[a-z][a-z_]{2,24}\b")


@cache
def doctypes() -> dict[str, Any]:
    """Of this app, without the tables inside of others."""
    names = frappe.get_all(
        "DocType",
        filters={"module": ["in", frappe.get_module_list("spbe_attendance")], "istable": 0},
        pluck="name",
    )
    return {name: frappe.get_meta(name) for name in sorted(names)}


@pytest.fixture(scope="module")
def pool(stack, database) -> dict[str, list[str]]:
    """DocType → names of some rows; nobody who logs in, so that the log-ins last."""
    staying = [user["pegawai"] for user in stack.users if user["pegawai"]]
    found = {}
    for doctype, meta in doctypes().items():
        filters = {"name": ["not in", staying]} if doctype == "Pegawai" else {}
        stored = not (meta.issingle or meta.is_virtual)
        rows = frappe.get_all(doctype, filters=filters, pluck="name", limit=3) if stored else []
        found[doctype] = rows or [doctype]
    return found


@pytest.fixture(scope="module")
def clients(stack, logged_in):
    """``clients(role)``; the stranger has no log-in."""
    return cache(lambda role: Client(stack, None) if role == "Guest" else logged_in(role))


def values(pool: dict[str, list[str]]) -> st.SearchStrategy[Any]:
    names = sorted({name for rows in pool.values() for name in rows})
    return st.one_of(st.sampled_from(names), ODD, VALUES)


def arguments(endpoint: Endpoint, given_values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Each stated argument, mostly; for what takes anything the words of its description, which names what it takes."""
    known = {name: given_values for name in endpoint.arguments}
    some = st.fixed_dictionaries({}, optional=known) if known else st.just({})
    if not endpoint.takes_more:
        return st.one_of(st.fixed_dictionaries(known), some)
    words = sorted(
        {*WORD.findall(endpoint.function.__doc__ or ""), "name", "pegawai", "id_klien", "tanggal", "doctype"}
    )
    more = st.dictionaries(st.sampled_from(words), given_values, max_size=6)
    return st.builds(lambda first, second: {**second, **first}, some, more)


def send(client: Client, verb: str, path: str, body: dict[str, Any]) -> bool:
    """Whether it was refused."""
    plain = json.dumps(body)
    options = {"data": plain.encode(), "headers": {"Content-Type": "application/json"}}
    if verb == "GET":
        options = {
            "params": {
                key: value if isinstance(value, str) else json.dumps(value) for key, value in body.items()
            }
        }
        options["params"] = {
            key: value.encode("utf-8", "replace") for key, value in options["params"].items()
        }
    answer = client.call(verb, path, **options)
    assert "Traceback (most recent" not in answer.text, (path, body, answer.text[:500])
    return answer.status_code >= 400


def counts() -> dict[str, int]:
    # The snapshot of before would be read again.
    frappe.db.rollback()
    return {doctype: frappe.db.count(doctype) for doctype in COUNTED}


@pytest.mark.parametrize("path", all_of_them())
def test_no_argument_of_an_endpoint_is_a_fault_and_a_refusal_writes_nothing(path, clients, pool):
    endpoint = all_of_them()[path]
    refused = []

    @LONE
    @seed(zlib.crc32(path.encode()))
    @given(data=st.data())
    def fuzz(data: Any) -> None:
        client = clients(data.draw(st.sampled_from(ROLES)))
        body = data.draw(arguments(endpoint, values(pool)))
        verb = data.draw(st.sampled_from(sorted({*endpoint.methods} & {"GET", "POST"})))
        where = f"/api/method/{path}"
        if endpoint.doctype:
            named = [doctype for doctype in pool if frappe.scrub(doctype) == endpoint.doctype] or [
                "Impor Data"
            ]
            name = data.draw(st.sampled_from([*pool[named[0]], "tidak-ada"]))
            body = {"dt": named[0], "dn": name, "method": path.rpartition(".")[2], "args": json.dumps(body)}
            where = "/api/method/run_doc_method"
        refused.append(send(client, verb, where, body))

    before = counts()
    fuzz()
    if all(refused):
        assert counts() == before
    assert refused


@pytest.fixture(scope="module")
def names(database) -> list[str]:
    return list(doctypes())


def resource(
    doctype: str, name: str, body: dict[str, Any], listing: dict[str, Any]
) -> list[tuple[str, str, dict[str, Any]]]:
    at = f"/api/resource/{doctype}"
    return [
        ("GET", at, listing),
        ("POST", at, body),
        ("PUT", f"{at}/{name}", body),
        ("GET", f"{at}/{name}", {}),
        ("DELETE", f"{at}/tidak-ada", {}),
        ("POST", "/api/method/frappe.desk.reportview.get", {"doctype": doctype, **listing}),
    ]


def listing(fields: list[str], given_values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """How a list is asked for, with fields that there are and values that there are not."""
    field = st.sampled_from([*fields, "name", "tidak_ada", "modified"])
    operator = st.sampled_from(["=", "like", "in", "between", ">", "is", "timespan", "descendants of", "'"])
    condition = st.builds(lambda *parts: list(parts), field, operator, given_values)
    filters = st.one_of(st.lists(condition, max_size=2), st.dictionaries(field, given_values, max_size=2))
    order = st.one_of(
        st.builds("{} {}".format, field, st.sampled_from(["asc", "desc", "; select 1", ""])),
        st.sampled_from(["sleep(3)", "(select 1)", "1,2", "rand()"]),
    )
    columns = st.one_of(
        st.lists(field, max_size=3),
        st.sampled_from([["*"], ["count(*) as n"], ["(select 1)"], ["password"], [[]]]),
    )
    return st.fixed_dictionaries(
        {"filters": filters.map(json.dumps)},
        optional={
            "order_by": order,
            "group_by": field,
            "fields": columns.map(json.dumps),
            "limit_page_length": st.sampled_from(["5", "-1", "x", "1e9"]),
            "limit_start": st.sampled_from(["0", "-5", "x"]),
        },
    )


def test_no_document_and_no_list_of_any_doctype_is_a_fault(clients, pool, names, subtests):
    for doctype in names:
        with subtests.test(doctype):
            ask(clients, pool, doctype)
    assert len(names) > 50


def ask(clients: Any, pool: dict[str, list[str]], doctype: str) -> None:
    fields = [field.fieldname for field in doctypes()[doctype].fields]
    given_values = values(pool)

    @LONE
    @seed(zlib.crc32(doctype.encode()))
    @given(data=st.data())
    def fuzz(data: Any) -> None:
        client = clients(data.draw(st.sampled_from(ROLES)))
        body = data.draw(st.dictionaries(st.sampled_from(fields), given_values, max_size=5))
        name = data.draw(st.sampled_from([*pool[doctype], "tidak-ada"]))
        ways = resource(doctype, name, body, data.draw(listing(fields, given_values)))
        for verb, path, sent in ways if EXAMPLES > 20 else [data.draw(st.sampled_from(ways))]:
            send(client, verb, path, sent)

    fuzz()

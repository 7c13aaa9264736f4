"""What a run leaves in its logs: who looks after the server reads them, and may not learn what opens an account."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

import pytest

from tests.client import Client

ROOT = Path(__file__).resolve().parents[2]
NIK = re.compile(r"(?<!\d)1410\d{12}(?!\d)")


def written(stack) -> dict[str, str]:
    """Text of all logs of the bench and of this site."""
    folders = (ROOT / "logs", ROOT / "sites" / stack.site / "logs")
    files = [
        path for folder in folders if folder.is_dir() for path in folder.rglob("*.log*") if path.is_file()
    ]
    return {str(path.relative_to(ROOT)): path.read_text(errors="replace") for path in files}


@pytest.mark.lays_waste
def test_no_password_token_session_or_nik_stands_in_the_logs_of_this_stack(stack, staff, database):
    import frappe

    wrong = f"salah-{uuid.uuid4().hex}"
    client = Client(stack, None)
    client.call("POST", "/api/method/login", json={"usr": staff.user["username"], "pwd": wrong})
    # A fault, so that something is logged at all.
    staff.call(
        "GET", "/api/resource/Absensi", params={"filters": f'[["nama", "=", "{wrong}"', "order_by": wrong}
    )
    secrets = {
        "wrong password": wrong,
        "session": staff.http.cookies.get_dict()["sid"],
        "token": staff.http.headers["X-Frappe-CSRF-Token"],
        **{f"password of {index}": user["password"] for index, user in enumerate(stack.users)},
    }
    logs = written(stack)
    assert logs
    found = [
        (name, kind) for name, text in logs.items() for kind, secret in secrets.items() if secret in text
    ]
    assert found == []
    assert [name for name, text in logs.items() if NIK.search(text)] == []
    rows = frappe.get_all("Error Log", fields=["name", "method", "error"])
    assert [
        row.name for row in rows if any(secret in f"{row.method}{row.error}" for secret in secrets.values())
    ] == []
    assert [row.name for row in rows if NIK.search(f"{row.method}{row.error}")] == []

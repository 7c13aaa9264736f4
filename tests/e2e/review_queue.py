"""Two punches that look alike, for the review queue in Desk and on the phone."""

from __future__ import annotations

import hashlib
import json
import random
import uuid
from typing import Any

from desk import until

from tests.client import CATAT, HARI_INI, Client, inside, picture, punch

SCAN = "spbe_attendance.kehadiran.tinjauan.scan.run"


def office_with_staff(stack) -> str:
    """An OPD with a head and at least two staff who can log in."""
    staff = [user["opd"] for user in stack.users if user["role"] == "Pegawai SPBE"]
    heads = [user["opd"] for user in stack.users if user["role"] == "Kepala OPD"]
    return next(opd for opd in heads if staff.count(opd) >= 2)


def people(stack, opd: str, role: str) -> list[dict[str, Any]]:
    return [user for user in stack.users if user["role"] == role and user["opd"] == opd]


def two_alike(stack, opd: str) -> list[str]:
    """Names of two punches of two people with the same position to the last digit and the same photo, looked at by the job."""
    shade = random.randrange(256)
    photo, names = picture(shade), []
    first, second = (Client(stack, user) for user in people(stack, opd, "Pegawai SPBE")[:2])
    middle = inside(first.message("GET", HARI_INI))
    spot = {
        "latitude": round(middle["latitude"] + random.uniform(1, 9) * 1e-6, 7),
        "longitude": round(middle["longitude"] + random.uniform(1, 9) * 1e-6, 7),
    }
    for client in (first, second):
        body = punch(spot, foto_sha256=hashlib.sha256(photo).hexdigest(), perangkat=f"{uuid.uuid4()} uji")
        names.append(client.message("POST", CATAT, json=body)["name"])
        client.upload(body["id_klien"], photo)
    scan(stack)
    # The job runs in a worker.
    admin = Client(stack, stack.user("Administrator"))
    until(lambda: len(admin.rows("Tinjauan Absensi", {"name": ["in", names]})), 2)
    return names


def scan(stack) -> None:
    """What the scheduler does every ten minutes."""
    admin = Client(stack, stack.user("Administrator"))
    (job,) = admin.rows("Scheduled Job Type", {"method": SCAN})
    event = "frappe.core.doctype.scheduled_job_type.scheduled_job_type.execute_event"
    admin.message("POST", f"/api/method/{event}", json={"doc": json.dumps(job)})

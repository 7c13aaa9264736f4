"""For load balancers and monitors: docs/deploy.md says how they are set up."""

from __future__ import annotations

from typing import Any

import frappe
from werkzeug.wrappers import Response

from spbe_attendance.pemantauan.kesehatan import door, exposition, gather, parts

# Seconds until a load balancer should look again.
LOOK_AGAIN = 5


@frappe.whitelist(allow_guest=True, methods=["GET"])
def siap() -> Response:
    """{"message": "ok"} while punches can be taken, else 503 with {"message": "tidak"}; no details for strangers."""
    fine = parts.all_answer()
    response = Response(
        frappe.as_json({"message": "ok" if fine else "tidak"}, indent=None),
        status=200 if fine else 503,
        content_type="application/json; charset=utf-8",
    )
    response.headers["Cache-Control"] = "no-store"
    if not fine:
        response.headers["Retry-After"] = str(LOOK_AGAIN)
    return response


@frappe.whitelist(methods=["GET"])
def rinci() -> dict[str, Any]:
    """{measure: {arti, nilai: [{…labels, nilai}]}}. Raises BukanKunciAPI, KunciTidakBerlaku, CakupanKurang, TerlaluSering."""
    door.enter()
    return exposition.document(gather.everything())


@frappe.whitelist(methods=["GET"])
def metrik() -> Response:
    """The same in Prometheus' text format. Raises like ``rinci``."""
    door.enter()
    response = Response(exposition.text(gather.everything()), content_type=exposition.CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response

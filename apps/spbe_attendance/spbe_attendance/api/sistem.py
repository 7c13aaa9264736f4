"""Reading for other systems of the regency, with a Kunci API: ``Authorization: token key:secret``. Numbers and places, never persons.

The OpenAPI description is made of what stands here: the docstrings are read by those who use it.
"""

from __future__ import annotations

import frappe
from werkzeug.wrappers import Response

from spbe_attendance.pemantauan.antarmuka import models, openapi, reading, serving


@frappe.whitelist(methods=["GET"])
@serving.published("unit", models.Page, reading.units)
def unit() -> models.Units:
    """OPD and units of the regency, from top to bottom."""


@frappe.whitelist(methods=["GET"])
@serving.published("lokasi", models.Page, reading.places)
def lokasi() -> models.Places:
    """Places of work where people punch today, those for all included."""


@frappe.whitelist(methods=["GET"])
@serving.published("kehadiran", models.AskedDay, reading.presence_of_day)
def kehadiran() -> models.PresenceOfDay:
    """Presence of a day by OPD, with how complete it is.

    Each row counts the unit and all below it, so rows of a unit and of the one above it do not add up.
    """


@frappe.whitelist(methods=["GET"])
@serving.published("rekap", models.AskedMonth, reading.presence_of_month)
def rekap() -> models.PresenceOfMonth:
    """Results of a month by OPD, in days of persons.

    Each row counts the staff of that unit alone. Numbers of a month that is not closed still change.
    """


@frappe.whitelist(methods=["GET"])
@serving.published("dataset", models.AskedNothing, reading.datasets)
def dataset() -> models.Datasets:
    """Published open data with the addresses of their files, the newest first."""


@frappe.whitelist(allow_guest=True, methods=["GET"])
def deskripsi() -> Response:
    """This interface as OpenAPI 3.1, for everybody: it tells what there is, not what is in it."""
    response = Response(frappe.as_json(openapi.describe()), content_type="application/json; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response

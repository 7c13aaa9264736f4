"""Who hears of registrations that wait: the Admin OPD of the unit, then BKPSDM. One unread note per person is enough."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from spbe_attendance import permissions
from spbe_attendance.kehadiran.pemberitahuan import requests, service
from spbe_attendance.kepegawaian.registrasi import access


def tell_next(doc: Document) -> list[str]:
    """Within a background job; answers whom."""
    wanted = requests.office() if doc.status != "Diajukan" else admins(doc.opd) or requests.office()
    users = [user for user in wanted if not has_unread(user)]
    return service.tell(users, _("Registrations of staff wait for you."), doc) if users else []


def later(name: str) -> None:
    frappe.enqueue(announce, queue="short", enqueue_after_commit=True, name=name)


def announce(name: str) -> list[str]:
    """The background job."""
    frappe.local.lang = "id"
    return tell_next(frappe.get_doc(access.DOCTYPE, name)) if frappe.db.exists(access.DOCTYPE, name) else []


def admins(opd: str) -> list[str]:
    """Users who keep the staff of that unit."""
    person, role = frappe.qb.DocType("Pegawai"), frappe.qb.DocType("Has Role")
    query = (
        frappe.qb.from_(person)
        .join(role)
        .on((role.parent == person.user) & (role.parenttype == "User"))
        .select(person.user)
        .where((role.role == "Admin OPD") & (person.status == "Aktif"))
        .where(person.opd.isin(permissions.ancestors(opd) or ("",)))
    )
    return sorted({user for (user,) in query.run()})


def has_unread(user: str) -> bool:
    return bool(
        frappe.db.exists("Notification Log", {"for_user": user, "document_type": access.DOCTYPE, "read": 0})
    )

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils.nestedset import NestedSet

from spbe_attendance.plain_values import PlainValues


class OPD(PlainValues, NestedSet):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        alamat_kop: DF.SmallText | None
        induk: DF.Link | None
        is_group: DF.Check
        kepala: DF.Link | None
        kode: DF.Data
        lft: DF.Int
        nama_opd: DF.Data
        old_parent: DF.Link | None
        rgt: DF.Int
        singkatan: DF.Data | None
        unor_id: DF.Data | None
    # end: auto-generated types

    nsm_parent_field = "induk"

    def validate(self) -> None:
        self.nama_opd = (self.nama_opd or "").strip()
        self.validate_parent()

    def validate_parent(self) -> None:
        if self.induk and self.induk == self.name:
            frappe.throw(_("An OPD cannot stand below itself: choose another parent."))
        if self.induk and not frappe.db.get_value("OPD", self.induk, "is_group"):
            frappe.throw(_("{0} has no units: tick Has Units there first.").format(self.induk))


# Frappe's own tree functions know parent fields named parent_<doctype> only.
@frappe.whitelist()
def get_children(
    doctype: str = "OPD", parent: str = "", is_root: bool | str = False, **_filters: Any
) -> list[dict[str, Any]]:
    """One level of the tree, as far as the caller may see it: [{value, title, expandable}]."""
    top = not parent or frappe.parse_json(is_root)
    return frappe.get_list(
        "OPD",
        fields=["name as value", "nama_opd as title", "is_group as expandable"],
        filters={"induk": ["is", "not set"] if top else parent},
        order_by="name",
    )


@frappe.whitelist(methods=["POST"])
def add_node(
    kode: str,
    nama_opd: str,
    parent: str = "",
    is_root: bool | str = False,
    is_group: int | str = 0,
    singkatan: str = "",
    **_rest: Any,
) -> str:
    """A unit below ``parent`` from the tree view; answers its name."""
    return (
        frappe.get_doc(
            {
                "doctype": "OPD",
                "kode": kode,
                "nama_opd": nama_opd,
                "singkatan": singkatan,
                "is_group": frappe.utils.cint(is_group),
                "induk": None if frappe.parse_json(is_root) else parent,
            }
        )
        .insert()
        .name
    )

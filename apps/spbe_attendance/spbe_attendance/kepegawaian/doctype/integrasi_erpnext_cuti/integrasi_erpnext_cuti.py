from __future__ import annotations

from frappe.model.document import Document


class IntegrasiERPNextCuti(Document):
    # begin: auto-generated types
    # This code is auto-generated. Do not modify anything in this block.

    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from frappe.types import DF

        jenis: DF.Link
        leave_type: DF.Autocomplete
        parent: DF.Data
        parentfield: DF.Data
        parenttype: DF.Data
    # end: auto-generated types

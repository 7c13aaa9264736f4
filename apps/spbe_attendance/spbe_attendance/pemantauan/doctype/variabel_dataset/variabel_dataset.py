from __future__ import annotations

from frappe.model.document import Document


class VariabelDataset(Document):
    """A variable of a dataset: MS-Var of BPS Regulation 5/2020."""

from __future__ import annotations

from frappe.model.document import Document


class IndikatorDataset(Document):
    """An indicator of a dataset: MS-Ind of BPS Regulation 5/2020."""

from __future__ import annotations

from frappe.model.document import Document


class IsiVersiDataset(Document):
    """All counts of a version, the withheld ones included. No role reads it: later versions are calculated against it."""

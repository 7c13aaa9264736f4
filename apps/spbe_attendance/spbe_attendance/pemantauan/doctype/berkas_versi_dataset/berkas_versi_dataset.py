from __future__ import annotations

from frappe.model.document import Document


class BerkasVersiDataset(Document):
    """A file of a version, with what it is recognised by."""

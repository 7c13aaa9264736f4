"""Why no configuration is rendered."""

from __future__ import annotations


class ProduksiTidakSah(ValueError):
    """An option, or what is found on the machine, cannot become a configuration; the sentence says what to change."""

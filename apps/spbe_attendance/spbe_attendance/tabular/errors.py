"""What cannot be read, by code; the sentences are the caller's."""

from __future__ import annotations


class BrokenTable(ValueError):
    """A file that is not taken.

    ``code``: empty, too_large, unreadable, not_text, encrypted, old_xls, macros, html, ods, no_sheet, no_header, no_rows.
    """

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class BadValue(ValueError):
    """A cell that is not taken. ``code`` says why, ``proposal`` what may have been meant, or is empty."""

    def __init__(self, code: str, proposal: str = ""):
        super().__init__(code)
        self.code = code
        self.proposal = proposal

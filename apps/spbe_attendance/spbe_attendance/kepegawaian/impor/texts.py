"""What is wrong with a cell or a row, and what to do: a pair of sentences for each code."""

from __future__ import annotations

from collections.abc import Sequence

from frappe import _

from spbe_attendance.kepegawaian.identity_text import reason
from spbe_attendance.tabular.layout import NOTE, NUMBERING, REPEATED, TOTAL

Pair = tuple[str, str]
IDENTITY = "identity_"


def sentences(code: str, args: Sequence[str]) -> Pair:
    """(what is wrong, what to do). ``args`` belong to the code."""
    if code.startswith(IDENTITY):
        why = reason(int(args[0]), code.removeprefix(IDENTITY))
        return _("The number is not valid: {0}.").format(why), _(
            "Compare it with the decree or the identity card."
        )
    for table in (_cells, _persons, _doubts, _units, _places, _rows):
        found = table().get(code)
        if found:
            problem, cure = found
            filled = (*args, "", "", "")
            return problem.format(*filled), cure.format(*filled)
    raise KeyError(code)


def _cells() -> dict[str, Pair]:
    return {
        "damaged": (
            _("Excel has taken the number for a quantity and lost its last digits."),
            _("Format the whole column as text, enter the numbers again from the source, and attach the sheet again."),
        ),
        "uncached": (
            _("The cell has a formula whose result the file does not hold."),
            _("Open the sheet in Excel and save it, or paste the column as values."),
        ),
        "formula": (
            _("The cell has a formula; its last result was taken."),
            _("Paste the column as values if results may have changed."),
        ),
        "too_long": (_("The text is longer than {0} characters."), _("Shorten it.")),
        "date": (
            _("This is no date."),
            _("Write it like 18-08-1996 or 18 Agustus 1996: day, month, year."),
        ),
        "sex": (_("This is no sex."), _("Write L or P.")),
        "employment": (
            _("The kind of employment is not known."),
            _("Write PNS, CPNS, PPPK, PPPK Paruh Waktu, Non ASN or Alih Daya. {0}"),
        ),
        "grade": (_("The grade is not known and is left out."), _("Write it like III/a, or V for a PPPK.")),
        "phone": (_("The telephone number cannot be read and is left out."), _("Write it as 0812… or +62 812….")),
        "yes_no": (_("This is neither yes nor no."), _("Write Ya or Tidak.")),
        "number": (_("This is no number."), _("Write digits, for example 100 or 2,5.")),
    }  # fmt: skip


def _persons() -> dict[str, Pair]:
    return {
        "name_missing": (_("The row has no name."), _("Enter the name of the person.")),
        "number_in_name": (_("A number stands where the name should be."), _("Put numbers into their own columns.")),
        "nip_missing": (
            _("Civil servants and PPPK have a NIP, and here is none."),
            _("Enter it if it is known. Until then they log in with a staff number."),
        ),
        "nip_age": (_("By the NIP, the age at the first appointment is unusual."), _("Compare the NIP with the decree.")),
        "age": (_("The person would be younger than 15 or older than 90."), _("Check the date of birth.")),
        "born_nip": (
            _("The date of birth differs from the one in the NIP."),
            _("Check it. Where BKN has corrected the date, both stay as they are."),
        ),
        "born_nik": (_("The date of birth differs from the one in the NIK."), _("Compare it with the identity card.")),
        "sex_differs": (_("By the number the person is {0}."), _("Check sex and number.")),
        "employment_guessed": (
            _("The sheet does not tell the kind of employment: taken as {0}."),
            _("Add a column Status Kepegawaian if that is wrong."),
        ),
        "employment_differs": (_("The number has the form of a {0}'s."), _("Check the kind of employment and the number.")),
        "status_unknown": (
            _("The legal position is not known and is left out."),
            _("Known are Aktif, CLTN, Tugas Belajar, Pensiun, Pindah and the like."),
        ),
        "restricted": (
            _("The column holds what only BKPSDM may write: it is left out."),
            _("Ask BKPSDM to import it."),
        ),
    }  # fmt: skip


def _doubts() -> dict[str, Pair]:
    return {
        "nip_twice": (_("The NIP stands in row {0} already."), _("Keep one row for each person.")),
        "nik_twice": (_("The NIK stands in row {0} already."), _("Keep one row for each person.")),
        "number_twice": (_("The staff number stands in row {0} already."), _("Keep one row for each person.")),
        "siasn_twice": (_("The SIASN id stands in row {0} already."), _("Keep one row for each.")),
        "person_twice": (_("The person stands in row {0} already."), _("Keep one row for each person.")),
        "numbers_of_two": (
            _("The numbers of this row belong to two different people of the register."),
            _("Check NIP and NIK: one of them is somebody else's."),
        ),
        "nik_differs": (
            _("The register has another NIK for the person with this number."),
            _("Check both. A wrong NIK is corrected in the register by BKPSDM."),
        ),
        "person_outside": (
            _("The person is registered in another OPD."),
            _("Ask BKPSDM to transfer the person."),
        ),
        "undated": (
            _("OPD, kind of employment or status change here as a correction, for all days."),
            _("For a transfer or a new status from a day on use Mutasi Pegawai instead, and take the row out of the sheet."),
        ),
        "nip_changes": (_("The register has another NIP for this person; it will be replaced."), _("Check that the decree says so.")),
        "alike_stored": (
            _("{0} is registered with the same date of birth and may be the same person."),
            _("Decide: a new person, the same person, or leave the row out."),
        ),
        "alike_sheet": (
            _("{0} in row {1} has the same date of birth and may be the same person."),
            _("Decide: a new person, or leave the row out."),
        ),
    }  # fmt: skip


def _units() -> dict[str, Pair]:
    return {
        "opd_missing": (_("The row names no OPD."), _("Add a column OPD, or choose the OPD of the whole sheet above.")),
        "opd_unknown": (
            _("No OPD is named {1}."),
            _("Choose it in the table of unknown names above, or correct the sheet. Nearest: {0}"),
        ),
        "opd_ambiguous": (_("Several OPD are named {1}."), _("Write the code: {0}")),
        "opd_taken": (_("Taken as {0}."), _("Correct it if another OPD is meant.")),
        "opd_outside": (_("{0} is not within what this import may write."), _("Import it from the OPD's own account, or ask BKPSDM.")),
        "unit_name_missing": (_("The row has no name of a unit."), _("Enter the name of the OPD or unit.")),
        "code_twice": (_("The code stands in row {0} already."), _("Give each unit a code of its own.")),
        "code_made": (_("The row has no code: one was made."), _("Add a column Kode if you have codes of your own; they stay for ever.")),
        "parent_unknown": (_("The unit above is neither in the sheet nor registered."), _("Add its row, or correct code, name or id.")),
        "parent_ambiguous": (_("Several units have the name of the unit above."), _("Name the unit above by its code or its id.")),
        "parent_circle": (_("The unit stands below itself."), _("Correct the unit above.")),
        "parent_refused": (_("The unit above, in row {0}, is refused."), _("Correct that row first.")),
        "becomes_group": (_("{0} gets units below it for the first time."), _("Nothing needs to be done.")),
    }  # fmt: skip


def _places() -> dict[str, Pair]:
    return {
        "place_name_missing": (_("The row has no name of a place."), _("Enter the name of the place.")),
        "place_twice": (_("The place stands in row {0} already."), _("Keep one row for each place.")),
        "place_drawn": (
            _("The place is drawn as an area on the map; a sheet does not change it."),
            _("Change it in its form, or take another name."),
        ),
        "everybody_refused": (_("Only BKPSDM makes places for all OPD."), _("Name the OPD instead.")),
        "position_missing": (_("The row has no position."), _("Enter latitude and longitude.")),
        "coordinate": (_("This is no coordinate."), _("Write it like 1,0087 or 1°00'31\" LU.")),
        "outside": (_("The position lies outside of Indonesia."), _("Check signs and digits: Kepulauan Meranti lies near 1, 102.7.")),
        "swapped": (_("Latitude and longitude were swapped and have been put right."), _("Check the place on the map.")),
        "radius_usual": (_("The row has no radius: {0} m were taken."), _("Add a column Radius if that is wrong.")),
        "radius_range": (_("The radius must lie between {0} and {1} metres."), _("Correct the radius.")),
        "radius_narrow": (
            _("The radius is below {0} m: phones are often less accurate, and people will be in doubt."),
            _("Take a larger one if the place allows it."),
        ),
    }  # fmt: skip


def _rows() -> dict[str, Pair]:
    return {
        REPEATED: (_("The header is repeated here; left out."), _("Nothing needs to be done.")),
        NUMBERING: (_("The row numbers the columns; left out."), _("Nothing needs to be done.")),
        TOTAL: (_("The row holds totals; left out."), _("Nothing needs to be done.")),
        NOTE: (_("The row has one cell only and is no record; left out."), _("Check that nothing is missing.")),
        "written": (_("The row was not written: {0}"), _("Correct it and check the sheet again.")),
        "account": (_("An account could not be made: {0}"), _("Free the number, then make the account in the person's form.")),
        "changed_since": (_("The record was changed after the check."), _("Check the sheet again.")),
    }  # fmt: skip

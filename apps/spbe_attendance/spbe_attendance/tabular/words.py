"""Words of a few meanings: sex, employment, grade, yes and no."""

from __future__ import annotations

import re
from typing import Any

from rapidfuzz import fuzz, process

from spbe_attendance.tabular.cells import text
from spbe_attendance.tabular.errors import BadValue
from spbe_attendance.tabular.titles import normal

MALE, FEMALE = "Laki-laki", "Perempuan"
SEX = {
    **dict.fromkeys(("l", "lk", "laki", "laki laki", "lakilaki", "pria", "m", "male", "1", "lelaki"), MALE),
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "f", "female", "2", "w", "pere"), FEMALE),
}
PNS, CPNS, PPPK, PPPK_PW, NON_ASN, OUTSOURCED = (
    "PNS", "CPNS", "PPPK", "PPPK Paruh Waktu", "Non ASN", "Alih Daya"
)  # fmt: skip
EMPLOYMENT = {
    **dict.fromkeys(("pns", "pegawai negeri sipil", "pns aktif", "pnsd", "pns daerah", "pns pusat", "asn pns"), PNS),
    **dict.fromkeys(("cpns", "calon pns", "calon pegawai negeri sipil", "cpnsd", "cpns aktif"), CPNS),
    **dict.fromkeys(
        ("pppk", "p3k", "pppk aktif", "pegawai pemerintah dengan perjanjian kerja", "pppk penuh waktu", "asn pppk", "pk"), PPPK
    ),
    **dict.fromkeys(
        ("pppk paruh waktu", "pppk pw", "p3k pw", "p3k paruh waktu", "pppkpw", "paruh waktu", "pppk part time", "pppk paruhwaktu"),
        PPPK_PW,
    ),
    **dict.fromkeys(
        (
            "non asn", "nonasn", "non pns", "honorer", "honor", "tenaga honorer", "thl", "tenaga harian lepas", "tkk", "kontrak",
            "tenaga kontrak", "tenaga kerja kontrak", "gtt", "ptt", "pegawai tidak tetap", "guru tidak tetap", "pegawai honorer",
            "honor daerah", "honda", "thk2", "thk ii", "k2", "non asn database", "sukarela", "tks", "bakti", "pjlp",
        ),
        NON_ASN,
    ),
    **dict.fromkeys(
        ("alih daya", "alihdaya", "outsourcing", "outsource", "os", "tenaga alih daya", "outsourching", "vendor", "pihak ketiga"),
        OUTSOURCED,
    ),
}  # fmt: skip
YES = {"ya", "y", "yes", "1", "true", "benar", "semua", "v", "x", "✓", "aktif"}
NO = {"tidak", "t", "n", "no", "0", "false", "salah", "tdk", "nonaktif", "-"}
ROMAN = (
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
)
# SIASN's numbers: 11 is I/a, 45 is IV/e.
SIASN_GRADE = re.compile(r"([1-4])([1-5])")
GRADE = re.compile(r"\(?\s*(IV|I{1,3}|[1-4])\s*[/.\-\s]?\s*([A-Ea-e])\s*\)?", re.IGNORECASE)
LETTERS = {"I": "abcd", "II": "abcd", "III": "abcd", "IV": "abcde"}
NOTHING = {"", "-", "--", "—", "–", "n/a", "na", "null", "none", "tidak ada", "0"}
SURE = 85


def is_nothing(value: Any) -> bool:
    """What people write where there is nothing."""
    return text(value).lower() in NOTHING


def sex(value: Any) -> str:
    """Raises BadValue: sex."""
    found = SEX.get(normal(text(value)))
    if not found:
        raise BadValue("sex")
    return found


def employment(value: Any) -> str:
    """One of the six kinds. Raises BadValue: employment, with a proposal where a word is nearly known."""
    word = normal(text(value))
    if word in EMPLOYMENT:
        return EMPLOYMENT[word]
    near = process.extractOne(word, EMPLOYMENT.keys(), scorer=fuzz.ratio, score_cutoff=SURE) if word else None
    raise BadValue("employment", EMPLOYMENT[near[0]] if near else "")


def grade(value: Any) -> str:
    """III/a, or the Roman number of a PPPK's. Raises BadValue: grade."""
    plain = re.sub(r"(?i)^(gol(ongan)?|ruang)\.?\s*", "", text(value)).strip()
    number = SIASN_GRADE.fullmatch(plain)
    if number and int(number[2]) <= len(LETTERS[ROMAN[int(number[1]) - 1]]):
        rank = ROMAN[int(number[1]) - 1]
        return f"{rank}/{LETTERS[rank][int(number[2]) - 1]}"
    # "Penata Muda, III/a" and "Penata Muda (III/a)": the name of the rank stands beside it.
    inner = re.search(r"\b(IV|I{1,3})\s*/\s*([a-e])\b", plain, re.IGNORECASE)
    found = GRADE.fullmatch(plain) or inner
    if found:
        rank = found[1].upper() if not found[1].isdecimal() else ROMAN[int(found[1]) - 1]
        if found[2].lower() in LETTERS[rank]:
            return f"{rank}/{found[2].lower()}"
        raise BadValue("grade")
    if plain.upper() in ROMAN:
        return plain.upper()
    raise BadValue("grade")


def yes_no(value: Any) -> bool:
    """Raises BadValue: yes_no."""
    word = text(value).lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadValue("yes_no")

"""What is asked and answered, as types: requests are checked by them, answers made of them, and the OpenAPI file says what they say."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt

MOST = 500
PLACES = Literal["Radius", "Poligon"]
NO_CONTROLS = r"^[^\x00-\x1f\x7f]+$"
Count = NonNegativeInt


class Asked(BaseModel):
    """Parameters of the address; one that is not named here is refused."""

    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Page(Asked):
    opd: str | None = Field(
        None,
        min_length=1,
        max_length=140,
        pattern=NO_CONTROLS,
        description="Code of an OPD: this one and all below it. Left out: all that the key may read.",
    )
    mulai: int = Field(0, ge=0, le=1_000_000, description="Rows to skip.")
    panjang: int = Field(100, ge=1, le=MOST, description="Rows to answer at most.")


class AskedDay(Page):
    tanggal: date | None = Field(
        None, description="Working day, YYYY-MM-DD, today or before. Left out: today."
    )


class AskedMonth(Page):
    bulan: str = Field(
        description="Month, YYYY-MM, this one or before.", pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
    )


class AskedNothing(Asked):
    pass


class Unit(Answer):
    kode: str = Field(description="Code of the OPD or unit; stable, used as ``opd`` everywhere here.")
    nama: str
    singkatan: str | None
    induk: str | None = Field(
        description="Code of the unit above; null at the top, or where the key does not reach."
    )
    kelompok: bool = Field(description="Whether other units may lie below it.")


class Units(Answer):
    jumlah: Count = Field(description="Rows in all, whatever is left out by mulai and panjang.")
    data: list[Unit]


class Place(Answer):
    id: str
    nama: str
    opd: str | None = Field(description="Code of the OPD that it belongs to; null: a place for all.")
    jenis_area: PLACES
    latitude: float = Field(
        ge=-90, le=90, description="WGS84, degrees; of a polygon a point that stands for it."
    )
    longitude: float = Field(ge=-180, le=180)
    radius: float | None = Field(ge=0, description="Metres; null for a polygon.")


class Places(Answer):
    jumlah: Count
    data: list[Place]


class Presence(Answer):
    opd: str
    nama: str
    pegawai: Count = Field(description="Staff of the unit and of all below it on that day.")
    hadir: Count = Field(
        description="Of them present: on time, late, or with a punch that is still looked at."
    )
    tepat: Count
    terlambat: Count
    izin: Count = Field(description="Excused: leave, duty elsewhere, sickness.")
    alpa: Count = Field(description="Without a word, on a day that is complete.")
    lainnya: Count = Field(description="Neither: free, not due yet, not heard of.")
    lengkap: bool = Field(
        description="False while something is missing: then nobody is counted as alpa for good."
    )
    kelengkapan: float = Field(ge=0, le=100, description="Percent of those asked of whom something is known.")


class PresenceOfDay(Answer):
    tanggal: date
    waktu: datetime = Field(description="When it was counted, with the site's offset.")
    jumlah: Count
    data: list[Presence]


class Month(Answer):
    opd: str
    nama: str
    tepat: Count = Field(description="Days of persons without fault.")
    kurang: Count = Field(description="Days of persons who came late or left early.")
    izin: Count = Field(description="Days of persons on leave or on duty elsewhere.")
    alpa: Count = Field(description="Days of persons without a word.")
    ditutup: bool = Field(
        description="Whether the month is closed for the unit: its numbers do not change any more."
    )


class PresenceOfMonth(Answer):
    bulan: str
    jumlah: Count
    data: list[Month]


class File(Answer):
    periode: str = Field(description="YYYY-MM, or a word for what has no period.")
    versi: PositiveInt
    bentuk: str = Field(description="CSV, JSON or XLSX.")
    alamat: str = Field(description="Path below the site; open to everybody.")
    ukuran: Count = Field(description="Bytes.")
    sha256: str


class Dataset(Answer):
    id: str
    judul: str
    uraian: str
    berkas: list[File]


class Datasets(Answer):
    jumlah: Count
    data: list[Dataset]


class Refusal(Answer):
    """The framework's envelope of a refusal."""

    model_config = ConfigDict(extra="allow")

    exc_type: str | None = Field(None, description="Name of the reason.")
    server_messages: str | None = Field(
        None,
        alias="_server_messages",
        description="JSON: list of JSON objects with a sentence in ``message``.",
    )

"""Where the table is, which rows are records, which column is which."""

import pytest

from spbe_attendance.kepegawaian.impor import fields
from spbe_attendance.tabular import layout
from spbe_attendance.tabular.errors import BrokenTable
from spbe_attendance.tabular.titles import guess, normal

PEGAWAI, OPD, LOKASI = (fields.of(kind) for kind in (fields.PEGAWAI, fields.OPD, fields.LOKASI))
TITLES = ["No", "NIP", "Nama", "Unit Kerja"]


def found(rows, known=PEGAWAI):
    where = layout.find(rows, known)
    body = layout.body(rows, where)
    return where, [line.row for line in body.lines], body.skipped


def mapped(titles, known=PEGAWAI, values=None):
    return {titles[column]: field for column, field in guess(titles, values or {}, known).items()}


def test_titles_above_the_header_and_blank_rows_do_not_matter():
    rows = [
        ["DAFTAR NAMA PEGAWAI"],
        [],
        ["Keadaan: November 2026"],
        TITLES,
        [1, "1985", "Budi", "Dinas"],
        [],
        [2, "1986", "Ani", "Dinas"],
    ]
    where, records, skipped = found(rows)
    assert (where.header, records, skipped) == (4, [5, 7], {})


def test_rows_that_are_no_records_are_named():
    rows = [TITLES, ["(1)", "(2)", "(3)", "(4)"], [1, "1985", "Budi", "Dinas"], TITLES, ["", "NIP ", "NAMA", "UNIT KERJA"],
            [2, "1986", "Ani", "Dinas"], ["Jumlah", 2], ["Total Pegawai", 2], ["", "", "", "Selatpanjang, 1 November 2026"]]  # fmt: skip
    _where, records, skipped = found(rows)
    assert records == [3, 6]
    assert skipped == {"numbering": [2], "repeated_header": [4, 5], "total": [7, 8], "note": [9]}


def test_a_header_of_two_rows_is_joined():
    rows = [
        ["No", "Nama Lokasi", "OPD", "Koordinat", None, "Radius"],
        [None, None, None, "Lintang", "Bujur", None],
        [1, "Kantor", "Dinas", 1.0, 102.7, 50],
    ]
    where, records, _skipped = found(rows, LOKASI)
    assert where.titles == ("No", "Nama Lokasi", "OPD", "Koordinat / Lintang", "Koordinat / Bujur", "Radius")
    assert records == [3]
    assert mapped(list(where.titles), LOKASI) == {
        "Nama Lokasi": "nama_lokasi", "OPD": "opd", "Koordinat / Lintang": "latitude", "Koordinat / Bujur": "longitude", "Radius": "radius",
    }  # fmt: skip


def test_a_row_of_data_is_no_second_header_row():
    rows = [["NIP", "Nama", "Jabatan", None], ["1985", "Budi", "Kepala", "catatan"]]
    assert found(rows)[1] == [2]


def test_a_heading_over_people_is_kept_with_them():
    rows = [TITLES, ["DINAS KESEHATAN"], [1, "1985", "Budi"], ["DINAS PENDIDIKAN"], [1, "1986", "Ani"]]
    body = layout.body(rows, layout.find(rows, PEGAWAI))
    assert [(line.row, line.section) for line in body.lines] == [
        (3, "DINAS KESEHATAN"),
        (5, "DINAS PENDIDIKAN"),
    ]


def test_without_titles_there_is_no_header():
    with pytest.raises(BrokenTable) as error:
        layout.find([["satu", "dua"], [1, 2]], PEGAWAI)
    assert error.value.code == "no_header"


@pytest.mark.parametrize(
    "title",
    ["nipBaru", "NIP_BARU", "N I P", "NIP / NI PPPK", "Nomor Induk Pegawai", "NIP (baru)", "nip baru"],
)
def test_a_number_of_civil_servants_has_many_titles(title):
    values = {0: ["199608182022041001"]}
    assert mapped([title, "Nama"], values=values)[title] == "nip"


def test_the_columns_of_siasn_are_known():
    titles = ["id", "nipBaru", "nipLama", "nama", "gelarDepan", "gelarBelakang", "nik", "jenisPegawaiId", "kedudukanPnsNama", "statusPegawai",
              "unorId", "unorNama", "unorIndukId", "jenisJabatanId", "tmtJabatan", "golRuangAkhirId", "tmtCpns"]  # fmt: skip
    assert mapped(titles) == {
        "id": "siasn_id", "nipBaru": "nip", "nama": "nama", "gelarDepan": "gelar_depan", "gelarBelakang": "gelar_belakang", "nik": "nik",
        "kedudukanPnsNama": "status", "statusPegawai": "status_kepegawaian", "unorId": "unor_id", "unorNama": "opd", "golRuangAkhirId": "golongan",
    }  # fmt: skip
    assert mapped(["Id", "NamaUnor", "DiatasanId", "EselonId", "NamaJabatan", "InstansiId"], OPD) == {
        "Id": "unor_id", "NamaUnor": "nama_opd", "DiatasanId": "unor_induk",
    }  # fmt: skip


def test_columns_without_a_title_are_told_by_their_values():
    values = {0: ["199608182022041001"] * 9 + ["-"], 1: ["1410011808960001"], 2: ["L", "P", "L"], 3: ["Budi"]}
    assert guess(["", "Kolom 2", "", "Nama"], values, PEGAWAI) == {
        0: "nip",
        1: "nik",
        2: "jenis_kelamin",
        3: "nama",
    }


def test_each_field_is_given_once_and_the_best_title_has_it():
    assert mapped(["Nama Lengkap", "Nama", "NIP Lama", "Tempat Lahir"]) == {"Nama Lengkap": "nama"}


def test_a_misspelt_title_is_understood():
    assert mapped(["Nama Pegawi", "Unit Kerj", "Tgl Lahr"]) == {
        "Nama Pegawi": "nama",
        "Unit Kerj": "opd",
        "Tgl Lahr": "tanggal_lahir",
    }


def test_spellings_of_a_title_are_one():
    assert {normal(title) for title in ("nipBaru", "NIP_BARU", " Nip  (baru) ")} == {"nip baru"}

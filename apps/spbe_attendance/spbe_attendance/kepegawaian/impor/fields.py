"""What the columns of each kind of sheet may hold, with the titles that offices and SIASN give them. Pure."""

from __future__ import annotations

import re

from spbe_attendance.kepegawaian import identity
from spbe_attendance.tabular.cells import text
from spbe_attendance.tabular.titles import Field
from spbe_attendance.tabular.words import EMPLOYMENT, SEX, normal

OPD, PEGAWAI, LOKASI = "OPD", "Pegawai", "OPD Lokasi"


def like_nip(value: str) -> bool:
    return bool(re.fullmatch(r"(19|20)\d{16}", identity.compact(value.strip("'`"))))


def like_nik(value: str) -> bool:
    return bool(re.fullmatch(r"[1-9]\d{15}", identity.compact(value.strip("'`"))))


def like_sex(value: str) -> bool:
    return normal(value) in SEX


def like_employment(value: str) -> bool:
    return normal(value) in EMPLOYMENT


def like_latitude(value: str) -> bool:
    return bool(re.fullmatch(r"-?[0-6][.,]\d{3,}", text(value)))


def like_longitude(value: str) -> bool:
    return bool(re.fullmatch(r"1[0-4]\d[.,]\d{3,}|9[4-9][.,]\d{3,}", text(value)))


PEGAWAI_FIELDS = (
    Field(
        "nip",
        (
            "nip", "nip baru", "nip nippppk", "nip ni pppk", "ni pppk", "nip nipppk", "nipppk", "nip nik pppk", "no induk pegawai",
            "nomor induk pegawai", "nip baru siasn", "nip ni", "nip nrp", "nomor induk", "nip pegawai", "nomor induk pppk",
        ),
        never=("nip lama", "nip atasan", "nip pejabat", "id"),
        looks=like_nip,
    ),
    Field(
        "nik",
        ("nik", "no ktp", "nomor ktp", "no nik", "nomor nik", "ktp", "nomor induk kependudukan", "no identitas", "nik ktp", "nomor identitas"),
        never=("nik atasan", "id"),
        looks=like_nik,
    ),
    Field("nama", ("nama", "nama pegawai", "nama lengkap", "nama lengkap gelar", "nama pns", "nama asn", "nama honorer", "nama tenaga"),
          never=("nama unor", "nama opd", "nama jabatan", "nama atasan", "nama unit", "nama instansi", "nama satuan kerja", "nama bank"),
          required=True),
    Field("gelar_depan", ("gelar depan", "glr depan", "gelar dpn", "title depan")),
    Field("gelar_belakang", ("gelar belakang", "glr belakang", "gelar blk", "gelar akademik", "gelar")),
    Field(
        "status_kepegawaian",
        (
            "status kepegawaian", "status pegawai", "jenis kepegawaian", "jenis pegawai", "status asn", "jenis asn", "status", "ket status",
            "jenis tenaga", "jenis pegawai nama", "status cpns pns", "kategori pegawai",
        ),
        never=("status perkawinan", "status nikah", "status kawin", "status aktif", "jenis pegawai id", "status hukum", "status keluarga"),
        looks=like_employment,
    ),
    Field("jenis_kelamin", ("jenis kelamin", "jk", "l p", "lp", "kelamin", "sex", "gender", "jns kelamin", "j k"), looks=like_sex),
    Field(
        "tanggal_lahir",
        (
            "tanggal lahir", "tgl lahir", "tgl lhr", "tempat tanggal lahir", "tempat tgl lahir", "ttl", "tempat dan tanggal lahir",
            "tanggal kelahiran", "birth date",
        ),
        never=("tempat lahir", "tempat lahir id"),
    ),
    Field(
        "opd",
        (
            "opd", "unit kerja", "nama opd", "instansi", "satuan kerja", "skpd", "perangkat daerah", "unor nama", "unor", "nama unor",
            "unit organisasi", "organisasi perangkat daerah", "tempat tugas", "tempat bertugas", "nama unit kerja", "satker", "kode opd",
            "unit", "dinas", "kantor",
        ),
        never=("unor id", "unor induk", "satuan kerja induk", "satuan kerja id", "instansi induk", "lokasi kerja", "instansi kerja id"),
    ),
    Field("unor_id", ("unor id", "id unor", "kode unor", "unit organisasi id")),
    Field("jabatan", ("jabatan", "nama jabatan", "jabatan nama", "jabatan terakhir", "jabatan struktural nama", "jabatan fungsional nama",
                      "jabatan fungsional umum nama", "tugas", "pekerjaan"),
          never=("jenis jabatan", "tmt jabatan", "jabatan struktural id", "jabatan fungsional id", "jabatan fungsional umum id", "kelas jabatan",
                 "eselon", "jabatan id")),
    Field("golongan", ("golongan", "gol", "gol ruang", "golongan ruang", "pangkat golongan", "pangkat gol", "pangkat gol ruang",
                       "gol ruang akhir", "gol ruang akhir nama", "gol ruang akhir id", "pangkat", "pangkat golongan ruang", "golru"),
          never=("gol ruang awal", "tmt golongan", "tmt gol", "golongan darah", "gol darah")),
    Field("status", ("kedudukan pns nama", "kedudukan", "kedudukan hukum", "kedudukan hukum nama", "status aktif", "keaktifan", "status keaktifan"),
          never=("kedudukan pns id", "kedudukan hukum id")),
    Field("nomor_pegawai", ("nomor pegawai", "no pegawai", "nomor registrasi", "id pegawai", "no reg", "nomor kontrak pegawai")),
    Field("nomor_hp", ("nomor hp", "no hp", "hp", "no telp", "telepon", "no telepon", "nomor telepon", "no wa", "whatsapp", "no handphone",
                       "nomor ponsel", "handphone", "no hp wa", "telp")),
    Field("siasn_id", ("id", "siasn id", "id siasn", "pns id", "orang id", "id orang")),
)  # fmt: skip
OPD_FIELDS = (
    Field("kode", ("kode", "kode opd", "kode unit", "kode skpd", "kode unit kerja", "kode perangkat daerah"),
          never=("kode unor", "kode pos", "kode induk", "kode opd induk")),
    Field("nama_opd", ("nama unor", "nama opd", "nama", "opd", "nama unit", "unit kerja", "nama unit kerja", "perangkat daerah", "skpd",
                       "nama skpd", "satuan kerja", "unor nama", "nama perangkat daerah", "instansi", "nama instansi", "unit organisasi"),
          never=("nama jabatan", "nama kepala", "nama pimpinan", "nama induk", "unor induk", "opd induk", "unit induk", "instansi id"),
          required=True),
    Field("singkatan", ("singkatan", "akronim", "nama singkat", "singkatan opd", "alias")),
    Field("induk", ("induk", "opd induk", "unit induk", "induk opd", "unor induk", "nama induk", "atasan", "opd atasan", "kode induk",
                    "unor induk nama", "di bawah", "kode opd induk"),
          never=("unor induk id", "induk unor id", "atasan id")),
    Field("unor_id", ("id", "unor id", "id unor", "kode unor", "siasn id")),
    Field("unor_induk", ("diatasan id", "di atasan id", "atasan id", "unor atasan id", "id atasan", "diatasan", "parent id", "unor induk id",
                         "induk unor id")),
)  # fmt: skip
LOKASI_FIELDS = (
    Field("nama_lokasi", ("nama lokasi", "lokasi", "nama tempat", "tempat", "nama kantor", "nama titik", "titik absen", "lokasi absen", "nama",
                          "titik lokasi", "lokasi absensi", "nama gedung"),
          never=("nama opd", "nama unit"), required=True),
    Field("opd", ("opd", "unit kerja", "nama opd", "skpd", "instansi", "perangkat daerah", "satuan kerja", "nama unor", "unor nama", "kode opd",
                  "unit", "dinas"), never=("semua opd", "unor id")),
    Field("unor_id", ("unor id", "id unor")),
    Field("latitude", ("latitude", "lat", "lintang", "garis lintang", "koordinat lintang", "koordinat lat", "y", "ltd"), looks=like_latitude),
    Field("longitude", ("longitude", "long", "lon", "lng", "bujur", "garis bujur", "koordinat bujur", "koordinat long", "x"), looks=like_longitude),
    Field("koordinat", ("koordinat", "titik koordinat", "lat long", "latlong", "lat lon", "latitude longitude", "koordinat lokasi", "gps"),
          never=("koordinat lintang", "koordinat bujur", "koordinat lat", "koordinat long")),
    Field("radius", ("radius", "radius m", "radius meter", "jarak", "jangkauan", "radius absen", "toleransi", "jarak m")),
    Field("semua_opd", ("semua opd", "untuk semua", "berlaku semua opd", "semua")),
    Field("berlaku_dari", ("berlaku dari", "mulai berlaku", "tanggal mulai", "dari tanggal", "dari")),
    Field("berlaku_sampai", ("berlaku sampai", "sampai", "tanggal selesai", "sampai tanggal", "berakhir")),
)  # fmt: skip
FIELDS = {OPD: OPD_FIELDS, PEGAWAI: PEGAWAI_FIELDS, LOKASI: LOKASI_FIELDS}
# What only BKPSDM may read and write (permlevel 1): another's column of it is left aside.
RESTRICTED = ("nik", "siasn_id")


def of(kind: str) -> tuple[Field, ...]:
    return FIELDS[kind]

"""A name of somebody else's document opens nothing, at any endpoint. Endpoints are found from the code: one that nobody has looked at
fails here until it stands in one of the tables.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import frappe
import pytest

from tests.client import Client
from tests.endpoints import all_of_them

APP = "spbe_attendance."
ROLES = ("Pegawai SPBE", "Kepala OPD", "Admin OPD", "Pimpinan", "Wali Data")
UNIT_ROLES = ("Pegawai SPBE", "Kepala OPD", "Admin OPD")
# endpoint → (argument, DocType, what else it takes)
NAMED: dict[str, tuple[str, str, dict[str, Any]]] = {
    **{f"api.akun.{act}": ("pegawai", "Pegawai", {"alasan": "Uji"}) for act in ("buka_kunci", "kunci")},
    **{f"api.akun.{act}": ("pegawai", "Pegawai", {}) for act in ("keadaan", "kirim_kode", "terbitkan_kode")},
    "api.mutasi.riwayat": ("pegawai", "Pegawai", {}),
    "api.apel.kekuatan": ("kegiatan", "Kegiatan Apel", {}),
    **{f"api.gangguan.{act}": ("gangguan", "Gangguan Layanan", {"dasar": "Uji", "alasan": "Uji"}) for act in ("berlakukan", "tolak")},
    **{f"api.impor.{act}": ("name", "Impor Data", {}) for act in ("baris", "kemajuan", "masalah", "unduh_lembar")},
    "api.impor.putuskan": ("name", "Impor Data", {"baris": ["x"], "putusan": "Lewati"}),
    "api.impor.unduh_masalah": ("name", "Impor Data", {"bentuk": "csv"}),
    "api.jadwal.kemajuan_impor": ("name", "Impor Roster", {}),
    "api.lokasi.kemajuan_impor": ("name", "Impor Lokasi", {}),
    "api.lokasi.simpan": ("name", "OPD Lokasi", {"lokasi": {"nama_lokasi": "Uji"}}),
    "api.lokasi.terapkan_survei": ("name", "Survei Lokasi", {}),
    "api.lokasi.tolak_survei": ("name", "Survei Lokasi", {"catatan": "Uji"}),
    **{f"api.lokasi.{act}": ("lokasi", "OPD Lokasi", {}) for act in ("terapkan_usulan", "ukur")},
    "api.permohonan.batalkan": ("name", "Ketidakhadiran", {"doctype": "Ketidakhadiran", "alasan": "Uji"}),
    "api.permohonan.batalkan_ketidakhadiran": ("name", "Ketidakhadiran", {"alasan": "Uji"}),
    "api.permohonan.persingkat": ("name", "Ketidakhadiran", {"sampai": "2026-11-30", "alasan": "Uji"}),
    "api.permohonan.putuskan": ("name", "Ketidakhadiran", {"doctype": "Ketidakhadiran", "tindakan": "Setujui"}),
    **{f"api.permohonan.{act}_tukar_dinas": ("name", "Tukar Dinas", {"catatan": "Uji"}) for act in ("setujui", "tolak")},
    "api.absensi.unggah_foto": ("id_klien", "Absensi", {}),
    "api.saksi.unggah_foto": ("id_klien", "Absensi", {}),
}  # fmt: skip
# Units: whoever works in one asks about another.
UNITS: dict[str, tuple[str, dict[str, Any]]] = {
    "api.akun.cetak_slip": ("opd", {}),
    "api.akun.hitung_slip": ("opd", {}),
    "api.beranda.opd_hari_ini": ("opd", {}),
    "api.jadwal.templat_roster": ("opd", {"bulan": "2026-11"}),
    "api.pemantauan.ekspor": ("opd", {"bentuk": "csv"}),
    "api.pemantauan.orang": ("opd", {}),
    "api.pemantauan.peta": ("opd", {}),
    "api.pemantauan.ringkasan": ("opd", {}),
    "api.rekap.tutup_hari": ("opd", {"tanggal": "2026-11-24"}),
}
# Arguments that name nothing of somebody else's, or whose refusal another test holds.
ELSEWHERE = {
    **dict.fromkeys(("api.absensi.catat", "api.absensi.riwayat", "api.permohonan.permohonan_saya", "api.permohonan.isian"), "the person is the session's"),
    **dict.fromkeys((f"api.permohonan.ajukan_{kind}" for kind in ("ketidakhadiran", "koreksi", "sanggah", "tukar_dinas")), "tests/e2e/test_permohonan_http.py"),
    **dict.fromkeys(("api.permohonan.cari_saksi", "api.permohonan.isian_tukar_dinas", "api.permohonan.menunggu_putusan"), "tests/e2e/test_permohonan_http.py"),
    **dict.fromkeys(("api.persetujuan.daftar", "api.persetujuan.jumlah", "api.persetujuan.lanjutan", "api.persetujuan.putuskan"), "tests/e2e/test_persetujuan_http.py"),
    **dict.fromkeys(("api.akun.aktifkan", "api.akun.periksa_kode", "api.akun.ganti_kata_sandi"), "tests/security/test_activation_attacks.py"),
    **dict.fromkeys((f"api.registrasi.{act}" for act in ("ajukan", "kode_aktivasi", "perbaiki", "status", "setujui", "tempel_acuan")), "tests/security/test_registration_attacks.py"),
    **dict.fromkeys(("api.saksi.atur_pin", "api.saksi.catat"), "tests/security/test_witness_attacks.py"),
    **dict.fromkeys(("api.perangkat.daftar", "api.perangkat.saksikan"), "tests/security/test_evidence_attacks.py"),
    **dict.fromkeys((f"api.push.{act}" for act in ("berhenti", "ganti", "kunci_publik", "langgan", "pengaturan")), "tests/e2e/test_push_http.py"),
    **dict.fromkeys((f"api.sistem.{act}" for act in ("dataset", "kehadiran", "lokasi", "rekap", "unit")), "tests/security/test_systems_api.py"),
    **dict.fromkeys((f"api.analitik.{act}" for act in ("isyarat", "jam_datang", "ketepatan_opd", "lama_keputusan", "pengecualian", "tren_bulanan")), "apps/spbe_attendance/spbe_attendance/tests/integration/test_analitik.py"),
    **dict.fromkeys((f"api.laporan.{act}" for act in ("kartu_saya", "keadaan", "unduh")), "apps/spbe_attendance/spbe_attendance/tests/integration/test_laporan_hak.py"),
    **dict.fromkeys(("api.integrasi.coba_lagi", "api.integrasi.kemajuan"), "apps/spbe_attendance/spbe_attendance/tests/integration/test_erpnext_absent.py"),
    **dict.fromkeys(("api.jadwal.konfirmasi_libur", "api.jadwal.usulkan_libur"), "apps/spbe_attendance/spbe_attendance/tests/integration/test_hari_libur.py"),
    **dict.fromkeys((f"api.privasi.{act}" for act in ("ajukan_perbaikan", "batalkan_perbaikan", "mulai_penghapusan")), "apps/spbe_attendance/spbe_attendance/tests/integration/test_privasi.py"),
    **dict.fromkeys(("api.lokasi.ekspor", "api.lokasi.kirim_survei", "api.lokasi.periksa", "api.impor.templat"), "a format or a draft, no row"),
    **dict.fromkeys(("kepegawaian.doctype.opd.opd.add_node", "kepegawaian.doctype.opd.opd.get_children"), "apps/spbe_attendance/spbe_attendance/tests/integration/test_opd.py"),
}  # fmt: skip
OVERRIDES, SHEETS = "overrides.", "lembar.document.SheetDocument."


@pytest.fixture(scope="module")
def strange(stack, database) -> Iterator[Any]:
    """``strange(doctype)``: a row of it that belongs to a unit and a person of its own, of which no log-in is."""
    made: list[tuple[str, str]] = []

    def insert(doctype: str, **values: Any) -> Any:
        doc = frappe.new_doc(doctype)
        doc.update({"name": f"uji-{uuid.uuid4().hex[:12]}", **values})
        doc.db_insert()
        made.append((doctype, doc.name))
        return doc

    unit = insert("OPD", nama_opd="Unit Uji Asing", kode=uuid.uuid4().hex[:8], lft=90001, rgt=90002).name
    person = insert(
        "Pegawai", nama="Orang Uji Asing", opd=unit, status="Aktif", nomor_pegawai=uuid.uuid4().hex[:10]
    ).name
    frappe.db.commit()
    known: dict[str, str] = {"OPD": unit, "Pegawai": person}

    def row(doctype: str) -> str:
        if doctype not in known:
            fields = {field.fieldname: field for field in frappe.get_meta(doctype).fields}
            values = {
                name: value
                for name, value in (("pegawai", person), ("opd", unit), ("id_klien", str(uuid.uuid4())))
                if name in fields and fields[name].fieldtype in ("Link", "Data")
            }
            known[doctype] = insert(doctype, owner="Administrator", **values).name
            frappe.db.commit()
        return known[doctype]

    yield row
    for doctype, name in made:
        frappe.db.delete(doctype, {"name": name})
    frappe.db.commit()


def test_every_endpoint_is_classified():
    found = {path.removeprefix(APP) for path in all_of_them()}
    without = {
        path.removeprefix(APP)
        for path, one in all_of_them().items()
        if not (one.arguments or one.takes_more or one.doctype)
    }
    methods = {path.removeprefix(APP) for path, one in all_of_them().items() if one.doctype}
    overrides = {path for path in found if path.startswith(OVERRIDES)}
    tables = {*NAMED, *UNITS, *ELSEWHERE}
    assert found - without - methods - overrides - tables == set()
    assert tables - found == set()


def call(client: Client, path: str, body: dict[str, Any]) -> int:
    where = f"/api/method/{APP}{path}"
    if all_of_them()[APP + path].methods == ("GET",):
        return client.call("GET", where, params=body).status_code
    return client.call("POST", where, json=body).status_code


@pytest.mark.parametrize("path", NAMED)
def test_the_name_of_a_strangers_document_opens_nothing(path, strange, logged_in):
    argument, doctype, rest = NAMED[path]
    name = strange(doctype)
    value = frappe.db.get_value(doctype, name, argument) if argument == "id_klien" else name
    before = frappe.get_doc(doctype, name).as_dict()
    for role in ROLES:
        client = logged_in(role)
        if client.rows(doctype, {"name": name}) if readable(client, doctype) else False:
            # May see it: what it may do is in the role matrices.
            continue
        status = call(client, path, {argument: value, **rest})
        assert 400 <= status < 500, (role, path, status)
    frappe.db.rollback()
    assert frappe.get_doc(doctype, name).as_dict() == before


def readable(client: Client, doctype: str) -> bool:
    return client.call("GET", f"/api/resource/{doctype}").status_code == 200


@pytest.mark.parametrize("role", UNIT_ROLES)
@pytest.mark.parametrize("path", UNITS)
def test_the_name_of_another_unit_opens_nothing(path, role, strange, logged_in):
    argument, rest = UNITS[path]
    status = call(logged_in(role), path, {argument: strange("OPD"), **rest})
    assert 400 <= status < 500, (role, path, status)


METHODS = sorted(path for path, one in all_of_them().items() if one.doctype)


@pytest.mark.parametrize("path", METHODS)
def test_a_method_of_a_strangers_document_is_not_run(path, strange, logged_in):
    scrubbed = all_of_them()[path].doctype
    ours = frappe.get_all(
        "DocType", filters={"module": ["in", frappe.get_module_list("spbe_attendance")]}, pluck="name"
    )
    doctype = next((name for name in ours if frappe.scrub(name) == scrubbed), "Impor Data")
    single = frappe.get_meta(doctype).issingle
    name = doctype if single else strange(doctype)
    for role in UNIT_ROLES:
        client = logged_in(role)
        args = {"alasan": "Uji", "catatan": "Uji"}
        body = {"dt": doctype, "dn": name, "method": path.rpartition(".")[2], "args": json.dumps(args)}
        answer = client.call("POST", "/api/method/run_doc_method", data=body)
        assert 400 <= answer.status_code < 500, (role, answer.status_code)
        # A document of one's own making, under the stranger's name.
        forged = {
            "doctype": doctype,
            "name": name,
            "owner": client.user["username"],
            "opd": client.user["opd"],
            "pegawai": client.user["pegawai"],
        }
        body = {"docs": json.dumps(forged), "method": path.rpartition(".")[2], "args": json.dumps(args)}
        answer = client.call("POST", "/api/method/run_doc_method", data=body)
        assert 400 <= answer.status_code < 500, (role, "forged", answer.text[:300])


def test_every_row_that_a_list_hides_is_hidden_by_its_address_too(strange, logged_in):
    shown = []
    for doctype in ("Pegawai", "Absensi", "Rekap Harian", "Ketidakhadiran", "Koreksi Absensi", "Sanggah", "Tukar Dinas", "Perangkat",
                    "Tinjauan Absensi", "Mutasi Pegawai", "Riwayat Pegawai", "Catatan Akun", "Kode Aktivasi", "Registrasi Pegawai",
                    "Segel Absensi", "Roster Dinas", "Penyesuaian Rekap", "Persetujuan Data", "Jejak Audit"):  # fmt: skip
        name = strange(doctype)
        for role in UNIT_ROLES:
            for way in (
                f"/api/resource/{doctype}/{name}",
                f"/api/method/frappe.client.get?doctype={doctype}&name={name}",
            ):
                answer = logged_in(role).call("GET", way)
                if answer.status_code not in (403, 404):
                    shown.append((role, doctype, way, answer.status_code))
    assert shown == []

"""Records for tests, each with keyword overrides. Invented persons only."""

from __future__ import annotations

import hashlib
import io
import itertools
import uuid
from typing import Any

import frappe
from frappe.model.document import Document
from PIL import Image

from spbe_attendance.kepegawaian import accounts_bulk, devices
from spbe_attendance.kepegawaian.accounts import DOMAIN, ensure_user
from spbe_attendance.kepegawaian.registrasi import consent, intake, settle
from spbe_attendance.tests.phone import Phone

_serial = itertools.count(1)
# Patterns of accounts by roles. In memory, because what a test class wrote is gone after it.
_accounts: dict[tuple[str, ...], accounts_bulk.Rows] = {}
_role_users: dict[str, accounts_bulk.Rows] = {}
LAT, LON = 1.0, 102.7


def make_opd(**values: Any) -> Document:
    number = next(_serial)
    return frappe.get_doc(
        {
            "doctype": "OPD",
            "nama_opd": f"Dinas Uji {number}",
            "kode": f"UJI-{uuid.uuid4().hex[:8]}",
            "is_group": 1,
            **values,
        }
    ).insert()


def make_pegawai(**values: Any) -> Document:
    """``with_user``: also an account with the role Pegawai SPBE and ``roles``."""
    with_user, roles = values.pop("with_user", True), values.pop("roles", ())
    number = uuid.uuid4().int % 10**6
    fresh = {
        "doctype": "Pegawai",
        "nama": f"Orang Uji {number}",
        "nip": f"19{60 + number % 30}{1 + number % 12:02d}{1 + number % 28:02d}2022{1 + number % 12:02d}1{1 + number % 999:03d}",
        "status_kepegawaian": "PNS",
        "jenis_kelamin": "Laki-laki",
        **values,
    }
    while fresh["nip"] and frappe.db.exists("Pegawai", {"nip": fresh["nip"]}):
        fresh["nip"] = fresh["nip"][:15] + f"{(int(fresh['nip'][15:]) % 998) + 1:03d}"
    if not fresh.get("opd"):
        fresh["opd"] = make_opd().name
    doc = frappe.get_doc(fresh).insert()
    if with_user:
        give_account(doc, ("Pegawai SPBE", *roles))
    return doc


def give_account(person: Document, roles: tuple[str, ...]) -> None:
    """An account for the person: the first with these roles as the app makes it, the others copies of its rows."""
    if roles in _accounts:
        name = f"{person.name}{DOMAIN}"
        login = person.nip or person.nomor_pegawai
        accounts_bulk.write(
            [accounts_bulk.copied(_accounts[roles], name, username=login, full_name=person.nama)]
        )
        person.db_set("user", name, update_modified=False)
    else:
        _accounts[roles] = only_with(roles, ensure_user(person.name, roles=roles))
    person.reload()


def make_role_user(role: str) -> str:
    """A user with one role and no Pegawai; the first of a role is saved, the others are copies of its rows."""
    name = f"{uuid.uuid4().hex[:10]}@uji.invalid"
    if role in _role_users:
        accounts_bulk.write([accounts_bulk.copied(_role_users[role], name, username=None, full_name=role)])
        return name
    user = frappe.get_doc(
        {
            "doctype": "User",
            "email": name,
            "first_name": role,
            "send_welcome_email": 0,
            "roles": [{"role": role}],
        }
    )
    user.flags.no_welcome_mail = True
    _role_users[role] = only_with((role,), user.insert().name)
    return name


def only_with(roles: tuple[str, ...], user: str) -> accounts_bulk.Rows:
    """The account's rows. Frappe makes the first user of a site a System Manager: that would be no pattern for others."""
    rows = accounts_bulk.rows_of(user)
    assert {row["role"] for row in rows["Has Role"]} == set(roles)
    return rows


def make_lokasi(**values: Any) -> Document:
    return frappe.get_doc(
        {
            "doctype": "OPD Lokasi",
            "nama_lokasi": "Kantor Uji",
            "jenis_area": "Radius",
            "latitude": LAT,
            "longitude": LON,
            "radius": 100,
            **values,
        }
    ).insert()


def punch(**values: Any) -> dict[str, Any]:
    """A request body for a punch in the middle of make_lokasi's place."""
    return {
        "jenis": "Masuk",
        "latitude": LAT,
        "longitude": LON,
        "akurasi": 10,
        "id_klien": str(uuid.uuid4()),
        "foto_sha256": hashlib.sha256(photo()).hexdigest(),
        "perangkat": "uji",
        **values,
    }


def make_absensi(**values: Any) -> Document:
    return frappe.get_doc({"doctype": "Absensi", **punch(), **values}).insert()


def photo(size: tuple[int, int] = (320, 240), kind: str = "JPEG", **options: Any) -> bytes:
    """An invented picture."""
    target = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(target, kind, **options)
    return target.getvalue()


def make_perangkat(person: Document) -> Document:
    """A registered phone of that person, its private key thrown away."""
    key = Phone(person.name).key
    row = devices.keep({"name": person.name, "opd": person.opd}, key, key.thumbprint(), "Ponsel uji")
    return frappe.get_doc("Perangkat", row["name"])


def make_kunci(**values: Any) -> Document:
    """A key of another system that opens everything, without a secret."""
    return frappe.get_doc(
        {
            "doctype": "Kunci API",
            "nama_sistem": f"Sistem Uji {uuid.uuid4().hex[:8]}",
            "penanggung_jawab": "Seksi Uji",
            **{f"baca_{scope}": 1 for scope in ("unit", "lokasi", "kehadiran", "rekap", "dataset")},
            **values,
        }
    ).insert()


def make_tinjauan(absensi: Document, **values: Any) -> Document:
    """A punch in the review queue."""
    signal = {"jenis": "Isyarat uji", "uraian": "Untuk uji", "bobot": 10}
    about = {
        "absensi": absensi.name,
        **{field: absensi.get(field) for field in ("pegawai", "opd", "tanggal")},
    }
    fresh = {"doctype": "Tinjauan Absensi", **about, "isyarat": [signal], **values}
    return frappe.get_doc(fresh).insert(ignore_permissions=True)


def make_file(content: bytes = b"%PDF-1.4 surat uji", **values: Any) -> str:
    """A private upload of the session's user, attached to nothing; answers its address."""
    name = f"{uuid.uuid4().hex}.pdf"
    # Unlike content, or Frappe would let two uploads share one address.
    body = content + uuid.uuid4().bytes
    file = frappe.get_doc({"doctype": "File", "file_name": name, "is_private": 1, "content": body, **values})
    return str(file.insert(ignore_permissions=True).file_url)


def make_permohonan(doctype: str, **values: Any) -> Document:
    """A permit, correction or appeal of the session's user, or of ``pegawai``."""
    text = "uraian" if doctype == "Sanggah" else "alasan"
    return frappe.get_doc({"doctype": doctype, text: "Keperluan uji", **values}).insert()


def make_kegiatan(**values: Any) -> Document:
    return frappe.get_doc(
        {
            "doctype": "Kegiatan Apel",
            "nama_kegiatan": "Apel Uji",
            "jenis_kegiatan": "Apel OPD",
            "tanggal": "2026-11-23",
            "mulai": "07:00:00",
            "selesai": "08:00:00",
            **values,
        }
    ).insert()


def make_gangguan(**values: Any) -> Document:
    return frappe.get_doc(
        {
            "doctype": "Gangguan Layanan",
            "sebab": "Jaringan",
            "dari": "2026-11-23 07:00:00",
            "sampai": "2026-11-23 09:00:00",
            **values,
        }
    ).insert()


def registration(**values: Any) -> dict[str, Any]:
    """The fields of a registration, photo apart; ``opd`` and ``naskah`` are made or found if not given."""
    return {
        "id_klien": str(uuid.uuid4()),
        # Tests that need a certain one use those below 1000.
        "nik": f"141001180896{1000 + next(_serial) % 9000:04d}",
        "nama": "Rahmat Uji",
        "tanggal_lahir": "1996-08-18",
        "jenis_kelamin": "Laki-laki",
        "status_kepegawaian": "Non ASN",
        "opd": values.get("opd") or make_opd().name,
        "jabatan": "Tenaga Administrasi",
        "nomor_hp": "0812 3456 7890",
        "naskah": (consent.current() or {}).get("name"),
        "perangkat": f"ponsel {uuid.uuid4()}",
        **values,
    }


def make_registrasi(**values: Any) -> Document:
    """A registration as the app files it, compared with the recap already."""
    answer = intake.file(registration(**values), photo())
    name = frappe.db.get_value("Registrasi Pegawai", {"nomor": answer["nomor"]})
    settle.settle(name)
    return frappe.get_doc("Registrasi Pegawai", name)


def make_acuan(**values: Any) -> Document:
    """A row of BKPSDM's recap of honorer."""
    return frappe.get_doc({"doctype": "Acuan Registrasi", "nama": "Rahmat Uji", **values}).insert()

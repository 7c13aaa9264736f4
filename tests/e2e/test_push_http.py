"""Push subscriptions over HTTP: the key, bad and forbidden addresses, guests. Nothing gives a 500."""

from __future__ import annotations

import base64

import pytest

from tests.client import API

BASE = f"{API}.push"
GOOD = {
    "endpoint": "https://8.8.8.8/wpush/v2/uji",
    "p256dh": base64.urlsafe_b64encode(b"\x04" + b"k" * 64).decode(),
    "auth": base64.urlsafe_b64encode(b"a" * 16).decode(),
    "perangkat": "Ponsel uji",
}


def test_a_browser_subscribes_chooses_and_leaves(staff, colleague):
    key = staff.message("GET", f"{BASE}.kunci_publik")["kunci"]
    assert len(base64.urlsafe_b64decode(key + "=")) == 65
    told = staff.message("POST", f"{BASE}.langgan", json=GOOD)
    assert told == {
        "langganan": True,
        "pilihan": {"keputusan": True, "persetujuan": True, "pengingat": True},
    }
    body = {"endpoint": GOOD["endpoint"], "pilihan": {"pengingat": False}}
    assert staff.message("POST", f"{BASE}.pengaturan", json=body)["pilihan"]["pengingat"] is False
    other = colleague.message("POST", f"{BASE}.pengaturan", json={**body, "pilihan": {"keputusan": False}})
    assert other["langganan"] is False
    colleague.message("POST", f"{BASE}.berhenti", json=body)
    still = staff.message("POST", f"{BASE}.pengaturan", json={"endpoint": GOOD["endpoint"]})
    assert (still["langganan"], still["pilihan"]["keputusan"]) == (True, True)
    assert staff.message("POST", f"{BASE}.berhenti", json=body)["langganan"] is False
    assert staff.call("GET", "/api/resource/Langganan Push").status_code == 403


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"endpoint": "https://127.0.0.1/x"}, "AlamatPushDitolak"),
        ({"endpoint": "http://8.8.8.8/x"}, "AlamatPushDitolak"),
        ({"endpoint": "https://169.254.169.254/x"}, "AlamatPushDitolak"),
        ({"endpoint": None}, "AlamatPushDitolak"),
        ({"endpoint": {"a": 1}}, "AlamatPushDitolak"),
        ({"auth": "x"}, "LanggananTidakSah"),
        ({"p256dh": ["x"]}, "LanggananTidakSah"),
        ({"pilihan": {"x": True}}, "LanggananTidakSah"),
        ({"perangkat": "x" * 141}, "PermintaanTidakSah"),
    ],
)
def test_what_no_browser_sends_is_refused_in_words(staff, values, kind):
    status, error, sentence = staff.refusal("POST", f"{BASE}.langgan", json={**GOOD, **values})
    assert (status, error, bool(sentence)) == (400, kind, True)


def test_guests_get_nothing(guest):
    for verb, name in (
        ("GET", "kunci_publik"),
        ("POST", "langgan"),
        ("POST", "berhenti"),
        ("POST", "pengaturan"),
    ):
        assert guest.call(verb, f"{BASE}.{name}").status_code in (401, 403)

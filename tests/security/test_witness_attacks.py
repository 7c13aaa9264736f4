"""Attacks on punches with a witness, played against the running server: PINs guessed, oneself as witness, a stolen kiosk session,
an answer played again, a quota outrun.
"""

from __future__ import annotations

import ast
import hashlib
import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.client import API, CATAT, HARI_INI, Client, inside, picture, punch

ROOT = Path(__file__).resolve().parents[2]
WITNESSED, PHOTO, FORM, PIN = (
    f"{API}.saksi.{name}" for name in ("catat", "unggah_foto", "isian", "atur_pin")
)
# What a kiosk is for, who it is, and a key that is public.
OPEN_TO_KIOSKS = {"saksi.catat", "saksi.isian", "saksi.unggah_foto", "sesi.info", "push.kunci_publik"}
# What strangers without any account are shown, too: units, consent text and rules; how the interface for other systems is made; whether it is up.
OPEN_TO_KIOSKS |= {"registrasi.isian", "sistem.deskripsi", "kesehatan.siap"}
METHOD = "/api/method/frappe."
QUOTA, TRIES = 3, 8
MAX_FAILURES, MAX_FAILURES_OF_SESSION = 5, 20
NOBODY = "199001012020011999"


class People:
    """Staff who never had a witness, handed out once each: quotas and locks of an earlier run touch nobody."""

    def __init__(self, stack):
        administrator = Client(stack, stack.user("Administrator"))
        used = {row["pegawai"] for row in administrator.rows("Absensi", {"sumber": "Saksi"}, "pegawai")}
        staff = [user for user in stack.users if user["role"] == "Pegawai SPBE"]
        self.stack = stack
        self.free = [user for user in staff if user["pegawai"] not in used]

    def somebody(self, index: int = 0) -> dict[str, Any]:
        """Who needs neither quota nor an unlocked PIN."""
        return self.stack.user("Pegawai SPBE", index)

    def take(self) -> dict[str, Any]:
        assert self.free, "Everybody has had a witness already: load the demo data anew."
        return self.free.pop()

    def take_unlocked(self) -> dict[str, Any]:
        """Somebody whose PIN was not guessed at in the last quarter of an hour; costs one mistake."""
        while True:
            user = self.take()
            if refused(Client(self.stack, user), asked(user, pin=wrong(user)))[1] == "NomorAtauPinSalah":
                return user


@pytest.fixture(scope="module")
def people(stack) -> People:
    return People(stack)


@pytest.fixture(scope="module")
def witness(stack, people) -> Client:
    return Client(stack, people.take())


@pytest.fixture(scope="module")
def kiosk(stack) -> Client:
    return Client(stack, stack.user("Kios SPBE"))


@pytest.fixture(scope="module")
def places(stack) -> dict[str, dict[str, float]]:
    """A point inside of a place of each person's, by username; looked up when it is asked for."""

    class Points(dict):
        def __missing__(self, username: str) -> dict[str, float]:
            user = next(user for user in stack.users if user["username"] == username)
            self[username] = inside(Client(stack, user).message("GET", HARI_INI))
            return self[username]

    return Points()


def wrong(user: dict[str, Any]) -> str:
    return f"{(int(user['pin']) + 1) % 10**6:06d}"


def asked(user: dict[str, Any], point: dict[str, float] | None = None, **changes: Any) -> dict[str, Any]:
    own = {"nomor": user["username"], "pin": user["pin"], "sebab": "Ponsel Mati"}
    return {**punch(point or {"latitude": 1.0, "longitude": 102.7}), **own, **changes}


def refused(client: Client, body: dict[str, Any]) -> tuple[int, str]:
    status, name, sentence = client.refusal("POST", WITNESSED, json=body)
    assert sentence
    return status, name


def test_guessing_a_pin_ends_after_a_few_mistakes(stack, people, witness, places):
    victim = people.take_unlocked()
    seen = {refused(witness, asked(victim, pin=f"{guess:06d}"))[1] for guess in range(MAX_FAILURES - 1)}
    assert seen == {"NomorAtauPinSalah"}
    # Also the right one is no good now, here and from any other session.
    assert refused(witness, asked(victim, places[victim["username"]])) == (429, "TerlaluSeringSalah")
    assert refused(Client(stack, people.somebody()), asked(victim)) == (429, "TerlaluSeringSalah")


def test_guessing_at_many_people_from_one_session_ends_too(stack, people):
    guesser = Client(stack, people.take())
    answers = [
        refused(guesser, asked({"username": NOBODY, "pin": f"{guess:06d}"}))[1]
        for guess in range(MAX_FAILURES_OF_SESSION + 3)
    ]
    assert answers[0] == "NomorAtauPinSalah"
    assert answers[-1] == "TerlaluSeringSalah"
    assert answers.count("NomorAtauPinSalah") <= MAX_FAILURES_OF_SESSION + 1


def test_eight_guesses_at_once_are_no_way_around(stack, people, places):
    victim = people.take_unlocked()
    guesser = Client(stack, people.take())

    def guess(number: int) -> str:
        return refused(guesser.twin(), asked(victim, pin=f"{number:06d}"))[1]

    with ThreadPoolExecutor(TRIES) as pool:
        answers = list(pool.map(guess, range(2 * TRIES)))
    assert set(answers) <= {"NomorAtauPinSalah", "TerlaluSeringSalah"}
    assert refused(guesser, asked(victim, places[victim["username"]]))[1] == "TerlaluSeringSalah"


def test_who_has_a_number_and_who_has_a_pin_is_not_told(people, witness):
    user = people.take_unlocked()
    sentences = {
        witness.refusal("POST", WITNESSED, json=body)[1:]
        for body in (asked(user, pin=wrong(user)), asked({"username": NOBODY, "pin": "482915"}))
    }
    assert len(sentences) == 1


def test_nobody_is_their_own_witness(stack, people, kiosk, places):
    user = people.take()
    point = places[user["username"]]
    assert refused(Client(stack, user), asked(user, point))[1] == "BukanSaksi"
    twice = asked(user, point, nomor_saksi=user["username"], pin_saksi=user["pin"])
    assert refused(kiosk, twice)[1] == "BukanSaksi"


def test_a_witness_cannot_be_named_only_be_there(people, kiosk, places):
    user, other = people.take(), people.take()
    body = asked(user, places[user["username"]])
    for change in ({}, {"nomor_saksi": other["username"]}, {"saksi": other["pegawai"]}):
        assert refused(kiosk, {**body, **change})[1] == "NomorAtauPinSalah"


def test_a_punch_played_again_is_the_same_punch(people, witness, places):
    user = people.take()
    body = asked(user, places[user["username"]])
    first = witness.message("POST", WITNESSED, json=body)
    again = witness.message("POST", WITNESSED, json=body)
    assert (again["name"], again["duplikat"], again["sisa_kuota"]) == (first["name"], True, QUOTA - 1)
    # Neither another person's nor one's own punch takes the id over.
    assert witness.refusal("POST", CATAT, json=punch(body, id_klien=body["id_klien"]))[0] in (400, 409)


def test_the_quota_cannot_be_outrun(stack, people, witness, places):
    user = people.take()
    bodies = [asked(user, places[user["username"]]) for _try in range(TRIES)]
    with ThreadPoolExecutor(TRIES) as pool:
        answers = list(
            pool.map(lambda body: witness.twin().call("POST", WITNESSED, json=body).json(), bodies)
        )
    taken = [answer for answer in answers if "message" in answer]
    assert len(taken) == QUOTA
    assert {answer["exc_type"] for answer in answers if "message" not in answer} == {"KuotaSaksiHabis"}
    administrator = Client(stack, stack.user("Administrator"))
    rows = administrator.rows("Absensi", {"pegawai": user["pegawai"], "sumber": "Saksi"})
    assert {row["name"] for row in rows} == {answer["message"]["name"] for answer in taken}


def test_the_last_one_sent_many_times_at_once_is_recorded_once_and_answered_each_time(
    people, witness, places
):
    user = people.take()
    point = places[user["username"]]
    for _turn in range(QUOTA - 1):
        witness.message("POST", WITNESSED, json=asked(user, point))
    last = asked(user, point)
    with ThreadPoolExecutor(TRIES) as pool:
        answers = list(
            pool.map(lambda _try: witness.twin().message("POST", WITNESSED, json=last), range(TRIES))
        )
    assert len({answer["name"] for answer in answers}) == 1
    assert [answer["duplikat"] for answer in answers].count(False) == 1
    assert refused(witness, asked(user, point))[1] == "KuotaSaksiHabis"


def test_only_the_session_that_carried_a_punch_brings_its_photo(stack, people, witness, kiosk, places):
    user = people.take()
    photo = picture(33)
    body = asked(user, places[user["username"]], foto_sha256=hashlib.sha256(photo).hexdigest())
    witness.message("POST", WITNESSED, json=body)
    send = {"data": {"id_klien": body["id_klien"]}, "files": {"foto": ("f.jpg", photo, "image/jpeg")}}
    for stranger in (kiosk, Client(stack, people.somebody())):
        assert stranger.refusal("POST", PHOTO, **send)[1] == "AbsensiTidakDitemukan"
    other = {**send, "files": {"foto": ("f.jpg", picture(34), "image/jpeg")}}
    assert witness.refusal("POST", PHOTO, **other)[1] == "FotoTidakCocok"
    assert witness.message("POST", PHOTO, **send)["diterima"]


def test_a_kiosk_records_no_evidence_and_no_named_person(people, witness, kiosk, places):
    user, other = people.take(), people.somebody()
    both = {"nomor_saksi": witness.user["username"], "pin_saksi": witness.user["pin"]}
    body = asked(user, places[user["username"]], **both)
    assert kiosk.refusal("POST", WITNESSED, json={**body, "pegawai": other["pegawai"]})[0] == 400
    for field, value in (
        ("sumber", "PWA"),
        ("waktu", "2026-01-05 07:00:00"),
        ("kios", "x"),
        ("status", "Disetujui"),
    ):
        body = {**body, field: value, "id_klien": str(uuid.uuid4())}
    answer = kiosk.message("POST", WITNESSED, json=body)
    row = kiosk_row(witness, answer["name"])
    assert row is None or row["sumber"] == "Saksi"
    assert answer["waktu"] > "2026-01-06"
    assert answer["status"] == "Sah"


def kiosk_row(client: Client, name: str) -> dict[str, Any] | None:
    answer = client.call("GET", f"/api/resource/Absensi/{name}")
    return answer.json()["data"] if answer.status_code == 200 else None


def endpoints() -> list[tuple[str, str, list[str]]]:
    """(module.function, verb, arguments without a default) of everything that the app whitelists."""
    found = []
    for path in sorted((ROOT / "apps/spbe_attendance/spbe_attendance/api").glob("*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                verbs = [
                    verb.value
                    for decorator in node.decorator_list
                    if isinstance(decorator, ast.Call)
                    for keyword in decorator.keywords
                    if keyword.arg == "methods"
                    for verb in keyword.value.elts
                ]
                names = [argument.arg for argument in node.args.args]
                needed = names[: len(names) - len(node.args.defaults)]
                found += [(f"{path.stem}.{node.name}", verb, needed) for verb in verbs]
    return found


def test_the_list_of_endpoints_is_found():
    assert {name for name, _verb, _needed in endpoints()} > OPEN_TO_KIOSKS


@pytest.mark.parametrize(
    ("name", "verb", "needed"), [row for row in endpoints() if row[0] not in OPEN_TO_KIOSKS]
)
def test_a_kiosk_session_opens_no_other_endpoint(kiosk, name, verb, needed):
    values = {**dict.fromkeys(needed, "2026-11"), **({"tahun": 2026} if "tahun" in needed else {})}
    answer = kiosk.call(verb, f"{API}.{name}", **{"json" if verb == "POST" else "params": values})
    if answer.status_code == 200:
        # Allowed to ask, and told nothing.
        assert empty(answer.json()["message"]), answer.text[:500]


def empty(message: Any) -> bool:
    """No list with rows, no name, no number but zero."""
    if isinstance(message, dict):
        return all(empty(value) for value in message.values())
    return not message


@pytest.mark.parametrize(
    "doctype",
    ["Absensi", "Pegawai", "OPD", "OPD Lokasi", "Perangkat", "Kios Absensi", "Rekap Harian", "Ketidakhadiran",
     "Koreksi Absensi", "Sanggah", "Segel Absensi", "Akar Harian", "Tinjauan Absensi", "Pengaturan Absensi", "Jadwal Kerja"],
)  # fmt: skip
def test_a_kiosk_session_lists_nothing(kiosk, doctype):
    for verb, path, options in listings(doctype):
        assert not found(kiosk.call(verb, path, **options)), path


def test_a_kiosk_session_reads_no_note_for_anybody_else(kiosk):
    own = kiosk.message("GET", f"{API}.sesi.info")["user"]
    fields = json.dumps(["name", "for_user"])
    answer = kiosk.call("GET", "/api/resource/Notification Log", params={"fields": fields})
    notes = answer.json().get("data", []) if answer.status_code == 200 else []
    assert {note["for_user"] for note in notes} <= {own}


@pytest.mark.parametrize("role", ["Kios SPBE", "Pegawai SPBE"])
def test_nobody_without_desk_finds_other_accounts_which_are_named_by_nip(stack, role):
    client = Client(stack, stack.user(role))
    own = client.message("GET", f"{API}.sesi.info")["user"]
    for verb, path, options in listings("User"):
        rows = found(client.call(verb, path, **options))
        if isinstance(rows, int):
            assert rows <= 1, path
        else:
            assert all(own in str(row) for row in rows or []), path
    params = {"filters": '{"username": ["like", "19%"]}', "fields": '["name"]'}
    rows = found(client.call("GET", "/api/resource/User", params=params))
    assert {row["name"] for row in rows} <= {own}


def listings(doctype: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Verb, path and arguments of every way to list a DocType."""
    return [
        ("GET", f"/api/resource/{doctype}", {}),
        ("GET", f"{METHOD}client.get_list", {"params": {"doctype": doctype}}),
        ("POST", f"{METHOD}desk.reportview.get", {"json": {"doctype": doctype, "fields": '["name"]'}}),
        ("POST", f"{METHOD}desk.search.search_link", {"json": {"doctype": doctype, "txt": ""}}),
        ("GET", f"{METHOD}client.get_count", {"params": {"doctype": doctype}}),
    ]


def found(answer: Any) -> Any:
    """Rows or number of an answer; nothing of a refusal."""
    if answer.status_code >= 400:
        return []
    body = answer.json()
    rows = body.get("data", body.get("message", body.get("results")))
    return rows.get("values", rows) if isinstance(rows, dict) else rows


def test_a_kiosk_session_changes_nothing(kiosk, people):
    user = people.somebody()
    for path, values in (
        (f"/api/resource/Pegawai/{user['pegawai']}", {"jabatan": "x"}),
        ("/api/resource/Pengaturan Absensi/Pengaturan Absensi", {"kuota_saksi_bulanan": 99}),
    ):
        assert kiosk.call("PUT", path, json=values).status_code in (403, 404)
    for doctype in ("Absensi", "Kios Absensi", "Pegawai", "User"):
        assert kiosk.call("POST", f"/api/resource/{doctype}", json={"opd": user["opd"]}).status_code >= 400
    assert kiosk.refusal("POST", PIN, json={"pin": "482915", "kata_sandi": "x"})[1] == "BukanPegawai"


def test_a_kiosk_session_sees_no_photo(kiosk, kept):
    assert kiosk.call("GET", kept["file_url"]).status_code in (403, 404)


def test_without_a_session_there_is_no_witness(guest, people):
    assert guest.call("POST", WITNESSED, json=asked(people.somebody())).status_code == 403
    assert guest.call("GET", FORM).status_code == 403


def test_a_pin_is_not_set_from_an_unlocked_phone(stack, people):
    user = people.take()
    client = Client(stack, user)
    for password in ("", "salah", None, {"a": 1}, user["pin"]):
        assert client.refusal("POST", PIN, json={"pin": "603847", "kata_sandi": password})[1] == "PinTidakSah"
    assert client.refusal("POST", PIN, json={"pin": "603847", "kata_sandi": user["password"]})[:2] == (
        429,
        "TerlaluSeringSalah",
    )

"""The rendered production: gunicorn and a worker as their units start them, behind nginx with TLS. Staff punch through it."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import ssl
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from config.dev.paths import ROOT
from tests.client import API, CATAT, HARI_INI, Client, inside, picture, punch

from . import bench
from .production import DOMAIN, Rendered, proxy, rendered, served

READY, METRICS = f"{API}.kesehatan.siap", f"{API}.kesehatan.metrik"
HEADERS = ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Strict-Transport-Security")
# What the app itself says.
OF_APP = ("Content-Security-Policy", "Permissions-Policy")


@pytest.fixture(scope="module")
def parts(site, tmp_path_factory) -> Iterator[Rendered]:
    found = rendered(tmp_path_factory.mktemp("produksi"), site)
    with served(found, "web", "pekerja-1", "pekerja-2"):
        yield found


@pytest.fixture(scope="module")
def there(parts, stack) -> Any:
    """The stack behind the production's address."""
    return replace(stack, url=f"https://{DOMAIN}:{parts.https}", host=f"{DOMAIN}:{parts.https}")


@pytest.fixture(autouse=True, scope="module")
def trusting(parts) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REQUESTS_CA_BUNDLE", str(parts.certificate))
        yield


@pytest.fixture(scope="module")
def person(there) -> Client:
    return Client(there, there.user("Pegawai SPBE", 1))


@pytest.fixture(scope="module")
def key(there) -> Iterator[dict[str, str]]:
    """What a monitoring system sends."""
    administrator = Client(there, there.user("Administrator"))
    body = {
        "nama_sistem": f"Pemantau {uuid.uuid4().hex[:6]}",
        "penanggung_jawab": "Diskominfotik",
        "baca_kesehatan": 1,
    }
    name = administrator.call("POST", "/api/resource/Kunci API", json=body).json()["data"]["name"]
    asked = {"dt": "Kunci API", "dn": name, "method": "buat_rahasia"}
    told = administrator.call("POST", "/api/method/run_doc_method", json=asked).json()["message"]
    yield {"Authorization": told["kepala"]}
    administrator.call("PUT", f"/api/resource/Kunci API/{name}", json={"aktif": 0})


class TestPunches:
    def test_a_punch_with_its_photo_goes_through_and_is_stored_once(self, there, person):
        photo = picture(5)
        body = punch(inside(person.message("GET", HARI_INI)), foto_sha256=hashlib.sha256(photo).hexdigest())
        answers = [person.message("POST", CATAT, json=body) for _time in range(2)]
        assert [answer["duplikat"] for answer in answers] == [False, True]
        assert person.upload(body["id_klien"], photo)["diterima"]
        assert len(person.rows("Absensi", {"id_klien": body["id_klien"]})) == 1

    def test_its_photo_is_sent_by_nginx_to_whoever_may_see_it_and_to_nobody_else(self, there, person):
        found = person.rows("File", {"attached_to_doctype": "Absensi"}, "file_url")
        assert found
        answer = person.call("GET", found[0]["file_url"])
        assert (answer.status_code, answer.content[:3]) == (200, b"\xff\xd8\xff")
        assert Client(there, None).call("GET", found[0]["file_url"]).status_code == 403
        direct = found[0]["file_url"].replace("/private/", "/protected/private/")
        assert person.call("GET", direct).status_code == 404

    def test_the_contract_holds_through_it_as_it_does_in_development(self, there, parts):
        suites = [
            f"tests/e2e/test_http_{name}.py" for name in ("contract", "photo", "odd_requests", "evidence")
        ]
        environment = {**os.environ, "SPBE_URL": there.url, "SPBE_HOST": there.host}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-W", "ignore", *suites],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=900,
        )
        assert done.returncode == 0, done.stdout[-3000:]
        assert " passed" in done.stdout


class TestTransport:
    def test_plain_http_leads_to_https(self, parts):
        answer = requests.get(
            f"http://127.0.0.1:{parts.wishes.http_port}/absen",
            headers={"Host": DOMAIN},
            allow_redirects=False,
            timeout=10,
        )
        assert (answer.status_code, answer.headers["Location"]) == (
            301,
            f"https://{DOMAIN}:{parts.https}/absen",
        )

    def test_http2_is_spoken_and_old_tls_is_not(self, parts):
        context = ssl.create_default_context(cafile=str(parts.certificate))
        context.set_alpn_protocols(["h2"])
        with (
            socket.create_connection((DOMAIN, parts.https)) as line,
            context.wrap_socket(line, server_hostname=DOMAIN) as tls,
        ):
            assert (tls.selected_alpn_protocol(), tls.version()) == ("h2", "TLSv1.3")
        old = ssl.create_default_context(cafile=str(parts.certificate))
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        old.set_ciphers("ALL:@SECLEVEL=0")
        with socket.create_connection((DOMAIN, parts.https)) as line, pytest.raises(ssl.SSLError):
            old.wrap_socket(line, server_hostname=DOMAIN)

    def test_a_name_that_is_not_ours_gets_nothing(self, parts):
        with pytest.raises(requests.ConnectionError):
            requests.get(
                f"http://127.0.0.1:{parts.wishes.http_port}/", headers={"Host": "lain.example"}, timeout=10
            )

    @pytest.mark.parametrize(
        ("path", "names"),
        [("/absen", HEADERS + OF_APP), (READY, HEADERS + OF_APP), ("/assets/tidak-ada.js", HEADERS)],
    )
    def test_every_answer_carries_the_protecting_headers_once(self, there, path, names):
        raw = Client(there, None).call("GET", path).raw.headers
        assert {name: len(raw.getlist(name)) for name in names} == dict.fromkeys(names, 1)

    def test_what_a_client_says_about_its_address_is_not_believed(self, there, site):
        liar = Client(there, None)
        liar.http.headers["X-Forwarded-For"] = "203.0.113.77"
        body = {"usr": f"tidak-ada-{uuid.uuid4().hex}", "pwd": "salah"}
        assert liar.call("POST", "/api/method/login", json=body).status_code == 401
        seen = bench.rows(
            site,
            "select ip_address from `tabActivity Log` where operation = 'Login' order by creation desc limit 1",
        )
        assert seen != [("203.0.113.77",)]

    def test_the_log_names_no_query(self, there, parts):
        mark = uuid.uuid4().hex
        Client(there, None).call("GET", f"/absen?rahasia={mark}")
        log = parts.wishes.logs / "absensi.log"
        bench.wait(lambda: '"GET /absen HTTP/1.1" 200' in log.read_text(), "nginx' log", 15)
        assert mark not in log.read_text()


class TestNobodyAtHome:
    @pytest.fixture(scope="class")
    def url(self, site, tmp_path_factory) -> Iterator[str]:
        alone = rendered(tmp_path_factory.mktemp("sepi"), site)
        with proxy(alone), pytest.MonkeyPatch.context() as patch:
            patch.setenv("REQUESTS_CA_BUNDLE", str(alone.certificate))
            yield f"https://{DOMAIN}:{alone.https}"

    def test_phones_are_told_in_the_envelope_they_know_when_to_come_back(self, url):
        answer = requests.post(url + CATAT, json={}, timeout=10)
        assert (answer.status_code, answer.json()["exc_type"]) == (503, "LayananTidakTersedia")
        assert 1 <= int(answer.headers["Retry-After"]) <= 9
        assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
        (told,) = json.loads(answer.json()["_server_messages"])
        assert "kirim lagi" in json.loads(told)["message"]

    def test_people_get_a_sentence(self, url):
        answer = requests.get(f"{url}/app", timeout=10)
        assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
        assert "tersimpan di ponsel" in answer.text


class TestHealth:
    def test_load_balancers_and_monitors_are_answered(self, there, parts, site, key):
        assert Client(there, None).message("GET", READY) == "ok"
        assert requests.get(there.url + METRICS, timeout=10).status_code == 403
        with bench.configured(site, spbe_alamat_tls=f"{DOMAIN}:{parts.https}"):
            answer = requests.get(there.url + METRICS, headers=key, timeout=10)
        values = {
            (sample.name, *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(answer.text)
            for sample in family.samples
        }
        rest = values["spbe_sertifikat_sisa_detik", f"{DOMAIN}:{parts.https}"]
        assert 29 * 86400 < rest < 30 * 86400
        assert min(values["spbe_pekerja", queue] for queue in ("short", "default", "long")) >= 1

    def test_prometheus_itself_reads_them_with_that_key(self, parts, key, tmp_path):
        folder = parts.folder / "prometheus"
        (folder / "spbe-absensi.kunci").write_text(key["Authorization"].removeprefix("token "))
        port = bench.free_port()
        command = [
            "prometheus",
            f"--config.file={folder}/prometheus.yml",
            f"--storage.tsdb.path={tmp_path}/data",
        ]
        command += [f"--web.listen-address=127.0.0.1:{port}", "--log.level=warn"]

        def ask(path: str) -> Any:
            return requests.get(f"http://127.0.0.1:{port}/api/v1/{path}", timeout=5).json()["data"]

        def value(query: str) -> list[str]:
            return [one["value"][1] for one in ask(f"query?query={query}")["result"]]

        def ready() -> bool:
            # It listens long before it answers.
            return bench.answers(port) and requests.get(f"http://127.0.0.1:{port}/-/ready", timeout=5).ok

        with bench.running(
            command, tmp_path / "prometheus.log", env={"SSL_CERT_FILE": str(parts.certificate)}
        ):
            bench.wait(ready, "Prometheus")
            bench.wait(lambda: value("up") == ["1"], "a scrape", 90)
            assert value('spbe_komponen_siap{komponen="database"}') == ["1"]
            rules = [rule for group in ask("rules")["groups"] for rule in group["rules"]]
            assert len(rules) > 20
            assert {rule["lastError"] for rule in rules if "lastError" in rule} <= {""}


@pytest.fixture
def maintained(site) -> Iterator[None]:
    """Read-only mode, as docs/deploy.md switches it on and off."""
    for name in ("allow_reads_during_maintenance", "maintenance_mode"):
        bench.frappe("--site", site, "set-config", "--parse", name, "1")
    yield
    bench.frappe("--site", site, "set-config", "--parse", "maintenance_mode", "0")


class TestReadOnlyMode:
    def test_screens_are_shown_and_say_so_punches_wait_and_are_taken_once_afterwards(
        self, there, site, person, maintained
    ):
        home = person.message("GET", HARI_INI)
        assert home["pemeliharaan"] is True
        assert Client(there, None).message("GET", READY) == "ok"
        body = punch(inside(home))
        refused = person.http.post(there.url + CATAT, json=body, timeout=30)
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
        assert refused.json()["exc_type"] == "InReadOnlyMode"
        assert "Traceback" not in refused.text
        assert bench.rows(site, "select name from `tabAbsensi` where id_klien = %s", [body["id_klien"]]) == []
        bench.frappe("--site", site, "set-config", "--parse", "maintenance_mode", "0")
        assert person.message("GET", HARI_INI)["pemeliharaan"] is False
        assert person.message("POST", CATAT, json=body)["duplikat"] is False

    def test_monitors_see_it(self, there, key, maintained):
        answer = requests.get(there.url + METRICS, headers=key, timeout=10)
        assert "spbe_mode_baca 1.0" in answer.text.splitlines()

    def test_while_a_site_is_migrated_phones_are_told_to_come_back(self, there, site, person):
        bench.frappe("--site", site, "set-config", "--parse", "allow_reads_during_maintenance", "0")
        bench.frappe("--site", site, "set-config", "--parse", "maintenance_mode", "1")
        try:
            refused = person.http.post(there.url + CATAT, json={}, timeout=30)
        finally:
            bench.frappe("--site", site, "set-config", "--parse", "maintenance_mode", "0")
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
        assert refused.json() is not None
        assert "Traceback" not in refused.text

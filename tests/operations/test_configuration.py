"""Every rendered file is read by the program that it is for."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import redis
import yaml

from config.dev import stack
from config.dev.paths import SITES
from spbe_attendance.pemantauan.kesehatan.measure import CATALOG, PREFIX
from spbe_attendance.produksi.sizing import WAITING_PER_WORKER, Machine, sizes

from . import bench
from .production import Rendered, rendered, root_file

# Prints the names of all programs that supervisor would start.
SUPERVISOR = """
import json, sys
from supervisor.options import ServerOptions
options = ServerOptions()
options.realize(["-c", sys.argv[1]])
print(json.dumps([p.name for g in options.process_group_configs for p in g.process_configs]))
"""


@pytest.fixture(scope="module")
def parts(site, tmp_path_factory) -> Rendered:
    return rendered(tmp_path_factory.mktemp("produksi"), site, balancers=("10.0.0.0/24", "fd00::/8"))


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=120)


def broken(source: Path, target: Path, line: str) -> Path:
    """The same file with a line that its program must refuse."""
    target.write_text(source.read_text() + f"\n{line}\n")
    return target


def test_nothing_of_a_template_is_left_in_a_file(parts):
    for path in parts.written:
        text = (parts.folder / path).read_text()
        assert "{%" not in text, path
        assert "{{" not in text or path.name == "alerts.yml", path


def test_the_command_of_bench_writes_the_same_files_for_the_machine_at_hand(site, parts, tmp_path):
    told = bench.frappe(
        "--site", site, "spbe-produksi", "--keluar", str(tmp_path), "--domain", "absensi.example.go.id"
    )
    written = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert written >= {path for path in parts.written if "pekerja-" not in path.name}
    assert all(str(path) in told for path in written)
    assert "server_name absensi.example.go.id;" in (tmp_path / "nginx" / "nginx.conf").read_text()


def test_the_command_says_what_is_wrong_and_writes_nothing(site, tmp_path):
    command = [*bench.BENCH, "--site", site, "spbe-produksi", "--keluar", str(tmp_path), "--domain", "a;b"]
    done = subprocess.run(command, cwd=SITES, capture_output=True, text=True, timeout=60)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "bukan nama domain" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nginx_takes_its_file_and_refuses_a_broken_one(parts):
    conf = parts.folder / "nginx" / "nginx.conf"
    taken = run("nginx", "-t", "-e", "stderr", "-c", conf)
    assert taken.returncode == 0, taken.stderr
    assert run("nginx", "-t", "-e", "stderr", "-c", broken(conf, conf.with_name("x.conf"), "x;")).returncode


def test_systemd_takes_every_unit_without_a_word(parts, tmp_path):
    units = sorted((parts.folder / "systemd").iterdir())
    taken = run("systemd-analyze", "verify", *units)
    assert (taken.returncode, taken.stderr) == (0, "")
    assert len([unit for unit in units if "pekerja" in unit.name]) == len(sizes(parts.machine).queues)
    wrong = tmp_path / "salah.service"
    wrong.write_text(parts.unit("web").replace("ExecStart=", "ExecMulai="))
    assert run("systemd-analyze", "verify", wrong).stderr


def test_the_target_starts_every_service(parts):
    wanted = set(
        re.findall(
            r"spbe-absensi-[a-z0-9-]+\.service", (parts.folder / "systemd/spbe-absensi.target").read_text()
        )
    )
    services = {path.name for path in (parts.folder / "systemd").glob("*.service")}
    # Redis is started by what needs it, the backup by its timer.
    assert services - wanted == {
        "spbe-absensi-cadangan.service",
        "spbe-absensi-redis-cache.service",
        "spbe-absensi-redis-queue.service",
    }


def test_gunicorn_runs_as_in_development_where_it_was_measured(parts, monkeypatch):
    monkeypatch.setenv("SPBE_GUNICORN_PORT", "1")
    monkeypatch.setenv("SPBE_PUNCH_PORT", "2")
    ours, theirs = {}, {}
    exec(root_file("config/gunicorn.py"), ours)  # noqa: S102
    exec((parts.wishes.etc / "gunicorn.conf.py").read_text(), theirs)  # noqa: S102
    same = ("worker_class", "preload_app", "timeout", "max_requests", "max_requests_jitter", "loglevel")
    assert {name: theirs[name] for name in same} == {name: ours[name] for name in same}
    assert WAITING_PER_WORKER == stack.WAITING_PER_WORKER
    assert theirs["workers"] == sizes(parts.machine).web_workers == ours["workers"]


def kinds(text: str) -> list[tuple[str, str]]:
    """Patterns of addresses, each with what the proxy takes them for, in its order."""
    return re.findall(r"~(\S+) (punches|photos);", text.replace("$$", "$"))


def kind_of(address: str, patterns: list[tuple[str, str]]) -> str:
    return next((kind for pattern, kind in patterns if re.search(pattern, address)), "others")


def test_punches_go_to_a_queue_of_their_own_as_in_development(parts):
    ours = kinds(root_file("config/nginx.conf.template"))
    theirs = (parts.folder / "nginx" / "nginx.conf").read_text()
    assert kinds(theirs) == ours
    for endpoint, kind in {
        "absensi.catat": "punches",
        "saksi.catat": "punches",
        "perangkat.jangkar": "punches",
        "perangkat.daftar": "punches",
        # Of a phone that has no token yet; who has one only looks.
        "sesi.info?segera=1": "punches",
        "sesi.info?segera=1&_lang=en": "punches",
        "sesi.info": "others",
        "absensi.unggah_foto": "photos",
        "absensi.hari_ini": "others",
    }.items():
        module, name = endpoint.split("?")[0].split(".")
        assert name in vars(import_module(f"spbe_attendance.api.{module}"))
        assert kind_of(f"/api/method/spbe_attendance.api.{endpoint}", ours) == kind
    for address in (
        "/api/method/spbe_attendance.api.absensi.catatan",
        "/app/absensi.catat",
        "/api/method/x?y=absensi.catat",
        "/api/method/x?y=sesi.info?segera=1",
    ):
        assert kind_of(address, ours) == "others"
    gunicorn: dict[str, Any] = {}
    exec((parts.wishes.etc / "gunicorn.conf.py").read_text(), gunicorn)  # noqa: S102
    punches, others = gunicorn["bind"]
    assert f"upstream absensi_punches {{\n\t\tzone absensi_punches 128k;\n\t\tserver {punches} " in theirs
    assert f"upstream absensi_web {{\n\t\tzone absensi_web 128k;\n\t\tserver {others} " in theirs


def test_supervisor_would_start_the_same_parts(parts, tmp_path):
    main = tmp_path / "supervisord.conf"
    main.write_text(
        f"[supervisord]\nlogfile={tmp_path}/s.log\n[include]\nfiles={parts.folder}/supervisor/*.conf\n"
    )
    # The system's Python, for which Debian installs it.
    told = run("/usr/bin/python3", "-c", SUPERVISOR, main)
    assert told.returncode == 0, told.stderr
    services = {path.stem for path in (parts.folder / "systemd").glob("*.service")}
    assert set(json.loads(told.stdout)) == services - {"spbe-absensi-cadangan"}


def test_mariadb_takes_its_file_with_these_sizes(parts, tmp_path):
    conf = parts.folder / "mariadb" / "60-spbe-absensi.cnf"
    told = run("mariadbd", f"--defaults-file={conf}", "--help", "--verbose")
    assert told.returncode == 0, told.stderr[-2000:]
    values = dict(line.split(None, 1) for line in told.stdout.splitlines() if len(line.split(None, 1)) == 2)
    found = sizes(parts.machine)
    assert int(values["innodb-buffer-pool-size"]) == found.pool_mb * 2**20
    assert int(values["max-connections"]) == found.connections
    assert (values["innodb-flush-log-at-trx-commit"], values["sync-binlog"]) == ("1", "1")
    assert values["collation-server"] == "utf8mb4_unicode_ci"
    wrong = broken(conf, tmp_path / "salah.cnf", "[mysqld]\ntidak_dikenal = 1")
    assert run("mariadbd", f"--defaults-file={wrong}", "--help", "--verbose").returncode


def test_mariadb_lets_the_second_of_two_read_what_the_first_has_written(parts, tmp_path):
    main = tmp_path / "baru.cnf"
    # As a server of 11.6.2 or later would have it.
    main.write_text(
        f"[mysqld]\ninnodb_snapshot_isolation = ON\n!include {parts.folder}/mariadb/60-spbe-absensi.cnf\n"
    )
    told = run("mariadbd", f"--defaults-file={main}", "--help", "--verbose")
    assert re.search(r"^innodb-snapshot-isolation\s+FALSE$", told.stdout, re.MULTILINE)


def test_a_full_cache_drops_what_nobody_used_and_still_takes_writes(parts, tmp_path):
    conf = parts.folder / "spbe-absensi" / "redis_cache.conf"
    socket = tmp_path / "cache.sock"
    command = ["redis-server", str(conf), "--port", "0", "--unixsocket", str(socket)]
    command += [
        "--maxmemory",
        "4mb",
        "--maxmemory-samples",
        "10",
        "--pidfile",
        str(tmp_path / "pid"),
        "--dir",
        str(tmp_path),
    ]
    with bench.running(command, tmp_path / "cache.log"):
        client = redis.Redis(unix_socket_path=str(socket))
        bench.wait(socket.exists, "Redis")
        client.set("stempel", "a")
        client.set("pin-salah", 3, ex=900)
        for number in range(8):
            # Stamps and counters of an attack are looked at all the time.
            assert (client.get("stempel"), client.get("pin-salah")) == (b"a", b"3")
            client.mset({f"metadata:{number}:{key}": b"x" * 1500 for key in range(600)})
            # Redis tells ages by the second.
            time.sleep(1.1)
        assert client.info()["evicted_keys"] > 1000


def test_a_full_queue_loses_no_job_and_outlives_a_kill(parts, tmp_path):
    conf = parts.folder / "spbe-absensi" / "redis_queue.conf"
    socket = tmp_path / "queue.sock"
    command = ["redis-server", str(conf), "--port", "0", "--unixsocket", str(socket)]
    command += ["--maxmemory", "4mb", "--pidfile", str(tmp_path / "pid"), "--dir", str(tmp_path)]
    with bench.running(command, tmp_path / "queue.log") as server:
        client = redis.Redis(unix_socket_path=str(socket))
        bench.wait(socket.exists, "Redis")
        with pytest.raises(redis.ResponseError, match="OOM"):
            for _number in range(6000):
                client.rpush("pekerjaan", b"x" * 1500)
        kept = client.llen("pekerjaan")
        # What was written more than a second ago is on the disk.
        bench.wait(lambda: client.info("persistence")["aof_pending_bio_fsync"] == 0, "AOF")
        client.close()
        server.kill()
        server.wait()
    socket.unlink(missing_ok=True)
    with bench.running(command, tmp_path / "queue.log"):
        bench.wait(socket.exists, "Redis")
        client = redis.Redis(unix_socket_path=str(socket))
        bench.wait(lambda: loaded(client), "AOF read")
        assert client.llen("pekerjaan") == kept > 1000


def loaded(client: redis.Redis) -> bool:
    try:
        return client.info("persistence")["loading"] == 0
    except redis.ConnectionError:
        return False


def test_logrotate_and_the_shell_take_theirs(parts, tmp_path):
    rotated = run("logrotate", "--debug", "--state", tmp_path / "state", parts.folder / "logrotate")
    assert (rotated.returncode, "error" in rotated.stderr.lower()) == (0, False), rotated.stderr
    assert run("sh", "-n", parts.folder / "spbe-absensi" / "cadangan.sh").returncode == 0


def test_prometheus_takes_its_configuration_and_alerts(parts):
    folder = parts.folder / "prometheus"
    (folder / "spbe-absensi.kunci").write_text("kunci:rahasia")
    checked = run("promtool", "check", "config", folder / "prometheus.yml")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_alerts_fire_when_they_should_and_only_then(parts, tmp_path):
    shutil.copy(parts.folder / "prometheus" / "alerts.yml", tmp_path)
    shutil.copy(Path(__file__).with_name("alerts_test.yml"), tmp_path)
    checked = run("promtool", "test", "rules", tmp_path / "alerts_test.yml")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def alerts() -> list[dict[str, str]]:
    groups = yaml.safe_load(root_file("config/production/prometheus/alerts.yml"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def test_every_metric_of_an_alert_is_exported():
    named = {name for rule in alerts() for name in re.findall(rf"{PREFIX}[a-z0-9_]+", rule["expr"])}
    # The job's name is no metric.
    assert named - {"spbe_absensi"} <= {PREFIX + name for name in CATALOG}
    assert len(named) > 15


def test_the_guide_says_for_every_alert_what_to_do():
    headings = set(re.findall(r"^### (\w+)$", root_file("docs/operasi.md"), re.MULTILINE))
    assert headings == {rule["alert"] for rule in alerts()}


@pytest.mark.parametrize("role", ["semua", "web", "database"])
def test_all_roles_and_sizes_of_machines_get_a_file_that_mariadb_takes(site, tmp_path, role):
    small = rendered(tmp_path, site, Machine(1, 4096, role))
    told = run(
        "mariadbd", f"--defaults-file={small.folder}/mariadb/60-spbe-absensi.cnf", "--help", "--verbose"
    )
    assert told.returncode == 0

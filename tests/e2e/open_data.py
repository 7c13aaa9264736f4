"""A month that all OPD have closed, out of the way of other tests, and what the public gets of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from desk import until

from tests.client import Client

MONTH = "2026-03"
DATASET = "kehadiran-pegawai"
# One worker does everything on such a machine.
JOB = 300


class Office:
    """What BKPSDM does so that a draft is made; the whole regency in one closing."""

    def __init__(self, stack: Any, month: str = MONTH):
        self.month = month
        self.client = Client(stack, stack.user("BKPSDM"))
        roots = self.client.rows("OPD", {"induk": ["is", "not set"]}, "name")
        self.root = roots[0]["name"]

    def compute_next_day(self) -> str:
        """A working day of the month that no earlier run has computed."""
        known = {row["tanggal"] for row in self.client.rows("Rekap Harian", self._within(), "tanggal")}
        first = date.fromisoformat(f"{self.month}-02")
        days = [first + timedelta(days=number) for number in range(26)]
        day = next(day.isoformat() for day in days if day.weekday() < 5 and day.isoformat() not in known)
        self._compute(day)
        return day

    def compute_month(self) -> None:
        """Every day, and the month open: opening one again has all of it computed.

        A correction then changes single days. What changes a whole month of few people would tell on them, and is refused.
        """
        self.compute_next_day()
        name = self.close()
        self.wait_for_draft(1)
        self._run(name, "buka_kembali", '{"alasan": "Uji lengkap"}')
        until(lambda: not self.client.rows("Hitung Ulang", {}, "name"), True, JOB)

    def _within(self) -> dict[str, Any]:
        return {"tanggal": ["between", [f"{self.month}-01", f"{self.month}-28"]]}

    def _compute(self, day: str) -> None:
        self.client.message("POST", "/api/method/spbe_attendance.api.rekap.tutup_hari", json={"tanggal": day})
        until(
            lambda: bool(self.client.rows("Rekap Harian", {"tanggal": day, "hari_kerja": 1}, "name")),
            True,
            JOB,
        )
        # The job is over when no day is added any more.
        counts = [-1]
        until(lambda: counts[-1] == self._count(day, counts), True, JOB)

    def _count(self, day: str, counts: list[int]) -> int:
        counts.append(len(self.client.rows("Rekap Harian", {"tanggal": day}, "name")))
        return counts[-2]

    def close(self) -> str:
        """Answers the closing's name."""
        found = self.client.rows("Tutup Bulan", {"opd": self.root, "bulan": self.month}, "name", "status")
        name = found[0]["name"] if found else self._new()
        if not found or found[0]["status"] != "Ditutup":
            self._run(name, "tutup", '{"alasan": "Uji data terbuka"}')
        return name

    def _new(self) -> str:
        answer = self.client.call(
            "POST", "/api/resource/Tutup Bulan", json={"opd": self.root, "bulan": self.month}
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]["name"]

    def correct(self) -> None:
        """A free day that was not known when the month was closed; the days are computed anew before it is closed again.

        The holiday stays: taken away, it would change the closed month once more.
        """
        self._run(self.close(), "buka_kembali", '{"alasan": "Uji perbaikan"}')
        day = self._working_day()
        values = {
            "tanggal": day,
            "nama_libur": "Libur Uji Data Terbuka",
            "jenis": "Libur Daerah",
            "status": "Berlaku",
            "dasar": "Uji",
        }
        answer = self.client.call("POST", "/api/resource/Hari Libur", json=values)
        assert answer.status_code == 200, answer.text
        # What reopening and the holiday have marked; a day computed after the closing would be no part of it.
        until(lambda: not self.client.rows("Hitung Ulang", {}, "name"), True, JOB)
        on_duty = {"tanggal": day, "hari_kerja": 1, "kode_utama": "TK"}
        assert not self.client.rows("Rekap Harian", on_duty, "name")

    def _working_day(self) -> str:
        rows = self.client.rows(
            "Rekap Harian", {**self._within(), "hari_kerja": 1, "kode_utama": "TK"}, "tanggal"
        )
        return min(row["tanggal"] for row in rows)

    def _run(self, name: str, method: str, arguments: str) -> None:
        body = {"dt": "Tutup Bulan", "dn": name, "method": method, "args": arguments}
        answer = self.client.call("POST", "/api/method/run_doc_method", json=body)
        assert answer.status_code == 200, answer.text

    def versions(self) -> list[dict[str, Any]]:
        filters = {"dataset": DATASET, "periode": self.month}
        return sorted(
            self.client.rows("Versi Dataset", filters, "name", "nomor", "status"),
            key=lambda row: row["nomor"],
        )

    def wait_for_draft(self, number: int) -> dict[str, Any]:
        def made() -> bool:
            return any(row["nomor"] == number for row in self.versions())

        until(made, True, JOB)
        asked = {"dataset": DATASET, "periode": self.month}
        assert made(), self.client.rows("Penyusunan Dataset", asked, "status", "ringkasan")
        return self.versions()[number - 1]


class WaliData:
    def __init__(self, stack: Any):
        self.client = Client(stack, stack.user("Wali Data"))

    def decide(self, name: str, action: str, reason: str = "") -> Any:
        if reason:
            self.client.call("PUT", f"/api/resource/Versi Dataset/{name}", json={"alasan": reason})
        doc = self.client.document("Versi Dataset", name)
        return self.client.call(
            "POST",
            "/api/method/frappe.model.workflow.apply_workflow",
            json={"doc": doc, "action": action},
        )


def path(number: int, form: str = "csv", month: str = MONTH) -> str:
    return f"/data/{DATASET}/{month}/v{number}/{DATASET}-{month}-v{number}.{form}"

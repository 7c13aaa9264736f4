"""Who reads what is kept about accounts."""

from __future__ import annotations

from spbe_attendance.permissions import pair, staff_rows_criterion

kode_aktivasi_query, kode_aktivasi_allowed = pair("Kode Aktivasi", staff_rows_criterion)
catatan_akun_query, catatan_akun_allowed = pair("Catatan Akun", staff_rows_criterion)

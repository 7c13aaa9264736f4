const NUMBERS = new Set([
	"jumlah", "hadir", "kurang", "cuti", "sakit", "izin", "dinas_luar", "shift", "lainnya", "dikecualikan", "menunggu", "tanpa_keterangan",
]);

frappe.query_reports["Kekuatan Apel"] = {
	filters: [
		{ fieldname: "kegiatan", label: __("Event"), fieldtype: "Link", options: "Kegiatan Apel", reqd: 1, width: 220 },
		{ fieldname: "per_unit", label: __("Each Unit by Itself"), fieldtype: "Check" },
	],

	/** A number leads to the names behind it. */
	formatter(value, row, column, data, standard) {
		const shown = standard(value, row, column, data);
		if (!data) return shown;
		if (NUMBERS.has(column.fieldname) && value) {
			const query = new URLSearchParams({ kegiatan: frappe.query_report.get_filter_value("kegiatan") });
			if (data.opd) query.set("opd", data.opd);
			if (column.fieldname !== "jumlah") query.set("hasil", column.fieldname);
			const link = `<a href="/app/query-report/Peserta Apel?${query}">${value}</a>`;
			return data.jumlah_akhir ? `<b>${link}</b>` : link;
		}
		return data.jumlah_akhir ? `<b>${shown}</b>` : shown;
	},
};

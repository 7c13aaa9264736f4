frappe.query_reports["Akurasi Lokasi"] = {
	filters: [
		{ fieldname: "opd", label: __("OPD"), fieldtype: "Link", options: "OPD" },
		{ fieldname: "hanya_usulan", label: __("Only with a Proposal"), fieldtype: "Check" },
	],

	/** The place leads to its form, where the proposal is accepted. */
	formatter(value, row, column, data, standard) {
		const shown = standard(value, row, column, data);
		if (!data) return shown;
		if (column.fieldname === "nama_lokasi") {
			return `<a href="${frappe.utils.get_form_link("OPD Lokasi", data.lokasi)}">${shown}</a>`;
		}
		if (column.fieldname === "usulan" && value) return __(value);
		return shown;
	},
};

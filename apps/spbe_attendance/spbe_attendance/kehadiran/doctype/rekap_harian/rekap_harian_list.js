const REKAP_COLOURS = { H: "green", TK: "red", L: "gray", CBer: "gray", DL: "blue", TB: "blue", WFA: "cyan" };
const COMPUTES = ["BKPSDM", "System Manager", "Administrator"];

frappe.listview_settings["Rekap Harian"] = {
	hide_name_column: true,
	add_fields: ["kode", "kode_utama", "sementara", "tinjau", "tutup_bulan", "tanggal"],

	get_indicator(doc) {
		const late = doc.kode_utama === "H" && doc.kode !== "H" && doc.kode !== "H,WFA";
		const colour = doc.sementara || late ? "orange" : REKAP_COLOURS[doc.kode_utama] || "yellow";
		return [doc.kode ? doc.kode.replaceAll(",", " ") : "–", colour, `kode,=,${doc.kode || ""}`];
	},

	onload(list) {
		spbe.desk.show_columns(list, 7);
		spbe.desk.describe_rows(list, {
			title: (doc) => spbe.desk.link_text(doc, "pegawai", "nama"),
			details: (doc) => [
				frappe.datetime.str_to_user(doc.tanggal),
				doc.kode ? doc.kode.replaceAll(",", " ") : "",
				doc.sementara ? __("Provisional") : "",
			],
		});
		list.page.add_inner_button(__("To Review"), () => list.filter_area.set([["Rekap Harian", "tinjau", "=", 1]]));
		if (COMPUTES.some((role) => frappe.user_roles.includes(role))) {
			list.page.add_inner_button(__("Close Day"), () => ask_day(list));
		}
	},

	formatters: {
		masuk: clock,
		pulang: clock,
	},
};

/** The date stands beside it. */
function clock(value) {
	return value ? frappe.datetime.str_to_user(value).split(" ")[1].slice(0, 5) : "";
}

function ask_day(list) {
	const dialog = new frappe.ui.Dialog({
		title: __("Close Day"),
		// Focus on the OPD would open its list over the button.
		no_focus: true,
		fields: [
			{
				fieldname: "tanggal",
				fieldtype: "Date",
				label: __("Day"),
				reqd: 1,
				default: frappe.datetime.add_days(frappe.datetime.get_today(), -1),
			},
			{ fieldname: "opd", fieldtype: "Link", options: "OPD", label: "OPD", description: __("Empty: everybody") },
		],
		primary_action_label: __("Compute"),
		primary_action(values) {
			dialog.hide();
			compute_day(values, list);
		},
	});
	dialog.show();
}

/** Listens before it asks: a small office is done before the answer arrives. */
function compute_day(values, list) {
	const shown = frappe.datetime.str_to_user(values.tanggal);
	let over = false;
	const follow = (event) => {
		if (event.tanggal !== values.tanggal) return;
		if (event.gagal) return finish(__("Computing {0} broke off; it is in the Error Log and may be started again.", [shown]), "red");
		if (event.ditulis !== null) return finish(__("{0} is computed: {1} days changed.", [shown, event.ditulis]), "green");
		const said = __("Computing {0}: {1} of {2}", [shown, event.selesai, event.semua]);
		frappe.show_progress(__("Close Day"), event.selesai, event.semua || 1, said);
	};
	const finish = (message, indicator) => {
		over = true;
		frappe.realtime.off("rekap_tutup_hari", follow);
		spbe.desk.hide_progress();
		frappe.show_alert({ message, indicator }, 10);
		list.refresh();
	};
	frappe.realtime.on("rekap_tutup_hari", follow);
	frappe
		.call({ method: "spbe_attendance.api.rekap.tutup_hari", args: values })
		.then(() => over || frappe.show_progress(__("Close Day"), 0, 1, shown))
		.catch(() => frappe.realtime.off("rekap_tutup_hari", follow));
}

/** What a phone has measured, beside the place as it is; applied or rejected by who keeps places. */
const API = "spbe_attendance.api.lokasi";
const COLOURS = { Menunggu: "orange", Diterapkan: "green", Ditolak: "red" };

frappe.ui.form.on("Survei Lokasi", {
	setup(frm) {
		frm.set_query("lokasi", () => ({ filters: { opd: frm.doc.opd } }));
	},

	refresh(frm) {
		if (frm.is_new()) {
			frm.set_intro(__("Surveys are made on the phone: open /absen/survei there."), "blue");
			frm.disable_save();
			return;
		}
		frm.page.set_indicator(__(frm.doc.status), COLOURS[frm.doc.status]);
		show_map(frm);
		if (frm.doc.status !== "Menunggu") {
			frm.disable_save();
			return;
		}
		if (!frm.perm[0]?.write) return;
		const label = frm.doc.lokasi ? __("Apply to the Place") : __("Make a Place");
		frm.add_custom_button(label, () => apply(frm)).removeClass("btn-default").addClass("btn-primary");
		frm.add_custom_button(__("Reject"), () => reject(frm));
	},
});

async function show_map(frm) {
	const { doc } = frm;
	const $target = frm.fields_dict.peta.$wrapper;
	const rows = [{ ...doc, label: __("Survey") }];
	if (doc.lokasi && doc.status === "Menunggu") {
		const { message } = await frappe.db.get_value("OPD Lokasi", doc.lokasi, ["nama_lokasi", "jenis_area", "latitude", "longitude", "radius", "area"]);
		if (message?.jenis_area) rows.push({ ...message, colour: "#5f6b70", dash: "4 6", label: __("{0} as it is", [message.nama_lokasi]) });
	}
	frappe.require(["peta_lokasi.bundle.css", "pratinjau_lokasi.bundle.js"], () => spbe.lokasi.preview($target, { rows, stations: doc.titik }));
}

async function apply(frm) {
	if (frm.is_dirty()) await frm.save();
	const question = frm.doc.lokasi
		? __("Give the place the surveyed position and size?")
		: __("Make a new place {0} of this survey?", [frappe.utils.escape_html(frm.doc.nama_lokasi)]);
	frappe.confirm(question, async () => {
		const { lokasi } = await frappe.xcall(`${API}.terapkan_survei`, { name: frm.doc.name });
		frappe.show_alert({ message: __("Applied. The place's history keeps what it was before."), indicator: "green" });
		frappe.set_route("Form", "OPD Lokasi", lokasi);
	});
}

function reject(frm) {
	frappe.prompt(
		{ fieldname: "catatan", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		async ({ catatan }) => {
			await frappe.xcall(`${API}.tolak_survei`, { name: frm.doc.name, catatan });
			await frm.reload_doc();
		},
		__("Reject Survey"),
		__("Reject")
	);
}

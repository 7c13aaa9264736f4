/** Template, check, import, undo: the buttons in the order in which they are needed. The work is done in the background. */
const AT_WORK = ["Antre", "Berjalan"];
const IMPOR_COLOURS = { Baru: "gray", Antre: "yellow", Berjalan: "yellow", Diperiksa: "blue", Diimpor: "green", Gagal: "red", Dibatalkan: "orange" };

frappe.ui.form.on("Impor Roster", {
	onload(frm) {
		if (frm.is_new() && !frm.doc.bulan) frm.set_value("bulan", frappe.datetime.get_today().slice(0, 7));
		frappe.realtime.off("spbe_kemajuan", hear_progress);
		frappe.realtime.on("spbe_kemajuan", hear_progress);
	},

	opd: offer_template,
	bulan: offer_template,

	refresh(frm) {
		const at_work = AT_WORK.includes(frm.doc.status);
		frm.set_df_property("berkas", "read_only", at_work || frm.doc.status === "Diimpor" ? 1 : 0);
		show_problems(frm);
		offer_template(frm);
		if (frm.is_new()) {
			frm.set_intro(__("Choose OPD and month, download the template, fill it in and attach it. Then save and check."), "blue");
			return;
		}
		frm.page.set_indicator(__(frm.doc.status), IMPOR_COLOURS[frm.doc.status]);
		if (at_work) {
			follow(frm);
			return;
		}
		if (!frm.perm[0]?.write) return;
		if (frm.doc.status === "Diimpor") {
			frm.add_custom_button(__("Undo Import"), () =>
				frappe.confirm(__("Put back the rosters that stood before this import?"), () => step(frm, "batalkan"))
			);
			return;
		}
		frm.add_custom_button(__("Check"), () => step(frm, "periksa"));
		if (frm.doc.status === "Diperiksa") {
			frm.add_custom_button(__("Import"), () => step(frm, "impor")).removeClass("btn-default").addClass("btn-primary");
		}
	},
});

/** As soon as it is known for whom and when. Not by a refresh, which would undo what is being typed. */
function offer_template(frm) {
	const label = __("Download Template");
	frm.remove_custom_button(label);
	if (frm.doc.opd && frm.doc.bulan) frm.add_custom_button(label, () => download_template(frm));
}

/** All texts in full, which a grid would cut off; on a phone each problem is a block. */
function show_problems(frm) {
	const text = frappe.utils.escape_html;
	const rows = frm.doc.galat || [];
	const place = (row) => (row.baris ? __("Row {0}", [row.baris]) : __("Sheet")) + (row.kolom ? `, ${row.kolom}` : "");
	frm.fields_dict.daftar_galat.$wrapper.html(
		rows
			.map(
				(row) => `<div class="border rounded" style="padding: 8px 12px; margin-bottom: 6px">
					<div><b>${text(place(row))}</b> ${row.isi ? `<code>${text(row.isi)}</code>` : ""}</div>
					<div>${text(row.masalah || "")}</div>
					<div class="text-muted">${text(row.saran || "")}</div></div>`
			)
			.join("")
	);
}

function hear_progress({ doctype, name, persen, keterangan }) {
	if (doctype !== "Impor Roster" || cur_frm?.doctype !== doctype || cur_frm.doc.name !== name) return;
	if (AT_WORK.includes(cur_frm.doc.status)) cur_frm.dashboard.show_progress(__("Progress"), persen, keterangan);
}

/** Asks how it stands until it is over: also after a reload, and where the browser hears no events. */
async function follow(frm) {
	const { name } = frm.doc;
	clearTimeout(frm.following);
	const { status, persen, keterangan } = await frappe.xcall("spbe_attendance.api.jadwal.kemajuan_impor", { name });
	if (frm.doc.name !== name || cur_frm !== frm) return;
	if (!AT_WORK.includes(status)) {
		await frm.reload_doc();
		return;
	}
	frm.dashboard.show_progress(__("Progress"), persen, keterangan);
	frm.following = setTimeout(() => follow(frm), 2000);
}

async function step(frm, method) {
	if (frm.is_dirty()) await frm.save();
	try {
		// By its name: while the form is read anew, which the background task causes, there is no document to send.
		const args = { dt: frm.doctype, dn: frm.docname, method };
		await frappe.call({ method: "run_doc_method", args, freeze: true });
	} finally {
		await frm.reload_doc();
	}
}

function download_template(frm) {
	const { opd, bulan } = frm.doc;
	const address = "/api/method/spbe_attendance.api.jadwal.templat_roster";
	window.open(`${address}?${new URLSearchParams({ opd, bulan })}`, "_blank", "noopener");
}

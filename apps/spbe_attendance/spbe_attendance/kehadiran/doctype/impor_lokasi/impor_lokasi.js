/** Attach, check, import, undo: the buttons in the order in which they are needed. The work is done in the background. */
const AT_WORK = ["Antre", "Berjalan"];
const COLOURS = { Baru: "gray", Antre: "yellow", Berjalan: "yellow", Diperiksa: "blue", Diimpor: "green", Gagal: "red", Dibatalkan: "orange" };
const RESULTS = {
	Baru: ["blue", "#1d5fd1"],
	Dibuat: ["green", "#1a7f46"],
	"Sudah Ada": ["gray", "#5f6b70"],
	Bermasalah: ["red", "#b3261e"],
	Dibatalkan: ["orange", "#b45309"],
	Dinonaktifkan: ["orange", "#b45309"],
	Ditinggal: ["orange", "#b45309"],
};
const API = "spbe_attendance.api.lokasi";

frappe.ui.form.on("Impor Lokasi", {
	setup(frm) {
		frappe.realtime.off("spbe_kemajuan", hear_progress);
		frappe.realtime.on("spbe_kemajuan", hear_progress);
	},

	refresh(frm) {
		const at_work = AT_WORK.includes(frm.doc.status);
		const done = frm.doc.status === "Diimpor";
		for (const field of ["berkas", "opd", "radius_bawaan", "tukar_koordinat", "baris"]) frm.set_df_property(field, "read_only", at_work || done ? 1 : 0);
		show_preview(frm);
		if (frm.is_new()) {
			frm.set_intro(__("Attach the map that Google Earth, My Maps or a GIS has saved. Then save and check: nothing is made before you import."), "blue");
			return;
		}
		frm.page.set_indicator(__(frm.doc.status), COLOURS[frm.doc.status]);
		if (at_work) {
			follow(frm);
			return;
		}
		if (!frm.perm[0]?.write || !frm.doc.berkas) return;
		if (done) {
			frm.add_custom_button(__("Show on the Map"), () => frappe.set_route("peta-lokasi"));
			frm.add_custom_button(__("Undo Import"), () =>
				frappe.confirm(__("Take back the places of this import? Places where somebody has punched are switched off instead."), () => step(frm, "batalkan"))
			);
			return;
		}
		frm.add_custom_button(__("Check"), () => step(frm, "periksa"));
		if (frm.doc.status === "Diperiksa" && frm.doc.jumlah_baru) {
			frm.add_custom_button(__("Import"), () => step(frm, "impor")).removeClass("btn-default").addClass("btn-primary");
		}
	},
});

/** Places on a map, and what is wrong with which in full sentences; on a phone each is a block. */
function show_preview(frm) {
	const $target = frm.fields_dict.pratinjau.$wrapper.empty();
	const rows = (frm.doc.baris || []).filter((row) => !row.lewati);
	if (!rows.length) return;
	const problems = rows.filter((row) => row.masalah);
	const warned = rows.filter((row) => !row.masalah && row.peringatan && row.hasil === "Baru");
	const $map = $("<div></div>").appendTo($target);
	$(`<div style="margin-top: 10px">${problems.map(problem_html).join("")}${warned.map(warning_html).join("")}</div>`).appendTo($target);
	frappe.require(["peta_lokasi.bundle.css", "pratinjau_lokasi.bundle.js"], () => {
		const shown = rows.map((row) => ({ ...row, colour: RESULTS[row.hasil][1], dash: row.hasil === "Baru" ? null : "4 6", label: `${row.nama_lokasi} (${__(row.hasil)})` }));
		spbe.lokasi.preview($map, { rows: shown, height: 380 });
	});
}

const text = (value) => frappe.utils.escape_html(String(value ?? ""));
const block = (row, body) => `<div class="border rounded" style="padding: 8px 12px; margin-bottom: 6px"><b>${text(row.nomor)}. ${text(row.nama_lokasi)}</b>
	${row.opd_tertulis ? `<code>${text(row.opd_tertulis)}</code>` : ""}${body}</div>`;
const problem_html = (row) => block(row, `<div class="text-danger">${text(row.masalah)}</div><div class="text-muted">${text(row.saran)}</div>`);
const warning_html = (row) => block(row, `<div class="spbe-caution">${text(row.peringatan).replace(/\n/g, "<br>")}</div>`);

function hear_progress({ doctype, name, persen, keterangan }) {
	if (doctype !== "Impor Lokasi" || cur_frm?.doctype !== doctype || cur_frm.doc.name !== name) return;
	if (AT_WORK.includes(cur_frm.doc.status)) cur_frm.dashboard.show_progress(__("Progress"), persen, keterangan);
}

/** Asks how it stands until it is over: also after a reload, and where the browser hears no events. */
async function follow(frm) {
	const { name } = frm.doc;
	clearTimeout(frm.following);
	const { status, persen, keterangan } = await frappe.xcall(`${API}.kemajuan_impor`, { name });
	if (frm.doc.name !== name || cur_frm !== frm) return;
	if (!AT_WORK.includes(status)) {
		await frm.reload_doc();
		return;
	}
	frm.dashboard.show_progress(__("Progress"), persen, keterangan);
	frm.following = setTimeout(() => follow(frm), 1500);
}

async function step(frm, method) {
	if (frm.is_dirty()) await frm.save();
	try {
		// By its name: while the form is read anew, which the background task causes, there is no document to send.
		await frappe.call({ method: "run_doc_method", args: { dt: frm.doctype, dn: frm.docname, method }, freeze: true });
	} finally {
		await frm.reload_doc();
	}
}

/** Attach, look at the columns, check, decide, import, undo: the buttons in the order in which they are needed. The work is done in
 * the background; what it found is read page by page. */
const IMPOR_DATA = "Impor Data";
const AT_WORK = ["Antre", "Berjalan"];
const IMPOR_DATA_COLOURS = {
	Baru: "gray", Antre: "yellow", Berjalan: "yellow", Diperiksa: "blue", Diimpor: "green", Terhenti: "orange", Gagal: "red", Dibatalkan: "orange",
};
const IMPOR_DATA_API = "spbe_attendance.api.impor.";
const FIELDS_OF = {
	Pegawai: "nip nik nama gelar_depan gelar_belakang status_kepegawaian jenis_kelamin tanggal_lahir opd unor_id jabatan golongan status nomor_hp nomor_pegawai siasn_id",
	OPD: "kode nama_opd singkatan induk unor_id unor_induk",
	"OPD Lokasi": "nama_lokasi opd unor_id latitude longitude koordinat radius semua_opd berlaku_dari berlaku_sampai",
};
const PAGE = 50;

frappe.ui.form.on(IMPOR_DATA, {
	onload(frm) {
		frappe.realtime.off("spbe_kemajuan", hear_import_progress);
		frappe.realtime.on("spbe_kemajuan", hear_import_progress);
	},

	refresh(frm) {
		const at_work = AT_WORK.includes(frm.doc.status);
		const done = ["Diimpor", "Terhenti", "Dibatalkan"].includes(frm.doc.status);
		for (const field of ["berkas", "opd", "perbarui", "buat_akun", "lembar", "baris_judul", "kolom", "padanan"]) {
			frm.set_df_property(field, "read_only", at_work || done ? 1 : 0);
		}
		offer_fields(frm);
		offer_sheets(frm);
		frm.add_custom_button(__("Download Template"), () => download("templat", { jenis: frm.doc.jenis }));
		if (frm.is_new()) {
			frm.set_intro(__("Choose what is imported and attach the sheet as it is. Then save: the columns are recognised and shown."), "blue");
			return;
		}
		frm.page.set_indicator(__(frm.doc.status), IMPOR_DATA_COLOURS[frm.doc.status]);
		show_found(frm);
		if (at_work) {
			follow_import(frm);
			if (frm.doc.tugas !== "periksa") frm.add_custom_button(__("Stop"), () => import_step(frm, "hentikan"));
			return;
		}
		if (frm.perm[0]?.write) offer_steps(frm);
	},

	jenis: offer_fields,
});

function offer_steps(frm) {
	const { status, tugas, berkas } = frm.doc;
	const primary = (button) => button.removeClass("btn-default").addClass("btn-primary");
	const to_write = frm.doc.jumlah_baru + frm.doc.jumlah_berubah;
	if (["Diimpor", "Terhenti"].includes(status)) {
		frm.add_custom_button(__("Undo Import"), () =>
			frappe.confirm(__("Take back what this import has written? What was used or changed since is kept."), () => import_step(frm, "batalkan"))
		);
	}
	if (status === "Terhenti" && tugas === "impor") {
		primary(frm.add_custom_button(__("Go On"), () => import_step(frm, "impor")));
	}
	if (!berkas || ["Diimpor", "Terhenti"].includes(status)) return;
	const check = frm.add_custom_button(__("Check"), () => import_step(frm, "periksa"));
	if (status !== "Diperiksa") {
		primary(check);
		return;
	}
	if (!to_write) return;
	const left = frm.doc.jumlah_ditolak + frm.doc.jumlah_putusan;
	const question = left
		? __("Write {0} rows? {1} rows that are refused or not decided on are left out.", [to_write, left])
		: __("Write {0} rows?", [to_write]);
	primary(frm.add_custom_button(__("Import"), () => frappe.confirm(question, () => import_step(frm, "impor"))));
}

/** Each kind of sheet has fields of its own. */
function offer_fields(frm) {
	const options = ["", ...FIELDS_OF[frm.doc.jenis || "Pegawai"].split(" ")].join("\n");
	frm.fields_dict.kolom.grid.update_docfield_property("bidang", "options", options);
	for (const table of ["kolom", "padanan"]) {
		frm.set_df_property(table, "cannot_add_rows", true);
		frm.set_df_property(table, "cannot_delete_rows", true);
	}
	const proposals = (frm.doc.padanan || []).filter((row) => row.usulan && !row.opd);
	frm.fields_dict.padanan.grid.clear_custom_buttons?.();
	if (proposals.length && ["Baru", "Diperiksa", "Gagal"].includes(frm.doc.status)) {
		frm.fields_dict.padanan.grid.add_custom_button(__("Take All Nearest"), () => {
			for (const row of proposals) frappe.model.set_value(row.doctype, row.name, "opd", row.usulan);
		});
	}
}

function offer_sheets(frm) {
	const sheets = (frm.doc.daftar_lembar || "").split("\n").filter(Boolean);
	frm.set_df_property("lembar", "options", sheets.length ? sheets : [frm.doc.lembar || ""]);
}

function hear_import_progress({ doctype, name, persen, keterangan }) {
	if (doctype !== IMPOR_DATA || cur_frm?.doctype !== doctype || cur_frm.doc.name !== name) return;
	if (AT_WORK.includes(cur_frm.doc.status)) cur_frm.dashboard.show_progress(__("Progress"), persen, keterangan);
}

/** Asks how it stands until it is over: also after a reload, and where the browser hears no events. */
async function follow_import(frm) {
	const { name } = frm.doc;
	clearTimeout(frm.following);
	const { status, persen, keterangan } = await frappe.xcall(`${IMPOR_DATA_API}kemajuan`, { name });
	if (frm.doc.name !== name || cur_frm !== frm) return;
	if (status !== frm.doc.status) {
		await frm.reload_doc();
		return;
	}
	frm.dashboard.show_progress(__("Progress"), persen, keterangan);
	frm.following = setTimeout(() => follow_import(frm), 2000);
}

async function import_step(frm, method) {
	if (frm.is_dirty()) await frm.save();
	try {
		// By its name: while the form is read anew, which the background task causes, there is no document to send.
		await frappe.call({ method: "run_doc_method", args: { dt: frm.doctype, dn: frm.docname, method }, freeze: true });
	} finally {
		await frm.reload_doc();
	}
}

function download(method, values) {
	window.open(`/api/method/${IMPOR_DATA_API}${method}?${new URLSearchParams(values)}`, "_blank", "noopener");
}

/** The sums as buttons that choose what is listed below them. */
async function show_found(frm) {
	const area = frm.fields_dict.daftar_hasil.$wrapper;
	if (!frm.doc.jumlah_baris) {
		area.html(frm.doc.berkas ? `<p class="text-muted">${__("Nothing was checked yet. Look at the columns above, then press Check.")}</p>` : "");
		return;
	}
	const sums = [
		["baris", "Baru", __("New"), frm.doc.jumlah_baru],
		["baris", "Berubah", __("Changed"), frm.doc.jumlah_berubah],
		["baris", "Sama", __("Unchanged"), frm.doc.jumlah_sama],
		["baris", "Putusan", __("To Decide On"), frm.doc.jumlah_putusan],
		["masalah", "Galat", __("Refused"), frm.doc.jumlah_ditolak],
		["masalah", "Peringatan", __("Warnings"), frm.doc.jumlah_peringatan],
	];
	const first = sums.find(([kind, key, , count]) => count && (kind === "masalah" || key === "Putusan")) || sums.find(([, , , count]) => count);
	frm.listing = frm.listing?.name === frm.doc.name ? frm.listing : { name: frm.doc.name, kind: first?.[0], key: first?.[1], start: 0 };
	area.html(`<div class="impor-sums" role="group" aria-label="${__("Found")}" style="display:flex;flex-wrap:wrap;gap:8px;margin-bottom:12px">
		${sums.map((sum) => sum_button(frm, ...sum)).join("")}</div>
		<div style="display:flex;flex-wrap:wrap;gap:8px;margin-bottom:12px">
		<button type="button" class="btn btn-xs btn-default" data-download="xlsx">${__("Problems as XLSX")}</button>
		<button type="button" class="btn btn-xs btn-default" data-download="csv">${__("Problems as CSV")}</button>
		<button type="button" class="btn btn-xs btn-default" data-download="lembar">${__("Corrected Sheet")}</button></div>
		<div class="impor-list" aria-live="polite"></div>`);
	area.find("[data-kind]").on("click", (event) => {
		const { kind, key } = event.currentTarget.dataset;
		frm.listing = { name: frm.doc.name, kind, key, start: 0 };
		area.find("[data-kind]").each((_at, button) => {
			button.setAttribute("aria-pressed", String(button.dataset.kind === kind && button.dataset.key === key));
			button.classList.toggle("btn-primary", button.dataset.kind === kind && button.dataset.key === key);
		});
		list_found(frm);
	});
	area.find("[data-download]").on("click", ({ currentTarget }) => {
		const wanted = currentTarget.dataset.download;
		if (wanted === "lembar") download("unduh_lembar", { name: frm.doc.name });
		else download("unduh_masalah", { name: frm.doc.name, bentuk: wanted });
	});
	if (first) await list_found(frm);
}

function sum_button(frm, kind, key, label, count) {
	const chosen = frm.listing.kind === kind && frm.listing.key === key;
	return `<button type="button" class="btn btn-default btn-sm ${chosen ? "btn-primary" : ""}" data-kind="${kind}" data-key="${key}"
		aria-pressed="${chosen}" ${count ? "" : "disabled"}><b>${count || 0}</b> ${label}</button>`;
}

async function list_found(frm) {
	const { kind, key, start, name } = frm.listing;
	const area = frm.fields_dict.daftar_hasil.$wrapper.find(".impor-list");
	const args = kind === "masalah" ? { name, keparahan: key, mulai: start } : { name, tindakan: key, mulai: start };
	const { message: found } = await frappe.call({ method: `${IMPOR_DATA_API}${kind}`, type: "GET", args });
	if (frm.doc.name !== name) return;
	const rows = found.baris.map(kind === "masalah" ? problem_block : row_block).join("");
	area.html((key === "Putusan" ? decision_bar() : "") + (rows || `<p class="text-muted">${__("Nothing to show.")}</p>`) + pager(start, found.baris.length, found.jumlah[key] || 0));
	area.find("[data-page]").on("click", ({ currentTarget }) => {
		frm.listing.start = Number(currentTarget.dataset.page);
		list_found(frm);
	});
	area.find("[data-decision]").on("click", ({ currentTarget }) => decide(frm, currentTarget.dataset.decision));
	area.find("[data-all]").on("change", ({ currentTarget }) => area.find("[data-row]").prop("checked", currentTarget.checked));
}

function problem_block(row) {
	const text = frappe.utils.escape_html;
	const place = [row.daftar_baris ? __("Rows {0}", [row.daftar_baris]) : row.baris ? __("Row {0}", [row.baris]) : "", row.kolom].filter(Boolean).join(", ");
	return `<div class="border rounded" style="padding:8px 12px;margin-bottom:6px">
		<div><b>${text(place || __("Sheet"))}</b> ${row.isi ? `<code>${text(row.isi)}</code>` : ""} ${row.jumlah > 1 ? __("{0} rows", [row.jumlah]) : ""}</div>
		<div>${text(row.masalah || "")}</div><div class="text-muted">${text(row.saran || "")}</div></div>`;
}

function row_block(row) {
	const text = frappe.utils.escape_html;
	const changes = row.perubahan
		.map((change) => `<div>${text(change.bidang)}: <s class="text-muted">${text(change.sebelum)}</s> → <b>${text(change.sesudah)}</b></div>`)
		.join("");
	const doubtful = row.tindakan === "Putusan";
	const box = doubtful ? `<input type="checkbox" data-row="${text(row.name)}" aria-label="${text(row.ringkas || "")}" style="margin-right:8px">` : "";
	const state = row.keadaan === "Belum" ? "" : `<span class="indicator-pill ${row.keadaan === "Selesai" ? "green" : "orange"}">${__(row.keadaan)}</span>`;
	return `<div class="border rounded" style="padding:8px 12px;margin-bottom:6px"><div>${box}<b>${__("Row {0}", [row.baris])}</b> ${text(row.ringkas || "")} ${state}</div>
		${doubtful ? `<div>${text(row.alasan || "")}</div>` : ""}
		${doubtful && row.calon ? `<div>${__("Perhaps {0}", [text(row.calon)])}</div>` : ""}${changes}
		${row.keterangan ? `<div class="text-muted">${text(row.keterangan)}</div>` : ""}</div>`;
}

function decision_bar() {
	const button = (decision, label) => `<button type="button" class="btn btn-xs btn-default" data-decision="${decision}">${label}</button>`;
	return `<div style="display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin-bottom:8px">
		<label style="margin:0"><input type="checkbox" data-all> ${__("All on this page")}</label>
		${button("Baru", __("A New Person"))}${button("Sama", __("The Same Person"))}${button("Lewati", __("Leave Out"))}</div>`;
}

async function decide(frm, putusan) {
	const baris = frm.fields_dict.daftar_hasil.$wrapper.find("[data-row]:checked").map((_at, box) => box.dataset.row).get();
	if (!baris.length) {
		frappe.show_alert({ message: __("Tick the rows that this decides on."), indicator: "orange" });
		return;
	}
	await frappe.xcall(`${IMPOR_DATA_API}putuskan`, { name: frm.doc.name, baris: JSON.stringify(baris), putusan });
	await frm.reload_doc();
}

function pager(start, shown, total) {
	if (total <= PAGE) return "";
	const button = (page, label, off) => `<button type="button" class="btn btn-xs btn-default" data-page="${page}" ${off ? "disabled" : ""}>${label}</button>`;
	return `<div style="display:flex;gap:8px;align-items:center">${button(Math.max(0, start - PAGE), __("Previous"), !start)}
		<span>${__("{0} to {1} of {2}", [start + 1, start + shown, total])}</span>${button(start + PAGE, __("Next"), start + shown >= total)}</div>`;
}

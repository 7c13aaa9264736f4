/** What would be published, what differs from the version before, how much is withheld; and a question for the reason of a refusal. */
const WITH_REASON = ["Tolak", "Tarik"];

frappe.ui.form.on("Versi Dataset", {
	refresh(frm) {
		show_preview(frm);
		tell_what_to_do(frm);
		if (["Terbit", "Ditarik"].includes(frm.doc.status)) {
			frm.add_web_link?.(`/data/${frm.doc.dataset}`, __("Open the Public Page"));
		}
	},

	before_workflow_action: (frm) =>
		spbe.desk.ask_before_step(frm, { steps: WITH_REASON, field: "alasan", label: __("Reason of the Decision") }),
});

function tell_what_to_do(frm) {
	const said = {
		Draf: [__("A draft: BKPSDM checks it and hands it to Wali Data."), "orange"],
		Diperiksa: [__("Waits for Wali Data: look at the rows and the differences, then publish or refuse."), "blue"],
		Terbit: [__("Published. A fault is corrected in the recap; a new version follows, and this one stays."), "green"],
		Ditarik: [__("Withdrawn: the public reads the reason in place of the files."), "red"],
	}[frm.doc.status];
	frm.set_intro("");
	if (said) frm.set_intro(...said);
}

const text = (value) => frappe.utils.escape_html(value === null || value === undefined ? "x" : String(value));

function table(caption, heads, rows) {
	const head = heads.map((name) => `<th scope="col">${text(name)}</th>`).join("");
	const body = rows.map((row) => `<tr>${row.map((value) => `<td>${text(value)}</td>`).join("")}</tr>`).join("");
	return `<div class="table-responsive" tabindex="0" role="region" aria-label="${text(caption)}"><table class="table table-bordered table-sm">
		<caption>${text(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function show_preview(frm) {
	const area = frm.fields_dict.pratinjau.$wrapper.empty();
	const told = frm.doc.__onload?.pratinjau;
	if (!told) return;
	area.append(differences(told.banding));
	area.append(table(__("First {0} of {1} rows", [told.baris.length, told.jumlah]), told.kolom, told.baris));
}

function differences(compared) {
	if (!compared) return `<p class="text-muted">${__("The first version of this period: there is nothing to compare it with.")}</p>`;
	if (!compared.jumlah) return `<p class="text-muted">${__("Shows the same as version {0}.", [compared.versi])}</p>`;
	const rows = compared.ubah.map((row) => [row.kunci.join(" · "), row.lama ?? "–", row.baru ?? "–"]);
	const caption = __("{0} rows differ from version {1}", [compared.jumlah, compared.versi]);
	return table(caption, [__("Row"), __("Before"), __("Now")], rows);
}

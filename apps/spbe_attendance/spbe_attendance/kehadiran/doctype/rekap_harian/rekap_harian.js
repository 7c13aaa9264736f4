/** A day in words first: what was found, each with the rule it rests on; numbers and links below. */
frappe.ui.form.on("Rekap Harian", {
	refresh(frm) {
		frm.disable_save();
		const reasons = frm.doc.__onload?.penjelasan || [];
		frm.fields_dict.ringkasan.$wrapper.html(summary(frm.doc, reasons));
		show_title(frm);
	},
});

/** The person's name instead of the internal one. */
async function show_title(frm) {
	const { pegawai, name } = frm.doc;
	const title =
		frappe.utils.get_link_title("Pegawai", pegawai) || (await frappe.utils.fetch_link_title("Pegawai", pegawai));
	// Another day may have been opened meanwhile.
	if (!title || frm.doc.name !== name) return;
	frm.page.set_title(title);
	frappe.utils.set_title(`${title} - ${frappe.datetime.str_to_user(frm.doc.tanggal)}`);
}

function summary(doc, reasons) {
	const text = frappe.utils.escape_html;
	const pills = (doc.kode || "–")
		.split(",")
		.map((code) => `<span class="indicator-pill no-indicator-dot ${colour(code)}">${text(code)}</span>`)
		.join(" ");
	const said = reasons.map(
		({ teks, dasar }) =>
			`<li style="margin-bottom: var(--margin-sm)">${text(teks)}${dasar ? `<div class="text-muted small">${text(dasar)}</div>` : ""}</li>`
	);
	const flags = [doc.sementara && __("Provisional"), doc.tinjau && __("To Review"), doc.tutup_bulan && __("Frozen")];
	const marks = flags.filter(Boolean).map((flag) => `<span class="text-warning small">${text(flag)}</span>`);
	return `<p>${[pills, ...marks].join(" ")}</p>
		<ul style="padding-left: 18px">${said.join("") || `<li>${text(__("No reason is recorded."))}</li>`}</ul>`;
}

function colour(code) {
	if (code === "H") return "green";
	if (code === "TK") return "red";
	return code.startsWith("TL") || code.startsWith("PSW") ? "orange" : "blue";
}

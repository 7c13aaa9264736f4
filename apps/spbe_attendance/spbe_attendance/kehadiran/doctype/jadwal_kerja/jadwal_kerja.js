/** Hours are typed in a table; the week is shown as people read a circular, with its sum without rests. */
const JADWAL_DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];
const JADWAL_TIMES = [
	"mulai", "selesai", "istirahat_mulai", "istirahat_selesai",
	"paling_awal", "batas_masuk", "paling_awal_pulang", "batas_pulang",
];

frappe.ui.form.on("Jadwal Kerja", {
	refresh(frm) {
		show_week(frm);
		if (frm.is_new() || !frm.perm[0]?.write) return;
		frm.add_custom_button(__("Assign"), () => frappe.new_doc("Penugasan Jadwal", { jadwal: frm.doc.name }));
	},
	jam_per_minggu: show_week,
	jam_per_minggu_ramadan: show_week,
});

frappe.ui.form.on("Jadwal Kerja Hari", {
	hari_add(frm, cdt, cdn) {
		// Frappe fills every time of a new row with the present one; here an empty time has a meaning.
		const row = locals[cdt][cdn];
		const shown = frm.fields_dict.hari.grid.grid_rows_by_docname[cdn];
		// Field by field: a refresh of the whole table would close the row that is being typed in.
		JADWAL_TIMES.forEach((field) => {
			row[field] = null;
			shown?.refresh_field(field);
		});
	},
	hari_remove: show_week,
	...Object.fromEntries([...JADWAL_TIMES, "hari", "varian"].map((field) => [field, show_week])),
});

function show_week(frm) {
	const variants = ["Biasa", "Ramadan"].filter((variant) => rows_of(frm.doc, variant).length);
	frm.fields_dict.ringkasan.$wrapper.html(
		variants.map((variant) => week_table(frm.doc, variant)).join("") ||
			`<p class="text-muted">${__("Enter the hours of the days below.")}</p>`
	);
}

function rows_of(doc, variant) {
	return (doc.hari || []).filter((row) => (row.varian || "Biasa") === variant && row.mulai && row.selesai);
}

function week_table(doc, variant) {
	const rows = rows_of(doc, variant);
	const found = rows.reduce((sum, row) => sum + net_minutes(row), 0) / 60;
	const wanted = variant === "Ramadan" ? doc.jam_per_minggu_ramadan : doc.jam_per_minggu;
	const right = !wanted || Math.round(found * 60) === Math.round(wanted * 60);
	const cells = JADWAL_DAYS.map((day) => {
		const row = rows.find((item) => item.hari === day);
		return `<div class="border rounded" style="flex: 1 1 84px; padding: 6px 8px">
			<div class="text-muted small">${__(day)}</div>
			${row ? `<b>${hhmm(row.mulai)}–${hhmm(row.selesai)}</b>` : `<span class="text-muted">${__("Free")}</span>`}
			<div class="text-muted small">${row && row.istirahat_mulai ? `${hhmm(row.istirahat_mulai)}–${hhmm(row.istirahat_selesai)}` : "&nbsp;"}</div>
		</div>`;
	}).join("");
	const sum = frappe.format(found, { fieldtype: "Float", precision: 2 }, { inline: true });
	return `<div style="margin-bottom: var(--margin-md)">
		<p><b>${variant === "Biasa" ? __("Normal") : __(variant)}</b>
			<span class="indicator-pill ${right ? "green" : "orange"}">${__("{0} hours a week without rests", [sum])}</span></p>
		<div style="display: flex; flex-wrap: wrap; gap: 6px">${cells}</div></div>`;
}

function hhmm(value) {
	const [hours, minutes] = String(value).split(":");
	return `${hours.padStart(2, "0")}:${minutes}`;
}

function minutes_of(value) {
	const [hours, minutes] = String(value).split(":").map(Number);
	return hours * 60 + minutes;
}

function net_minutes(row) {
	const rest =
		row.istirahat_mulai && row.istirahat_selesai ? minutes_of(row.istirahat_selesai) - minutes_of(row.istirahat_mulai) : 0;
	return minutes_of(row.selesai) - minutes_of(row.mulai) - rest;
}

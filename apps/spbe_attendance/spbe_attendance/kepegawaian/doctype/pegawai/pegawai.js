frappe.ui.form.on("Pegawai", {
	onload_post_render(frm) {
		const year = frm.dashboard.heatmap_area?.body?.[0];
		if (year && !frm.year_watch) {
			frm.year_watch = new MutationObserver(() => name_days(year));
			frm.year_watch.observe(year, { childList: true, subtree: true });
			name_days(year);
		}
	},

	refresh(frm) {
		spbe.akun.buttons(frm);
		spbe.akun.history(frm);
	},

	opd: lead_to_mutasi,
	status: lead_to_mutasi,
	status_kepegawaian: lead_to_mutasi,
});

/** What is changed here counts for all days since "berlaku sejak": a move or a new status from a day on is a Mutasi Pegawai. */
function lead_to_mutasi(frm) {
	if (frm.is_new() || !frm.is_dirty()) return;
	const address = `/app/mutasi-pegawai/new?pegawai=${encodeURIComponent(frm.doc.name)}`;
	frm.set_intro(
		__("Saved here it is a correction for all days since the date above, which are computed again. From a day on it is a {0}.", [
			`<a href="${address}">Mutasi Pegawai</a>`,
		]),
		"orange"
	);
}

/** The chart library names months and weekdays in English only: its letters are put into the language of the screen. */
function name_days(year) {
	const words = english_names();
	year.querySelectorAll("text").forEach((letters) => {
		const word = words[letters.textContent.trim()];
		if (word && word !== letters.textContent) letters.textContent = word;
	});
}

function english_names() {
	const words = {};
	const add = (date, form, change = (text) => text) => {
		words[change(date.toLocaleString("en", form))] = change(date.toLocaleString(frappe.boot.lang, form));
	};
	for (let month = 0; month < 12; month++) {
		add(new Date(2026, month, 15), { month: "short" }, (text) => text.toUpperCase());
	}
	for (let day = 1; day <= 7; day++) add(new Date(2026, 10, day), { weekday: "short" });
	return words;
}

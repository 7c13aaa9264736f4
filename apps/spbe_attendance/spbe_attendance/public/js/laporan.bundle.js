/** What the reports of this app share: filters, colours of codes, and the buttons for printable files. */
frappe.provide("spbe.report");

const GROUPS = ["", "PNS", "PPPK", "PPPK Paruh Waktu", "Non-ASN"];
const COLOURS = { TK: "red", TL: "orange", PSW: "orange", L: "gray", CBer: "gray", H: "green" };

/**
 * A link shows its title, which is fetched; until it is there the filter reads as empty, and Desk would run the report
 * without it: everybody instead of one OPD. So the report runs once the filter reads as what was chosen.
 */
const until = (ready, tries = 50) =>
	new Promise((resolve) => {
		const look = (left) => (ready() || !left ? resolve() : setTimeout(() => look(left - 1), 100));
		look(tries);
	});
const settled = (fieldname) => async (report) => {
	// Who has gone on to another report meanwhile has left this filter behind.
	const field = report.filters.find((each) => each.df.fieldname === fieldname);
	if (!field) return;
	await until(() => !field.value || field.get_value() === field.value);
	report.refresh(true);
};
/** The same for filters that come with the address: Desk sets them without waiting for them. */
const address_settled = (report) => {
	const given = new URLSearchParams(window.location.search);
	const links = report.filters.filter((field) => field.df.fieldtype === "Link" && given.get(field.df.fieldname));
	return until(() => links.every((field) => field.get_value() === given.get(field.df.fieldname)));
};
spbe.report.address_settled = address_settled;
const link = (fieldname, label, options, rest = {}) => ({
	fieldname,
	label,
	fieldtype: "Link",
	options,
	on_change: settled(fieldname),
	...rest,
});

spbe.report.month = () => {
	const names = [];
	for (let back = 0; back < 24; back++) {
		const value = moment().startOf("month").subtract(back, "months");
		names.push({ value: value.format("YYYY-MM"), label: value.clone().locale("id").format("MMMM YYYY") });
	}
	return { fieldname: "bulan", label: __("Month"), fieldtype: "Select", options: names, default: names[0].value, reqd: 1 };
};
spbe.report.day = () => ({
	fieldname: "tanggal",
	label: __("Date"),
	fieldtype: "Date",
	default: frappe.datetime.add_days(frappe.datetime.get_today(), -1),
	reqd: 1,
});
spbe.report.year = () => ({
	fieldname: "tahun",
	label: __("Year"),
	fieldtype: "Int",
	default: moment().year(),
	reqd: 1,
});
spbe.report.opd = () => link("opd", __("OPD"), "OPD");
spbe.report.status = () => ({
	fieldname: "status",
	label: __("Employment Type"),
	fieldtype: "Select",
	options: GROUPS,
});
spbe.report.person = () => link("pegawai", __("Person"), "Pegawai", { reqd: 1 });
spbe.report.rule = () => link("aturan", __("What If Rule"), "Aturan Potongan");

/** Filters of the charts of the analytics; without them the month of the number cards, of all that the reader may see. */
spbe.report.analytics = () => [
	{ ...spbe.report.month(), reqd: 0 },
	{ fieldname: "opd", label: __("OPD"), fieldtype: "Link", options: "OPD" },
];

/** Settings of a report: ``filters()`` is called late, when Desk knows today and the language. */
spbe.report.settings = (name, filters) => ({
	filters: filters(),
	formatter(value, row, column, data, original) {
		if (column.fieldname === "nama" && data?.pegawai) return spbe.report.card_link(data);
		return spbe.report.coloured(value, column, original(value, row, column, data));
	},
	onload(report) {
		report.page.add_inner_button(__("Download XLSX"), () => spbe.report.download(name, "xlsx"));
		report.page.add_inner_button(__("Download PDF"), () => spbe.report.download(name, "pdf"));
		return address_settled(report);
	},
});

/** From a name to the person's card of the same month. */
spbe.report.card_link = (data) => {
	const filters = frappe.query_report.get_filter_values();
	const month = filters.bulan || (filters.tanggal || "").slice(0, 7);
	const query = new URLSearchParams({ pegawai: data.pegawai, ...(month ? { bulan: month } : {}) });
	const address = `/app/query-report/Kartu Kehadiran?${query}`;
	return `<a href="${frappe.utils.escape_html(address)}">${frappe.utils.escape_html(data.nama)}</a>`;
};

/** Codes of a day in the colour of what they mean; whole numbers without decimals. */
spbe.report.coloured = (value, column, html) => {
	if (/^d\d+$/.test(column.fieldname) || column.fieldname === "kode") {
		const first = String(value || "").split(" ")[0].replace(/\d$/, "");
		const colour = COLOURS[first] || (first ? "blue" : "");
		return colour ? `<span class="spbe-code ${colour}">${frappe.utils.escape_html(String(value))}</span>` : "";
	}
	if (column.fieldtype === "Float" && column.precision === 0) {
		if (value === null || value === undefined || value === "") return "";
		return value ? `<div class="text-right">${String(value).replace(".", ",")}</div>` : '<div class="text-right text-muted">–</div>';
	}
	// Nothing is not nought.
	if (column.fieldtype === "Float" && (value === null || value === undefined)) return '<div class="text-right text-muted">–</div>';
	return html;
};

/** The file is made in the background; a bar shows how far it is, and whoever asked gets it. */
spbe.report.download = async (name, form) => {
	const report = frappe.query_report;
	const title = form === "pdf" ? __("Making PDF") : __("Making XLSX");
	const { message } = await frappe.call({
		method: "spbe_attendance.api.laporan.unduh",
		args: { laporan: name, bentuk: form, saringan: JSON.stringify(report.get_filter_values(true)) },
	});
	spbe.report.follow(message.id, title);
};

/** A browser lets a window open for some seconds after a click only; who has waited longer is given the link. */
function open_file(address, title) {
	if (window.open(address)) return;
	const link = `<a href="${frappe.utils.escape_html(address)}" target="_blank">${__("Open the file")}</a>`;
	frappe.msgprint({ title, indicator: "green", message: `${__("The file is ready.")} ${link}` });
}

/** The progress of a file that is being made; it opens when it is there. Reports and slips tell of themselves in the same way. */
spbe.report.follow = (id, title) => {
	frappe.show_progress(title, 2, 100, __("Waiting for its turn"));
	let over = false;
	const finish = () => {
		over = true;
		frappe.realtime.off("spbe_laporan", heard);
		clearInterval(poll);
		spbe.desk.hide_progress();
	};
	const settle = (state) => {
		// The answer of a question may come after the message that ended it.
		if (over || state.id !== id) return;
		if (state.gagal) {
			finish();
			frappe.msgprint({ title, indicator: "red", message: frappe.utils.escape_html(state.gagal) });
		} else if (state.berkas) {
			finish();
			open_file(state.berkas, title);
		} else if (state.persen) {
			frappe.show_progress(title, state.persen, 100, state.keterangan || "");
		}
	};
	const heard = (state) => settle(state);
	frappe.realtime.on("spbe_laporan", heard);
	// A message may be missed (the socket sleeps, or was not yet up): the server remembers how it stands.
	const poll = setInterval(async () => {
		const answer = await frappe.call({
			method: "spbe_attendance.api.laporan.keadaan",
			type: "GET",
			args: { id },
			freeze: false,
		});
		settle(answer.message);
	}, 2500);
};

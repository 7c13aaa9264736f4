/** What the lists of this app share: columns that fit the screen, and on a phone a second line below the title. */
frappe.provide("spbe.desk");

/**
 * Shows so many columns (title, tags and status included). Frappe stops at four on laptops, tags being one of them;
 * what the user has chosen in the list's settings stays.
 */
spbe.desk.show_columns = (list, count) => {
	if (list.list_view_settings?.total_fields) return;
	list.list_view_settings = { ...list.list_view_settings, total_fields: count };
	list.setup_columns();
	list.render_header(true);
};

/**
 * ``title(doc)``: text to show instead of the title field's value. ``details(doc)``: list of texts for the second line,
 * which phones show in place of the columns they have no room for.
 */
spbe.desk.describe_rows = (list, { title, details }) => {
	const field = list.meta.title_field;
	const original = list.get_subject_html;
	list.get_subject_html = function (doc) {
		const shown = title ? { ...doc, [field]: title(doc) || doc[field] } : doc;
		// A phone has room for the status's colour only: its word is said here, unless it is among the details.
		const status = list.settings?.get_indicator?.(doc)?.[0];
		const said = details(doc).filter(Boolean).map(String);
		const texts = (status && !said.includes(status) ? [...said, status] : said).map((text) =>
			frappe.utils.escape_html(text)
		);
		return `${original.call(this, shown)}<div class="spbe-row-details text-muted">${texts.join(" · ")}</div>`;
	};
	list.$result.addClass("spbe-list");
};

/** What a link field of a list's row shows: the title if the list has fetched it. */
spbe.desk.link_text = (doc, field, title_field) => doc[`${field}_${title_field}`] || doc[field];

/**
 * Settings of a list that has nothing of its own: columns, a second line for phones, and a status with its word and colour.
 * ``title``: [link field, its title field] where the title is a person or a place; ``details(doc)``: see describe_rows;
 * ``status``: field whose value is the word, ``colours``: {value: colour}; ``fields``: what these read beside the columns.
 */
spbe.desk.simple_list = ({ columns = 6, title, details, status, colours = {}, fields = [], ...others }) => ({
	hide_name_column: true,
	add_fields: [...fields, ...(status ? [status] : [])],
	...(status && {
		get_indicator: (doc) =>
			doc[status] && [__(doc[status]), colours[doc[status]] || "gray", `${status},=,${doc[status]}`],
	}),
	onload(list) {
		spbe.desk.show_columns(list, columns);
		spbe.desk.describe_rows(list, { title: title && ((doc) => spbe.desk.link_text(doc, ...title)), details });
	},
	...others,
});

/** A dialog that is still fading in takes no word to go: what is done in a moment tells it again when it is there. */
spbe.desk.hide_progress = () => {
	const bar = frappe.cur_progress;
	bar?.$wrapper.one("shown.bs.modal", () => bar.hide());
	frappe.hide_progress();
};

spbe.desk.day = (value) => (value ? frappe.datetime.str_to_user(value) : "");

/** The tools by which places are drawn name themselves in English only. */
const translated = (texts) =>
	Object.fromEntries(
		Object.entries(texts).map(([key, text]) => [key, typeof text === "string" ? __(text) : translated(text)])
	);
$(document).on("app_ready", () => {
	if (window.L?.drawLocal) L.drawLocal = translated(L.drawLocal);
});

// Both modules are reached from the one workspace, which belongs to Kehadiran.
Object.assign(frappe.breadcrumbs.preferred, { OPD: "Kehadiran", Pegawai: "Kehadiran" });

// Styles for small screens reach the pages of this app and no others.
const MODULES = ["Kepegawaian", "Kehadiran", "Pemantauan"];
$(document).on("page-change", () => {
	const [, doctype] = frappe.get_route();
	if (MODULES.includes(frappe.get_meta(doctype)?.module)) $(frappe.container.page).addClass("spbe-page");
});

/**
 * A form whose document has a long task: shows how far it is, and reads the form anew when it is over. Asks until then:
 * also after a reload, and where the browser hears no events.
 */
spbe.desk.follow_task = async (frm, at_work = ["Antre", "Berjalan"]) => {
	clearTimeout(frm.following);
	const { doctype, name, status } = frm.doc;
	if (frm.is_new() || !at_work.includes(status)) return;
	const told = await frappe.xcall("spbe_attendance.api.integrasi.kemajuan", { doctype, name });
	if (cur_frm !== frm || frm.doc.name !== name) return;
	if (!at_work.includes(told.status)) {
		await frm.reload_doc();
		return;
	}
	frm.dashboard.show_progress(__("Progress"), told.persen, told.keterangan);
	frm.following = setTimeout(() => spbe.desk.follow_task(frm, at_work), 2000);
};

/**
 * Before a step of a workflow: asks for the text that the step needs, and stores it, since the workflow reads the row anew.
 * ``steps``: the actions that need it; ``field``: where it is kept; ``again``: asks although there is a text already.
 * Rejects when the prompt is closed without an answer.
 */
spbe.desk.ask_before_step = async (frm, { steps, field, label, description, again = false }) => {
	if (steps.includes(frm.selected_workflow_action) && (again || !frm.doc[field]?.trim())) {
		// Frappe froze the page before asking.
		frappe.dom.unfreeze();
		await frm.set_value(field, await asked_text(frm, { field, label, description }));
	}
	if (!frm.is_dirty()) return;
	try {
		await frm.save();
	} catch (error) {
		frappe.dom.unfreeze();
		throw error;
	}
};

const asked_text = (frm, { field, label, description }) =>
	new Promise((resolve, reject) => {
		const dialog = frappe.prompt(
			{ fieldname: field, fieldtype: "Small Text", label, description, default: frm.doc[field], reqd: 1 },
			(values) => resolve(values[field]),
			__(frm.selected_workflow_action),
			__("Decide")
		);
		// The answer hides the dialog, too, a moment before it is there; a promise that is kept ignores what comes later.
		dialog.onhide = () => setTimeout(reject, 300);
	});

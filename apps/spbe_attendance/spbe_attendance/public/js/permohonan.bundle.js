/** What the forms and lists of permits, corrections and appeals share. The server holds every rule; this only leads the way. */
frappe.provide("spbe.permohonan");

const COLOURS = {
	Disetujui: "green",
	Diterima: "green",
	Ditolak: "red",
	Dibatalkan: "gray",
	"Menunggu BKPSDM": "blue",
};

spbe.permohonan.colour = (status) => COLOURS[status] || "orange";

/** A new request is for oneself, unless somebody is chosen. */
spbe.permohonan.for_oneself = async (frm) => {
	if (!frm.is_new() || frm.doc.pegawai) return;
	const { message } = await frappe.db.get_value("Pegawai", { user: frappe.session.user }, "name");
	if (message?.name && frm.is_new() && !frm.doc.pegawai) await frm.set_value("pegawai", message.name);
};

/**
 * Asks for the words that a decision needs and stores them first: the workflow reads the row anew.
 * ``fields``: {action: field}. Closing the dialog leaves everything as it was.
 */
spbe.permohonan.ask_before = (frm, fields) => {
	const action = frm.selected_workflow_action;
	const field = fields[action];
	if (!field) return Promise.resolve();
	// Frappe has frozen the page already.
	frappe.dom.unfreeze();
	return new Promise((resolve) => {
		const dialog = new frappe.ui.Dialog({
			title: __(action),
			fields: [
				{
					fieldname: "words",
					fieldtype: "Small Text",
					label: __(frm.fields_dict[field].df.label),
					reqd: 1,
					default: frm.doc[field],
				},
			],
			primary_action_label: __(action),
			async primary_action({ words }) {
				dialog.hide();
				await frm.set_value(field, words);
				await frm.save();
				frappe.dom.freeze();
				resolve();
			},
		});
		dialog.show();
	});
};

/** The person's name as title; papers are added by whom the request is for, while it waits. */
spbe.permohonan.show_status = async (frm) => {
	if (frm.is_new()) return;
	const { name, pegawai, status, owner } = frm.doc;
	frm.page.set_indicator(__(status), spbe.permohonan.colour(status));
	const waiting = status.startsWith("Menunggu") || status === "Diajukan";
	const papers = waiting && (owner === frappe.session.user || frappe.user.has_role("BKPSDM"));
	for (const field of ["lampiran", "nomor_surat"]) {
		if (frm.fields_dict[field]) frm.set_df_property(field, "read_only", papers ? 0 : 1);
	}
	if (!papers) frm.disable_save();
	const title =
		frappe.utils.get_link_title("Pegawai", pegawai) || (await frappe.utils.fetch_link_title("Pegawai", pegawai));
	// Another request may have been opened meanwhile.
	if (title && frm.doc.name === name) frm.page.set_title(title);
};

/** Lists by name, with a second line on phones. ``details(doc)``: its texts. */
spbe.permohonan.list_settings = (doctype, waiting, details, fields = []) => ({
	hide_name_column: true,
	add_fields: ["status", "opd", ...fields],

	get_indicator(doc) {
		return [__(doc.status), spbe.permohonan.colour(doc.status), `status,=,${doc.status}`];
	},

	onload(list) {
		spbe.desk.show_columns(list, 7);
		spbe.desk.describe_rows(list, {
			title: (doc) => spbe.desk.link_text(doc, "pegawai", "nama"),
			details,
		});
		list.page.add_inner_button(__("Waiting for Approval"), () =>
			list.filter_area.set([[doctype, "status", "in", waiting]])
		);
	},
});

/** Confirming, rejecting and withdrawing are steps of their own: the fields alone decide nothing. */
const PROPOSED = "Usulan";
const IN_FORCE = "Berlaku";

frappe.ui.form.on("Gangguan Layanan", {
	refresh(frm) {
		show_state(frm);
		if (frm.is_new() || !frm.perm[0]?.write) return;
		if (frm.doc.status === PROPOSED) {
			frm.add_custom_button(__("Put in Force"), () => ask_decree(frm)).addClass("btn-primary");
			frm.add_custom_button(__("Reject"), () => ask_reason(frm, __("Reject")));
		} else if (frm.doc.status === IN_FORCE) {
			frm.add_custom_button(__("Withdraw"), () => ask_reason(frm, __("Withdraw")));
		} else {
			frm.disable_form();
		}
	},
});

function show_state(frm) {
	if (frm.is_new()) return;
	const words = {
		Usulan: [__("Proposed only: nobody's day changes until BKPSDM puts it in force."), "orange"],
		Berlaku: [__("In force: the days it covers are computed by it. Changes are logged below."), "green"],
		Ditolak: [__("Rejected or withdrawn: it has no effect."), "red"],
	}[frm.doc.status];
	if (words) frm.dashboard.set_headline_alert(frappe.utils.escape_html(words[0]), words[1]);
}

async function decide(frm, method, values) {
	if (frm.is_dirty()) await frm.save();
	await frappe.xcall(`spbe_attendance.api.gangguan.${method}`, { gangguan: frm.doc.name, ...values });
	await frm.reload_doc();
}

function ask_decree(frm) {
	frappe.prompt(
		{
			fieldname: "dasar",
			fieldtype: "Data",
			label: __("Legal Basis"),
			description: __("Number of the decree or circular; needed before it takes effect"),
			default: frm.doc.dasar,
			reqd: 1,
		},
		(values) => decide(frm, "berlakukan", values),
		__("Put in Force"),
		__("Put in Force")
	);
}

function ask_reason(frm, title) {
	frappe.prompt(
		{ fieldname: "alasan", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		(values) => decide(frm, "tolak", values),
		title,
		title
	);
}

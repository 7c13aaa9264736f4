const DECIDES = ["BKPSDM", "System Manager", "Administrator"];
const CLOSED = "Ditutup";

frappe.ui.form.on("Tutup Bulan", {
	onload(frm) {
		// A month is closed once it is over.
		if (frm.is_new() && !frm.doc.bulan) frm.set_value("bulan", moment().subtract(1, "month").format("YYYY-MM"));
	},

	refresh(frm) {
		const items = frm.doc.__onload?.daftar_periksa || [];
		const area = frm.fields_dict.daftar_periksa.$wrapper.empty();
		if (frm.is_new()) {
			area.append($(`<p class="text-muted"></p>`).text(__("Save: the checklist of this OPD and month stands here then.")));
			return;
		}
		// Nothing on it is typed: it is closed and opened by the buttons.
		frm.disable_save();
		frm.page.set_title(`${frm.doc.opd} · ${frm.doc.bulan}`);
		area.append(checklist(items));
		const closer = frappe.utils.escape_html(frm.doc.__onload?.penutup || "");
		frm.set_df_property("ditutup_oleh", "formatter", () => closer);
		if (!DECIDES.some((role) => frappe.user_roles.includes(role))) return;
		if (frm.doc.status === CLOSED) frm.add_custom_button(__("Open Again"), () => open_again(frm));
		else frm.add_custom_button(__("Close Month"), () => close_month(frm, items)).addClass("btn-primary");
	},
});

/** Every line leads to the list where it is settled. */
function checklist(items) {
	const rows = items.map((item) => {
		const state = item.jumlah ? (item.halangan ? "red" : "orange") : "green";
		const word = item.jumlah ? (item.halangan ? __("Open") : __("To know")) : __("Settled");
		const row = $(`<div class="flex" style="gap: var(--margin-sm); padding: 8px 0; border-bottom: 1px solid var(--border-color)">
			<span class="indicator-pill ${state}" style="flex: none">${frappe.utils.escape_html(word)}</span>
			<span style="flex: 1"></span><b style="flex: none">${cint(item.jumlah)}</b></div>`);
		const label = row.find("span").eq(1).text(item.teks);
		if (item.jumlah && item.doctype) {
			const link = $(`<a href="#"></a>`).text(item.teks);
			label.empty().append(link);
			link.on("click", (event) => {
				event.preventDefault();
				frappe.set_route("List", item.doctype, "List", item.saring);
			});
		}
		return row;
	});
	return $("<div></div>").append(rows);
}

function close_month(frm, items) {
	const open = items.some((item) => item.halangan && item.jumlah);
	const label = __("Why is it closed although not everything is settled?");
	if (open) {
		ask(label, __("Close Month"), (alasan) => decide(frm, "tutup", alasan));
		return;
	}
	frappe.confirm(__("Everything is settled. Close this month? Later changes count in the next one."), () => decide(frm, "tutup", null));
}

function open_again(frm) {
	ask(__("Why is it opened again?"), __("Open Again"), (alasan) => decide(frm, "buka_kembali", alasan));
}

function ask(label, title, then) {
	frappe.prompt([{ fieldname: "alasan", fieldtype: "Small Text", label, reqd: 1 }], (values) => then(values.alasan), title, title);
}

function decide(frm, method, alasan) {
	return frm.call({ method, doc: frm.doc, args: { alasan }, freeze: true }).then(() => frm.reload_doc());
}

/** What each step has done or would do, with the reasons of what cannot be done. */
const SINKRON_COLOURS = { Baru: "gray", Antre: "yellow", Berjalan: "yellow", Selesai: "green", Gagal: "red" };

frappe.ui.form.on("Sinkronisasi ERPNext", {
	refresh(frm) {
		frm.disable_save();
		frm.page.set_indicator(__(frm.doc.status), SINKRON_COLOURS[frm.doc.status]);
		show_counts(frm);
		spbe.desk.follow_task(frm);
		if (frm.doc.status === "Gagal" && frm.doc.tugas === "Sinkronkan") {
			frm.add_custom_button(__("Go On"), async () => {
				await frappe.call({ method: "run_doc_method", args: { dt: frm.doctype, dn: frm.docname, method: "lanjutkan" }, freeze: true });
				await frm.reload_doc();
			});
		}
		frm.add_custom_button(__("Settings"), () => frappe.set_route("Form", "Integrasi ERPNext"));
	},
});

function show_counts(frm) {
	const text = frappe.utils.escape_html;
	const steps = Object.entries(JSON.parse(frm.doc.hasil || "{}"));
	if (!steps.length) {
		frm.fields_dict.tabel.$wrapper.html(`<p class="text-muted">${__("Nothing to show yet.")}</p>`);
		return;
	}
	const planned = frm.doc.tugas === "Pratinjau";
	const columns = [
		["dibuat", planned ? __("To Make") : __("Made")],
		["diubah", planned ? __("To Change") : __("Changed")],
		["tetap", __("Unchanged")],
		["dilewati", __("Left Out")],
		["gagal", planned ? __("Cannot Be Done") : __("Failed")],
		["konflik", __("Conflicts")],
	];
	const head = columns.map(([, title]) => `<th class="text-right">${text(title)}</th>`).join("");
	const body = steps
		.map(([step, { jumlah }]) => {
			const cells = columns.map(([key]) => `<td class="text-right">${jumlah[key] || 0}</td>`).join("");
			return `<tr><th scope="row">${text(__(step))}</th>${cells}</tr>`;
		})
		.join("");
	const reasons = steps
		.flatMap(([step, { sebab }]) => Object.entries(sebab).map(([why, count]) => `<li><b>${text(__(step))}</b>: ${text(why)} (${count})</li>`))
		.join("");
	frm.fields_dict.tabel.$wrapper.html(
		`<div class="table-responsive"><table class="table table-bordered"><thead><tr><th>${__("Step")}</th>${head}</tr></thead><tbody>${body}</tbody></table></div>` +
			(reasons ? `<p><b>${__("Why")}</b></p><ul>${reasons}</ul>` : "")
	);
}

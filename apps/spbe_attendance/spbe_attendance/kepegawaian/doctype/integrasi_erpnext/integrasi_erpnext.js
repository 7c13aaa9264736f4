/** How it stands in cards, what may be chosen, and the buttons in the order in which they are needed. */
frappe.ui.form.on("Integrasi ERPNext", {
	async refresh(frm) {
		const state = frm.doc.__onload?.keadaan;
		if (!state) return;
		show_state(frm, state);
		frm.set_df_property("aktif", "read_only", state.ada || frm.doc.aktif ? 0 : 1);
		if (!state.ada) {
			frm.set_intro(
				__("ERPNext is not installed on this site. Nothing is missing without it; once it is there, this form makes ready by itself."),
				"blue"
			);
			return;
		}
		if (state.sebab) frm.set_intro(frappe.utils.escape_html(state.sebab), "orange");
		await offer_choices(frm);
		if (!frm.perm[0]?.write || !state.siap) return;
		frm.add_custom_button(__("Preview"), () => begin(frm, "pratinjau"));
		if (!state.aktif) return;
		frm.add_custom_button(__("Synchronise Now"), () =>
			frappe.confirm(
				__("Write to ERPNext what the preview shows? It runs in the background and can be repeated; nothing of ERPNext's own is deleted."),
				() => begin(frm, "sinkronkan")
			)
		)
			.removeClass("btn-default")
			.addClass("btn-primary");
		if (state.catatan.Gagal) frm.add_custom_button(__("Try All Failed Again"), () => begin(frm, "coba_lagi_semua"));
	},
});

function show_state(frm, state) {
	const text = frappe.utils.escape_html;
	const card = (title, value, colour, address) => {
		const body = `<div class="text-muted">${text(title)}</div><div style="font-size: var(--text-lg)"><span class="indicator ${colour}"></span> ${text(String(value))}</div>`;
		const style = "padding: 10px 14px; min-width: 150px; flex: 1";
		return address
			? `<a class="border rounded" style="${style}" href="${address}">${body}</a>`
			: `<div class="border rounded" style="${style}">${body}</div>`;
	};
	const list = (status) => `/app/catatan-erpnext?status=${status}`;
	const { Gagal: failed = 0, Konflik: conflicts = 0, Menunggu: waiting = 0 } = state.catatan;
	const last = state.terakhir;
	const cards = [
		card("ERPNext", state.ada ? __("Installed") : __("Not installed"), state.ada ? "green" : "gray"),
		card(__("Synchronise"), state.aktif ? __("On") : __("Off"), state.aktif ? "green" : "gray"),
		card(__("Linked Persons"), __("{0} of {1}", [state.terhubung, state.pegawai]), "blue"),
		card(__("Waiting"), waiting, waiting ? "yellow" : "gray", list("Menunggu")),
		card(__("Failed"), failed, failed ? "red" : "gray", list("Gagal")),
		card(__("Conflicts"), conflicts, conflicts ? "orange" : "gray", list("Konflik")),
	];
	if (last) cards.push(card(__(last.tugas), last.ringkasan || __(last.status), "blue", `/app/sinkronisasi-erpnext/${encodeURIComponent(last.name)}`));
	frm.fields_dict.keadaan.$wrapper.html(`<div style="display: flex; flex-wrap: wrap; gap: 8px; margin-bottom: 12px">${cards.join("")}</div>`);
}

async function offer_choices(frm) {
	const { message } = await frappe.call({ method: "spbe_attendance.api.integrasi.pilihan_erpnext", type: "GET" });
	frm.set_df_property("company", "options", message.company);
	frm.fields_dict.cuti.grid.update_docfield_property("leave_type", "options", message.leave_type);
}

async function begin(frm, method) {
	if (frm.is_dirty()) await frm.save();
	const answer = await frappe.call({ method: "run_doc_method", args: { dt: frm.doctype, dn: frm.docname, method }, freeze: true });
	if (method === "coba_lagi_semua") {
		frappe.show_alert(__("{0} will be tried again.", [answer.message]));
		await frm.reload_doc();
	} else {
		frappe.set_route("Form", "Sinkronisasi ERPNext", answer.message);
	}
}

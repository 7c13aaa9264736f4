/** What Admin OPD and BKPSDM do with accounts: codes, locks, slips. */
frappe.provide("spbe.akun");

const API = "spbe_attendance.api.akun";
const text = (value) => frappe.utils.escape_html(String(value ?? ""));
const manages = () => ["BKPSDM", "Admin OPD", "System Manager"].some((role) => frappe.user.has_role(role));

$(document).on("app_ready", () => {
	frappe.realtime.on("spbe_akun", (state) => {
		if (state.gagal) frappe.show_alert({ message: text(state.gagal), indicator: "red" }, 10);
		else frappe.show_alert({ message: __("The code has been sent."), indicator: "green" });
	});
});

/** Buttons of the form of a person, as far as the account is one's to manage. */
spbe.akun.buttons = async (frm) => {
	if (frm.is_new() || !manages()) return;
	const { name } = frm.doc;
	const { message: state } = await frappe.call({ method: `${API}.keadaan`, type: "GET", args: { pegawai: name } });
	// The form may show somebody else by now.
	if (!state || frm.doc.name !== name) return;
	if (state.dikunci) frm.dashboard.set_headline(`<span class="indicator red">${text(__("The account is locked: nobody logs in with it."))}</span>`);
	if (!state.boleh) return;
	const group = __("Account");
	if (!state.dikunci && frm.doc.status === "Aktif") frm.add_custom_button(__("New Activation Code"), () => spbe.akun.issue(frm, state), group);
	if (state.ada_akun && !state.dikunci) frm.add_custom_button(__("Lock Account"), () => turn(frm, "kunci", __("Lock Account")), group);
	if (state.dikunci) frm.add_custom_button(__("Unlock Account"), () => turn(frm, "buka_kunci", __("Unlock Account")), group);
	frm.add_custom_button(__("Account Record"), () => frappe.set_route("List", "Catatan Akun", { pegawai: frm.doc.name }), group);
};

spbe.akun.issue = (frm, state) => {
	const warning = state.pernah_masuk
		? __("The present password works until the code is used; then it is replaced, and the account is logged out everywhere.")
		: __("An older code of this person ends.");
	const dialog = new frappe.ui.Dialog({
		title: __("New Activation Code"),
		fields: [
			{ fieldtype: "HTML", options: `<p>${text(__("Only for {0}, in person or on a number you know. Make sure who it is.", [frm.doc.nama]))}</p><p>${text(warning)}</p>` },
			{ fieldname: "kirim", fieldtype: "Check", label: __("Send it to the mobile number on record"), default: 0, hidden: !state.pesan },
			{ fieldname: "catatan", fieldtype: "Small Text", label: __("How the Identity Was Checked"), reqd: 1, description: __("For example: came in person, staff card seen. It stays on record.") },
		],
		primary_action_label: __("Issue Code"),
		async primary_action({ catatan, kirim }) {
			if (kirim) {
				await frappe.call({ method: `${API}.kirim_kode`, args: { pegawai: frm.doc.name, catatan }, freeze: true });
				dialog.hide();
				frappe.show_alert(__("The code is being sent; the account's record will say how it went."));
				return;
			}
			const { message } = await frappe.call({ method: `${API}.terbitkan_kode`, args: { pegawai: frm.doc.name, catatan }, freeze: true });
			dialog.hide();
			shown_once(message);
			frm.reload_doc();
		},
	});
	dialog.show();
};

function shown_once(code) {
	const until = frappe.datetime.str_to_user(code.berlaku_sampai);
	frappe.msgprint({
		title: __("Activation Code"),
		indicator: "green",
		message: `<p>${text(__("Shown this once. Let {0} scan the QR or write the code down.", [code.nama]))}</p>
			<img src="${code.qr}" alt="${text(__("QR of the activation code"))}" style="width: 11rem; max-width: 60vw; image-rendering: pixelated; background: #fff">
			<p>${text(__("Number to log in with"))}: <b><code>${text(code.nomor)}</code></b><br>
			${text(__("Activation code"))}: <b><code data-code="1" style="font-size: 1.3em">${text(code.kode)}</code></b><br>
			${text(__("Valid Until"))}: ${text(until)}</p>`,
	});
}

function turn(frm, method, title) {
	frappe.prompt(
		{ fieldname: "alasan", fieldtype: "Small Text", label: __("Reason"), reqd: 1, description: __("It stays on record.") },
		async ({ alasan }) => {
			await frappe.call({ method: `${API}.${method}`, args: { pegawai: frm.doc.name, alasan }, freeze: true });
			frappe.show_alert({ message: __("Done: {0}", [title]), indicator: "green" });
			await frm.reload_doc();
		},
		title,
		title
	);
}

spbe.akun.list_menu = (list) => {
	if (manages()) list.page.add_menu_item(__("Print Activation Slips"), () => spbe.akun.slips());
};

/** Slips of an OPD: says how many and what ends before anything is issued. */
spbe.akun.slips = () => {
	if (!manages()) return;
	const dialog = new frappe.ui.Dialog({
		title: __("Print Activation Slips"),
		fields: [
			{ fieldname: "opd", fieldtype: "Link", options: "OPD", label: __("OPD"), reqd: 1, onchange: () => count() },
			{ fieldname: "bawahan", fieldtype: "Check", label: __("With the units below it"), default: 1, onchange: () => count() },
			{ fieldname: "semua", fieldtype: "Check", label: __("Also those who have opened their account"), onchange: () => count() },
			{ fieldname: "jumlah", fieldtype: "HTML" },
		],
		primary_action_label: __("Issue Codes and Print"),
		async primary_action(values) {
			const { message } = await frappe.call({ method: `${API}.cetak_slip`, args: asked(values) });
			dialog.hide();
			spbe.report.follow(message.id, __("Making Slips"));
		},
	});
	const asked = (values) => ({ opd: values.opd, bawahan: values.bawahan ? 1 : 0, semua: values.semua ? 1 : 0 });
	const count = async () => {
		const values = dialog.get_values(true) || {};
		const place = dialog.get_field("jumlah").$wrapper;
		dialog.get_primary_btn().prop("disabled", true);
		place.empty();
		if (!values.opd) return;
		const { message } = await frappe.call({ method: `${API}.hitung_slip`, type: "GET", args: asked(values) });
		if (!message) return;
		dialog.get_primary_btn().prop("disabled", !message.orang);
		const lines = [__("{0} slips, each with a fresh code: only fingerprints of codes are stored, so an old one cannot be printed again.", [message.orang])];
		if (message.kode_berakhir) lines.push(__("{0} codes that were handed out before end.", [message.kode_berakhir]));
		if (message.dikecualikan) lines.push(__("{0} people are left out: their accounts have further rights, or it is your own.", [message.dikecualikan]));
		place.html(`<div role="status">${lines.map((line) => `<p>${text(line)}</p>`).join("")}</div>`);
	};
	dialog.show();
	count();
};

/** Where a person has been, what they were, and what is planned; the latest first. */
spbe.akun.history = async (frm) => {
	const place = frm.get_field("riwayat").$wrapper.empty();
	if (frm.is_new()) return;
	const { name } = frm.doc;
	const { message } = await frappe.call({ method: "spbe_attendance.api.mutasi.riwayat", type: "GET", args: { pegawai: name } });
	if (!message || frm.doc.name !== name) return;
	const day = (value, otherwise) => (value ? frappe.datetime.str_to_user(value) : otherwise);
	const planned = message.rencana.map(
		(row) => `<li><a href="/app/mutasi-pegawai/${encodeURIComponent(row.name)}">${text(row.jenis)}</a>, ${text(day(row.berlaku_mulai))} (${text(__(row.status))})</li>`
	);
	const times = message.masa.map((row) => {
		const what = [row.status_kepegawaian, row.jabatan, row.golongan].filter(Boolean).join(" · ");
		const status = row.status === "Aktif" ? "" : ` <span class="indicator-pill gray">${text(__(row.status))}</span>`;
		return `<li><b>${text(day(row.dari, __("since the beginning")))} – ${text(day(row.sampai, __("until now")))}</b><br>
			${text(row.nama_opd || row.opd)}${status}<br><span class="text-muted">${text(what)}</span></li>`;
	});
	place.html(
		`${planned.length ? `<p>${text(__("Planned"))}:</p><ul>${planned.join("")}</ul>` : ""}
		<ol reversed style="padding-left: 1.5rem">${times.join("")}</ol>
		${message.masa.length < 2 && !planned.length ? `<p class="text-muted">${text(__("No history yet: what holds now has always held."))}</p>` : ""}`
	);
	if (manages() && frm.perm[0]?.write)
		frm.add_custom_button(__("New Change"), () => frappe.new_doc("Mutasi Pegawai", { pegawai: frm.doc.name }), __("History"));
};

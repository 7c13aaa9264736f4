/**
 * An event with the strength of its roll call as it stands: read anew while the event runs and the form is looked at.
 */
const RUNNING = "Berlangsung";
const CANCELLED = "Batal";
const EVERY = 20000;
const DEFAULT_RADIUS = 100;
// column of the answer -> heading; the columns that may be left out when nobody is in them
const ALWAYS = ["jumlah", "hadir", "kurang", "tanpa_keterangan"];

frappe.ui.form.on("Kegiatan Apel", {
	setup(frm) {
		frm.set_query("lokasi", () => ({ filters: { aktif: 1 } }));
		for (const field of ["pembina", "pemimpin"]) frm.set_query(field, () => ({ filters: { status: "Aktif" } }));
		frm.set_query("pegawai", "pengecualian", () => ({ filters: { status: "Aktif" } }));
	},

	refresh(frm) {
		const writable = frm.perm[0]?.write && frm.doc.status !== CANCELLED;
		if (writable && frappe.model.can_create("OPD Lokasi")) {
			frm.add_custom_button(__("Make a Temporary Place"), () => ask_place(frm));
		}
		if (frm.is_new()) return;
		if (writable) frm.add_custom_button(__("Cancel the Event"), () => ask_reason(frm));
		frm.add_custom_button(__("Strength Report"), () => open_report(frm, "Kekuatan Apel"));
		frm.add_custom_button(__("Participants"), () => open_report(frm, "Peserta Apel"));
		show_strength(frm);
	},
});

function open_report(frm, report, filters = {}) {
	frappe.set_route("query-report", report, { kegiatan: frm.doc.name, ...filters });
}

function ask_reason(frm) {
	frappe.prompt(
		{ fieldname: "alasan", fieldtype: "Small Text", label: __("Why Cancelled"), reqd: 1 },
		({ alasan }) => {
			frm.set_value({ status: CANCELLED, alasan_batal: alasan });
			frm.save();
		},
		__("Cancel the Event")
	);
}

/** One figure per tile, then the table by OPD. A later answer never replaces one of another event. */
async function show_strength(frm) {
	clearTimeout(frm.strength_timer);
	const name = frm.doc.name;
	const area = frm.fields_dict.kekuatan.$wrapper;
	const answer = await frappe
		.call({ method: "spbe_attendance.api.apel.kekuatan", type: "GET", args: { kegiatan: name } })
		.then(({ message }) => message)
		.catch(() => null);
	if (frm.doc.name !== name) return;
	if (answer) {
		area.html(strength_table(answer));
		area.find("[data-hasil]").on("click", ({ currentTarget: cell }) => {
			const { opd, hasil } = cell.dataset;
			open_report(frm, "Peserta Apel", { ...(opd && { opd }), ...(hasil !== "jumlah" && { hasil }) });
		});
	}
	const watched = () => frappe.get_route()[2] === name && !document.hidden;
	if (frm.doc.status !== RUNNING) return;
	frm.strength_timer = setTimeout(() => (watched() ? show_strength(frm) : wait_for_looks(frm, name)), EVERY);
}

function wait_for_looks(frm, name) {
	$(document).one("visibilitychange page-change", () => frm.doc.name === name && show_strength(frm));
}

function headings() {
	return {
		jumlah: __("Strength"),
		hadir: __("Present"),
		kurang: __("Missing"),
		cuti: __("On Leave"),
		sakit: __("Ill"),
		izin: __("With Permission"),
		dinas_luar: __("On Duty Elsewhere"),
		shift: __("Shift"),
		lainnya: __("Other Reasons"),
		dikecualikan: __("Exempt"),
		menunggu: __("Pending"),
		tanpa_keterangan: __("Unexplained"),
	};
}

function strength_table({ baris, total }) {
	const text = frappe.utils.escape_html;
	if (!total.jumlah) return `<p class="text-muted">${text(__("Nobody you may see is invited."))}</p>`;
	const labels = headings();
	const columns = Object.keys(labels).filter((column) => ALWAYS.includes(column) || total[column]);
	const cell = (row, column) =>
		`<td class="text-right">${
			row[column]
				? `<a role="button" tabindex="0" data-opd="${text(row.opd || "")}" data-hasil="${column}">${row[column]}</a>`
				: "0"
		}</td>`;
	const line = (row, label, tag) =>
		`<tr><${tag} title="${text(label)}" style="max-width: min(28rem, 38vw); overflow: hidden; text-overflow: ellipsis; white-space: nowrap">${text(label)}</${tag}>${columns.map((column) => cell(row, column)).join("")}
			<td class="text-right">${format_percent(row.persen)}</td></tr>`;
	return `
		<div class="kekuatan-apel" style="overflow: auto; max-height: 30rem">
			<p style="font-size: var(--text-lg)" aria-live="polite">
				<b>${total.hadir}</b> ${text(__("of {0} present", [total.jumlah]))} · ${format_percent(total.persen)}
			</p>
			<table class="table table-sm table-bordered" style="min-width: 480px">
				<thead><tr><th>${text(__("OPD"))}</th>
					${columns.map((column) => `<th class="text-right">${text(labels[column])}</th>`).join("")}
					<th class="text-right">%</th></tr></thead>
				<tbody>${baris.map((row) => line(row, row.nama_opd, "td")).join("")}</tbody>
				<tfoot style="font-weight: 600">${line(total, __("Total"), "th")}</tfoot>
			</table>
		</div>`;
}

function format_percent(value) {
	return `${String(value).replace(".", ",")}%`;
}

/** A place for this event's day alone. It takes punches of events only, unless one says otherwise. */
function ask_place(frm) {
	if (!frm.doc.tanggal) {
		frappe.msgprint(__("Choose the date first: the temporary place is valid on that day only."));
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Make a Temporary Place"),
		fields: [
			{ fieldname: "nama_lokasi", fieldtype: "Data", label: __("Place Name"), reqd: 1 },
			{ fieldname: "radius", fieldtype: "Float", label: __("Radius (m)"), precision: 1, default: DEFAULT_RADIUS, reqd: 1 },
			{ fieldname: "latitude", fieldtype: "Float", label: __("Latitude"), precision: 7, reqd: 1 },
			{ fieldname: "longitude", fieldtype: "Float", label: __("Longitude"), precision: 7, reqd: 1 },
			{ fieldname: "posisi", fieldtype: "Button", label: __("Use My Position"), click: () => locate(dialog) },
			{ fieldname: "juga_masuk", fieldtype: "Check", label: __("Also for Masuk and Pulang on that day") },
		],
		primary_action_label: __("Make and Use"),
		primary_action: (values) => make_place(frm, dialog, values),
	});
	dialog.show();
}

function locate(dialog) {
	if (!navigator.geolocation) {
		frappe.msgprint(__("This browser gives no position. Type the coordinates or draw on the map."));
		return;
	}
	frappe.show_alert(__("Waiting for the position …"));
	navigator.geolocation.getCurrentPosition(
		({ coords }) => {
			frappe.show_alert(__("Position found, accurate to {0} m.", [Math.round(coords.accuracy)]));
			dialog.set_values({ latitude: flt(coords.latitude, 7), longitude: flt(coords.longitude, 7) });
		},
		() =>
			frappe.msgprint(
				__("The position could not be found. Allow the browser to use it, or type the coordinates.")
			),
		{ enableHighAccuracy: true, timeout: 20000 }
	);
}

async function make_place(frm, dialog, { juga_masuk, posisi: _posisi, ...values }) {
	const everybody = frm.doc.semua_opd || !frm.doc.opd;
	const place = await frappe.db.insert({
		doctype: "OPD Lokasi",
		...values,
		jenis_area: "Radius",
		opd: everybody ? null : frm.doc.opd,
		semua_opd: everybody ? 1 : 0,
		hanya_kegiatan: juga_masuk ? 0 : 1,
		berlaku_dari: frm.doc.tanggal,
		berlaku_sampai: frm.doc.tanggal,
	});
	dialog.hide();
	await frm.set_value("lokasi", place.name);
	frappe.show_alert({ message: __("Place made, valid on {0} only.", [frappe.datetime.str_to_user(frm.doc.tanggal)]), indicator: "green" });
}

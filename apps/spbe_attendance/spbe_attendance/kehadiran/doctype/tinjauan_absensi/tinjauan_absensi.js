/** What was noticed in words, the photos side by side, and all positions concerned on one map. */
const MAP_HEIGHT = "280px";
const OWN = "#e24c4c";
const OTHER = "#2490ef";
// The framework's actions that the person is told the reason of.
const WITH_NOTE = ["Minta Klarifikasi", "Nyatakan Tidak Sah"];

frappe.ui.form.on("Tinjauan Absensi", {
	refresh(frm) {
		show(frm);
	},

	before_workflow_action: (frm) =>
		spbe.desk.ask_before_step(frm, {
			steps: WITH_NOTE,
			field: "catatan",
			label: __("Note on the Decision"),
			description: __("Needed for anything but Wajar; the person reads it."),
		}),
});

const text = (value) => frappe.utils.escape_html(String(value ?? ""));

async function show(frm) {
	const area = frm.fields_dict.ringkasan.$wrapper.empty();
	if (frm.is_new()) return;
	const { name } = frm.doc;
	const { message } = await frm.call("bahan");
	const rows = message?.absensi;
	// Another row may have been opened meanwhile.
	if (frm.doc.name !== name || !rows?.length) return;
	frm.page.set_title(rows[0].nama || name);
	frappe.utils.set_title(`${rows[0].nama || name} - ${__("Tinjauan Absensi")}`);
	area.html(`
		${frm.doc.isyarat.map(signal).join("")}
		<div class="tinjauan-photos">${rows.map(card).join("")}</div>
		${hidden(message.tersembunyi)}
		<div class="tinjauan-map border rounded" style="height: ${MAP_HEIGHT}; z-index: 0; margin-top: var(--margin-md)"
			role="img" aria-label="${text(__("Map of the positions concerned"))}"></div>
		<div class="text-muted small" style="margin-top: var(--margin-xs)">${text(
			__("Red: this punch. Blue: those it is seen beside. Circles: their accuracy.")
		)}</div>`);
	draw(area.find(".tinjauan-map")[0], rows);
}

function signal(row) {
	const colour = row.bobot >= 40 ? "red" : row.bobot >= 20 ? "orange" : "gray";
	return `<p><span class="indicator-pill ${colour}">${text(row.jenis)}</span> ${text(row.uraian)}</p>`;
}

function hidden(count) {
	if (!count) return "";
	const words = __("{0} more punches are of people whom you may not see: BKPSDM does.", [count]);
	return `<div class="text-muted small" style="margin-top: var(--margin-sm)">${text(words)}</div>`;
}

function card(row, index) {
	const address = row.foto && encodeURI(row.foto);
	const picture = address
		? `<a href="${address}" target="_blank" rel="noopener"><img src="${address}" loading="lazy" alt="${text(
				__("Photo of {0}", [row.nama])
		  )}"></a>`
		: `<div class="tinjauan-no-photo text-muted small">${text(__("Photo"))}: ${text(__(row.foto_status))}</div>`;
	return `<figure class="${index === 0 ? "tinjauan-own" : ""}">
		${picture}
		<figcaption class="small">
			<a href="${frappe.utils.get_form_link("Absensi", row.name)}"><b>${text(row.nama)}</b></a>
			<div>${text(__(row.jenis))} · ${frappe.datetime.str_to_user(row.waktu)}</div>
			<div class="text-muted">${text(row.nama_lokasi)}</div>
			${index === 0 ? `<span class="indicator-pill red">${text(__("This punch"))}</span>` : ""}
		</figcaption>
	</figure>`;
}

function draw(target, all) {
	// Where the position was removed, none is drawn: no fix is at 0, 0.
	const rows = all.filter((row) => row.latitude || row.longitude);
	if (!rows.length) {
		target.remove();
		return;
	}
	target.style.background = "var(--gray-100, #f3f3f3)";
	const map = L.map(target, { attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.25 });
	const tiles = frappe.boot.spbe_url_ubin_peta;
	if (tiles) L.tileLayer(tiles, { maxZoom: 20 }).addTo(map);
	map.setView([rows[0].latitude, rows[0].longitude], 17);
	// This punch last, so that it lies on top where all are in one spot.
	const shapes = L.featureGroup([...rows].reverse().flatMap((row) => position(row, row === rows[0]))).addTo(map);
	L.control.scale({ imperial: false }).addTo(map);
	// A hidden or just opened tab has no size yet.
	setTimeout(() => {
		if (!target.isConnected) return;
		map.invalidateSize();
		map.fitBounds(shapes.getBounds().pad(0.3), { padding: [16, 16], maxZoom: 19 });
	}, 150);
}

function position(row, own) {
	const color = own ? OWN : OTHER;
	const at = [row.latitude, row.longitude];
	return [
		L.circle(at, { radius: row.akurasi || 1, color, weight: 1, fillOpacity: 0.08 }),
		L.circleMarker(at, { radius: own ? 6 : 5, color, fillColor: color, fillOpacity: 1 }).bindTooltip(
			`${text(row.nama)}, ${frappe.datetime.str_to_user(row.waktu)}`
		),
	];
}

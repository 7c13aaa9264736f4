/** What was seen, the photos side by side, and all positions concerned on one map. */
const HEIGHT = "260px";
const OWN = "#e24c4c";
const OTHER = "#687178";

frappe.ui.form.on("Tinjauan Absensi", {
	refresh(frm) {
		show(frm);
	},

	// The note must be stored before the workflow reads the row anew.
	async before_workflow_action(frm) {
		if (!frm.is_dirty()) return;
		try {
			await frm.save();
		} catch (error) {
			frappe.dom.unfreeze();
			throw error;
		}
	},
});

const text = (value) => frappe.utils.escape_html(String(value ?? ""));

async function show(frm) {
	const area = frm.fields_dict.ringkasan.$wrapper.empty();
	if (frm.is_new()) return;
	const { name } = frm.doc;
	const { message: rows } = await frm.call("bahan");
	// Another row may have been opened meanwhile.
	if (frm.doc.name !== name || !rows?.length) return;
	frm.page.set_title(rows[0].nama || name);
	area.html(`
		<ul class="list-unstyled" style="font-size: var(--text-md)">
			${frm.doc.isyarat.map((row) => `<li><b>${text(row.jenis)}.</b> ${text(row.uraian)}</li>`).join("")}
		</ul>
		<div class="row" style="row-gap: var(--padding-md)">${rows.map(card).join("")}</div>
		<div class="tinjauan-map border rounded" style="height: ${HEIGHT}; z-index: 0; margin-top: var(--margin-md)"
			role="img" aria-label="${text(__("Map of the fix and the place"))}"></div>`);
	draw(area.find(".tinjauan-map")[0], rows);
}

function card(row, index) {
	const picture = row.foto
		? `<a href="${encodeURI(row.foto)}" target="_blank" rel="noopener">
				<img class="rounded" src="${encodeURI(row.foto)}" alt="${text(__("Photo"))}"
					style="width: 100%; height: 180px; object-fit: cover"></a>`
		: `<div class="text-muted border rounded" style="height: 180px; padding: var(--padding-md)">${text(
				__("Photo")
		  )}: ${text(__(row.foto_status))}</div>`;
	return `<div class="col-xs-6 col-sm-3">
		${picture}
		<div><a href="${frappe.utils.get_form_link("Absensi", row.name)}">${text(row.nama)}</a></div>
		<div class="small">${text(__(row.jenis))} · ${frappe.datetime.str_to_user(row.waktu)}</div>
		${index === 0 ? `<div class="small"><b>${text(__("This punch"))}</b></div>` : ""}
	</div>`;
}

function draw(target, rows) {
	target.style.background = "var(--gray-100, #f3f3f3)";
	const map = L.map(target, { attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.25 });
	const tiles = frappe.boot.spbe_url_ubin_peta;
	if (tiles) L.tileLayer(tiles, { maxZoom: 20 }).addTo(map);
	const shapes = L.featureGroup(
		rows.flatMap((row, index) => {
			const color = index === 0 ? OWN : OTHER;
			const at = [row.latitude, row.longitude];
			return [
				L.circle(at, { radius: row.akurasi || 1, color, weight: 1, fillOpacity: 0.1 }),
				L.circleMarker(at, { radius: 5, color, fillColor: color, fillOpacity: 1 }).bindTooltip(text(row.nama)),
			];
		})
	).addTo(map);
	map.setView([rows[0].latitude, rows[0].longitude], 16);
	L.control.scale({ imperial: false }).addTo(map);
	// A hidden or just opened tab has no size yet.
	setTimeout(() => {
		if (!target.isConnected) return;
		map.invalidateSize();
		map.fitBounds(shapes.getBounds(), { padding: [16, 16], maxZoom: 18 });
	}, 150);
}

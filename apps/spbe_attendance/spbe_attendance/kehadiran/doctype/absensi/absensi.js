/**
 * A punch at a glance: verdict and explanation, photo, and the fix with its circle of accuracy beside the place.
 * Tiles come from the address in Pengaturan Absensi only: nobody else's server learns where staff stand.
 */
const VERDICTS = { Dalam: "green", Ragu: "orange", Luar: "red" };
const STATUSES = { Sah: "green", "Menunggu Persetujuan": "orange", Disetujui: "blue", Ditolak: "red" };
const HEIGHT = "280px";
const WAITING = "Menunggu Persetujuan";
const METRES_PER_DEGREE = 111320;

frappe.ui.form.on("Absensi", {
	refresh(frm) {
		// A new row carries the first option of each Select until the server has judged it.
		const waiting = !frm.is_new() && frm.doc.status === WAITING;
		frm.set_df_property("catatan_persetujuan", "read_only", waiting ? 0 : 1);
		frm.set_df_property("catatan_persetujuan", "hidden", waiting || frm.doc.catatan_persetujuan ? 0 : 1);
		if (!frm.is_new() && !waiting) frm.disable_save();
		show_title(frm);
		show_summary(frm);
	},

	// The note must be stored before the workflow reads the row anew.
	async before_workflow_action(frm) {
		if (!frm.is_dirty()) return;
		try {
			await frm.save();
		} catch (error) {
			// Frappe froze the page before asking and thaws it only after the action.
			frappe.dom.unfreeze();
			throw error;
		}
	},
});

/** The person's name instead of the internal one. */
async function show_title(frm) {
	const { pegawai, name } = frm.doc;
	if (frm.is_new() || !pegawai) return;
	const title =
		frappe.utils.get_link_title("Pegawai", pegawai) || (await frappe.utils.fetch_link_title("Pegawai", pegawai));
	// Another punch may have been opened meanwhile.
	if (!title || frm.doc.name !== name) return;
	frm.page.set_title(title);
	frappe.utils.set_title(`${title} - ${__("Absensi")}`);
}

function show_summary(frm) {
	const area = frm.fields_dict.ringkasan.$wrapper.empty();
	if (frm.is_new() || !frm.doc.putusan_lokasi) return;
	area.html(summary(frm.doc));
	if (!frm.doc.posisi_dihapus_pada) draw_map(area.find(".absensi-map")[0], frm.doc);
}

const text = (value) => frappe.utils.escape_html(String(value ?? ""));
const pill = (value, colours) =>
	`<span class="indicator-pill ${colours[value] || "gray"}">${text(__(value || ""))}</span>`;

function summary(doc) {
	const review = doc.perlu_tinjau
		? `<p class="text-warning">${text(__("To Review"))}: ${text(doc.alasan_tinjau)}</p>`
		: "";
	const reason = doc.alasan ? `<p><b>${text(__("Reason"))}:</b> ${text(doc.alasan)}</p>` : "";
	const doubt = doc.catatan_waktu
		? `<p class="text-muted"><b>${text(__("Notes on the Time"))}:</b> ${text(doc.catatan_waktu)}</p>`
		: "";
	return `
		<div class="row spbe-glance" style="row-gap: var(--padding-md)">
			<div class="col-xs-12 col-sm-12">
				<p>${pill(doc.putusan_lokasi, VERDICTS)}${pill(doc.status, STATUSES)}
					<b>${text(__(doc.jenis))}</b> · ${frappe.datetime.str_to_user(doc.waktu)}</p>
				<p style="font-size: var(--text-lg)">${text(doc.penjelasan)}</p>
				${reason}${doubt}${review}
			</div>
			${photo(doc)}
			${place(doc)}
		</div>`;
}

function place(doc) {
	if (doc.posisi_dihapus_pada) {
		return `<div class="col-xs-12 col-sm-12 text-muted">${text(__("Position Removed"))}: ${text(doc.aturan_hapus)}</div>`;
	}
	return `<div class="col-xs-12 ${doc.foto ? "col-sm-7" : "col-sm-12"}">
				<div class="absensi-map border rounded" style="height: ${HEIGHT}; z-index: 0"
					role="img" aria-label="${text(__("Map of the fix and the place"))}"></div>
				<div class="text-muted small" style="margin-top: var(--margin-xs)">${text(
					__("Blue: the place. Coloured: the position with its circle of accuracy.")
				)}</div>
			</div>`;
}

function photo(doc) {
	if (!doc.foto) {
		const state = `${text(__("Photo"))}: ${text(__(doc.foto_status))}`;
		return `<div class="col-xs-12 col-sm-12 text-muted absensi-no-photo">${state}</div>`;
	}
	const address = encodeURI(doc.foto);
	return `<div class="col-xs-12 col-sm-5">
		<a href="${address}" target="_blank" rel="noopener">
			<img class="absensi-photo rounded" src="${address}" alt="${text(__("Photo"))}"
				style="width: 100%; height: ${HEIGHT}; object-fit: cover"></a></div>`;
}

async function draw_map(target, doc) {
	const { message: place } = doc.lokasi
		? await frappe.db.get_value("OPD Lokasi", doc.lokasi, ["latitude", "longitude", "radius", "jenis_area", "area"])
		: {};
	// Another punch may have been opened meanwhile.
	if (!target.isConnected) return;
	target.style.background = "var(--gray-100, #f3f3f3)";
	const map = L.map(target, { attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.25 });
	const fix = [doc.latitude, doc.longitude];
	map.setView(fix, 17);
	const tiles = frappe.boot.spbe_url_ubin_peta;
	if (tiles) L.tileLayer(tiles, { maxZoom: 20 }).addTo(map);
	const shapes = L.featureGroup([...fence(place), ...position(doc, fix)]).addTo(map);
	L.control.scale({ imperial: false }).addTo(map);
	// A hidden or just opened tab has no size yet.
	setTimeout(() => {
		if (!target.isConnected) return;
		map.invalidateSize();
		map.fitBounds(shapes.getBounds().extend(around(fix, doc.akurasi)), { padding: [12, 12], maxZoom: 19 });
	}, 150);
}

function fence(place) {
	const style = { color: "#2490ef", weight: 2, fillOpacity: 0.1 };
	if (!place) return [];
	if (place.jenis_area === "Poligon") {
		try {
			return [L.geoJSON(JSON.parse(place.area), { style })];
		} catch {
			return [];
		}
	}
	return place.radius ? [L.circle([place.latitude, place.longitude], { radius: place.radius, ...style })] : [];
}

function position(doc, fix) {
	const colour = { green: "#28a745", orange: "#f6820d", red: "#e24c4c" }[VERDICTS[doc.putusan_lokasi]] || "#687178";
	return [
		L.circle(fix, { radius: doc.akurasi || 1, color: colour, weight: 1, fillOpacity: 0.15 }),
		L.circleMarker(fix, { radius: 5, color: colour, fillColor: colour, fillOpacity: 1 }),
	];
}

function around([latitude, longitude], metres) {
	const north = (metres || 1) / METRES_PER_DEGREE;
	const east = north / Math.max(Math.cos((latitude * Math.PI) / 180), 0.01);
	return [
		[latitude - north, longitude - east],
		[latitude + north, longitude + east],
	];
}

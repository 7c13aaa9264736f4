/**
 * A place is drawn on the map or typed as numbers; each shows in the other at once.
 * Radius: the numbers are what counts, the circle on the map is their picture (the server redraws it on save).
 * Poligon: the drawing is what counts.
 */
const RADIUS = "Radius";
const DEFAULT_RADIUS = 50;

frappe.ui.form.on("OPD Lokasi", {
	setup(frm) {
		const control = frm.fields_dict.area;
		control.get_leaflet_controls = () => draw_tools(control, frm.doc.jenis_area === RADIUS);
	},

	refresh(frm) {
		show_measured(frm);
		if (!frm.is_new()) {
			frm.add_custom_button(__("On the Map of Places"), () => {
				frappe.route_options = { lokasi: frm.doc.name };
				frappe.set_route("peta-lokasi");
			});
		}
		if (!frm.perm[0]?.write) return;
		frm.add_custom_button(__("Use My Position"), () => use_my_position(frm));
	},

	jenis_area(frm) {
		if (frm.doc.jenis_area === RADIUS) {
			show_circle(frm);
		} else {
			frm.set_value("area", only_polygons(frm.doc.area));
		}
	},
	latitude: show_circle,
	longitude: show_circle,
	radius: show_circle,

	area(frm) {
		if (frm.doc.jenis_area === RADIUS) read_circle(frm);
	},
});

function draw_tools(control, circle) {
	const shape = { shapeOptions: { color: frappe.ui.color.get("blue") } };
	return new L.Control.Draw({
		position: "topleft",
		draw: {
			polyline: false,
			circlemarker: false,
			rectangle: circle ? false : shape,
			polygon: circle ? false : { ...shape, allowIntersection: false },
			circle: circle ? shape : false,
			marker: circle,
		},
		edit: { featureGroup: control.editableLayers, remove: !circle },
	});
}

function features(area) {
	try {
		return JSON.parse(area || "{}").features || [];
	} catch {
		return [];
	}
}

function circle_of({ latitude, longitude, radius }) {
	if (!latitude && !longitude) return null;
	return JSON.stringify({
		type: "FeatureCollection",
		features: [
			{
				type: "Feature",
				properties: { point_type: "circle", radius: radius || DEFAULT_RADIUS },
				geometry: { type: "Point", coordinates: [longitude, latitude] },
			},
		],
	});
}

function only_polygons(area) {
	const kept = features(area).filter((feature) => feature.geometry?.type.endsWith("Polygon"));
	return kept.length ? JSON.stringify({ type: "FeatureCollection", features: kept }) : null;
}

/** Numbers to map. */
function show_circle(frm) {
	if (frm.doc.jenis_area !== RADIUS) return;
	const circle = circle_of(frm.doc);
	if (circle && circle !== frm.doc.area) return frm.set_value("area", circle);
}

/** Map to numbers; the last point drawn replaces the others. A marker keeps the radius. */
function read_circle(frm) {
	const drawn = features(frm.doc.area).filter((feature) => feature.geometry?.type === "Point");
	if (!drawn.length) return;
	const { geometry, properties } = drawn[drawn.length - 1];
	const [longitude, latitude] = geometry.coordinates.map((number) => flt(number, 7));
	const radius = flt(properties?.radius || frm.doc.radius || DEFAULT_RADIUS, 1);
	const found = { latitude, longitude, radius };
	const changed = Object.keys(found).some((field) => flt(frm.doc[field], 7) !== found[field]);
	if (!changed && drawn.length === 1 && properties?.point_type === "circle") return;
	// All three together: each alone would redraw a circle out of old and new numbers.
	Object.assign(frm.doc, found);
	Object.keys(found).forEach((field) => frm.refresh_field(field));
	frm.dirty();
	return show_circle(frm);
}

function use_my_position(frm) {
	if (!navigator.geolocation) {
		frappe.msgprint(__("This browser gives no position. Type the coordinates or draw on the map."));
		return;
	}
	frappe.show_alert(__("Waiting for the position …"));
	navigator.geolocation.getCurrentPosition(
		({ coords }) => {
			frappe.show_alert(__("Position found, accurate to {0} m.", [Math.round(coords.accuracy)]));
			if (frm.doc.jenis_area !== RADIUS) {
				frm.fields_dict.area.map?.setView([coords.latitude, coords.longitude], 18);
				return;
			}
			frm.doc.latitude = flt(coords.latitude, 7);
			frm.doc.longitude = flt(coords.longitude, 7);
			frm.refresh_fields(["latitude", "longitude"]);
			frm.dirty();
			show_circle(frm);
		},
		() =>
			frappe.msgprint(
				__("The position could not be found. Allow the browser to use it, or type the coordinates.")
			),
		{ enableHighAccuracy: true, timeout: 20000 }
	);
}

/** What real punches say of this place: numbers, a small picture, and the proposal with its one click. */
async function show_measured(frm) {
	const $target = frm.fields_dict.ukuran.$wrapper.empty();
	if (frm.is_new() || !frappe.model.can_read("Ukuran Lokasi")) return;
	const { name } = frm.doc;
	const fields = ["jumlah", "akurasi_median", "akurasi_p90", "persen_dalam", "persen_ragu", "persen_luar", "geser", "dari", "sampai", "contoh",
		"usulan", "usulan_radius", "usulan_tambah", "persen_dalam_usulan", "dibatasi", "versi_lokasi"];
	const [found] = await frappe.db.get_list("Ukuran Lokasi", { filters: { lokasi: name }, fields, limit: 1 });
	if (frm.doc.name !== name) return;
	const text = (value) => frappe.utils.escape_html(String(value));
	const line = (label, value) => `<tr><td class="text-muted">${label}</td><td style="text-align: end"><b>${value}</b></td></tr>`;
	const percent = (value) => `${Math.round(value)} %`;
	const numbers = found?.jumlah
		? [
				line(__("Punches Measured"), found.jumlah),
				line(__("Median Accuracy (m)"), found.akurasi_median),
				line(__("Accuracy of 90 % (m)"), found.akurasi_p90),
				line(__("Inside"), percent(found.persen_dalam)),
				line(__("Uncertain"), percent(found.persen_ragu)),
				line(__("Outside Nearby"), percent(found.persen_luar)),
				line(__("Distance from the Middle of the Place (m)"), found.geser),
		  ].join("")
		: "";
	$target.html(`<h5>${__("Measured Accuracy")}</h5>
		<div class="row"><div class="col-sm-5">
			<p class="text-muted small">${found?.jumlah ? `${text(frappe.datetime.str_to_user(found.dari))} – ${text(frappe.datetime.str_to_user(found.sampai))}` : __("No punches measured yet.")}</p>
			<table style="width: 100%">${numbers}</table>
			<div class="spbe-measured-proposal" style="margin: 8px 0"></div>
			<div class="spbe-measured-buttons"></div>
		</div><div class="col-sm-7 spbe-measured-map"></div></div>`);
	if (frm.perm[0]?.write) {
		$(`<button type="button" class="btn btn-default btn-sm">${__("Measure Again")}</button>`)
			.on("click", () => measure_again(frm))
			.appendTo($target.find(".spbe-measured-buttons"));
	}
	if (found?.jumlah) frappe.require(["peta_lokasi.bundle.css", "pratinjau_lokasi.bundle.js"], () => draw_measured(frm, $target, found));
}

function draw_measured(frm, $target, found) {
	if (found.usulan) {
		$target.find(".spbe-measured-proposal").html(`<div class="spbe-caution">${spbe.lokasi.proposal_text({ radius: frm.doc.radius, ukuran: found })}</div>`);
	}
	if (found.usulan === "Perluas" && frm.perm[0]?.write) {
		$(`<button type="button" class="btn btn-primary btn-sm" style="margin-inline-end: 6px">${__("Enlarge as Proposed")}</button>`)
			.on("click", async () => {
				await frappe.xcall("spbe_attendance.api.lokasi.terapkan_usulan", { lokasi: frm.doc.name });
				await frm.reload_doc();
			})
			.prependTo($target.find(".spbe-measured-buttons"));
	}
	const rows = [frm.doc];
	if (found.usulan_radius) rows.push({ ...frm.doc, radius: found.usulan_radius, colour: "#b45309", dash: "6 6", label: __("Proposal") });
	const points = JSON.parse(found.contoh || "[]");
	const $map = $target.find(".spbe-measured-map");
	const map = spbe.lokasi.preview($map, { rows, height: 260 });
	if (points.length) spbe.lokasi.add_sample(map, frm.doc, points);
}

async function measure_again(frm) {
	await frappe.xcall("spbe_attendance.api.lokasi.ukur", { lokasi: frm.doc.name });
	frappe.show_alert(__("Measuring in the background; the numbers come by themselves."));
	frappe.realtime.off("spbe_ukuran_lokasi");
	frappe.realtime.on("spbe_ukuran_lokasi", ({ lokasi }) => cur_frm === frm && frm.doc.name === lokasi && show_measured(frm));
}

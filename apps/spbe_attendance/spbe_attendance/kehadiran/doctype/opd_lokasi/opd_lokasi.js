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

/** Small maps in forms: places of an import, stations of a survey, punches that were measured. */
import { around } from "./peta_lokasi/layers";
import { centre_of, has_shape, is_circle, polygons_of } from "./peta_lokasi/geometry";
import { make_map } from "./peta_lokasi/ground";
import { proposal_text } from "./peta_lokasi/panel";

const VERDICTS = { Dalam: "#1a7f46", Ragu: "#b45309", Luar: "#b3261e" };
const METRES = 111_195;

frappe.provide("spbe.lokasi");
spbe.lokasi.proposal_text = proposal_text;

/**
 * ``rows``: places, each with ``colour``, ``dash`` and ``label``; ``stations``: [{latitude, longitude, akurasi}].
 */
spbe.lokasi.preview = ($target, { rows = [], stations = [], height = 320 }) => {
	const element = $('<div class="spbe-place-map border rounded"></div>').css({ height, zIndex: 0 }).appendTo($target.empty()).get(0);
	const map = make_map(element, { scrollWheelZoom: false });
	const shown = rows.filter(has_shape);
	for (const row of shown) {
		const style = { color: row.colour || "#0f6b74", weight: 2, dashArray: row.dash, fillOpacity: 0.15 };
		const layer = is_circle(row) ? L.circle([row.latitude, row.longitude], { radius: row.radius, ...style }) : L.polygon(polygons_of(row.area), style);
		layer.bindTooltip(frappe.utils.escape_html(row.label || row.nama_lokasi || "")).addTo(map);
	}
	stations.forEach(({ latitude, longitude, akurasi }, index) => {
		L.circle([latitude, longitude], { radius: akurasi, color: "#1d5fd1", weight: 1, fillOpacity: 0.1 }).addTo(map);
		L.circleMarker([latitude, longitude], { radius: 6, color: "#1d5fd1", fillOpacity: 0.9 }).bindTooltip(__("Station {0}", [index + 1])).addTo(map);
	});
	const bounds = around(shown);
	const spots = stations.map(({ latitude, longitude }) => [latitude, longitude]);
	if (bounds || spots.length) map.fitBounds(L.latLngBounds(bounds || []).extend(L.latLngBounds(spots)).pad(0.4), { maxZoom: 19 });
	// A form is laid out after its maps are made.
	setTimeout(() => map.invalidateSize(), 300);
	return map;
};

/** Dots of punches: [[east, north, accuracy, verdict]] in metres from the middle of ``row``. */
spbe.lokasi.add_sample = (map, row, points) => {
	const [lat, lon] = centre_of(row);
	const east = METRES * Math.cos((lat * Math.PI) / 180);
	for (const [x, y, , verdict] of points) {
		const style = { radius: 3, weight: 1, color: VERDICTS[verdict], fillOpacity: 0.7, interactive: false };
		L.circleMarker([lat + y / METRES, lon + x / east], style).addTo(map);
	}
};

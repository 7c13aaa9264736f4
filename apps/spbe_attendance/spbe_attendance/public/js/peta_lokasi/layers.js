/** All places on the map: shapes where they are large enough to be seen, dots and clusters of dots where not. */
import { bounds_of, centre_of, clustered, has_shape, is_circle, polygons_of, size_of } from "./geometry";
import { style_of, worst, STATES } from "./states";

const SMALLEST = 14; // pixels

export class PlaceLayers {
	/** ``choose(name)``: a place was clicked. */
	constructor(map, choose) {
		this.map = map;
		this.choose = choose;
		this.rows = [];
		this.chosen = null;
		this.layer = L.featureGroup().addTo(map);
		map.on("zoomend moveend", () => this.draw());
	}

	show(rows, chosen) {
		this.rows = rows.filter(has_shape);
		this.chosen = chosen;
		this.draw();
	}

	draw() {
		this.layer.clearLayers();
		const { map } = this;
		const view = map.getBounds().pad(0.3);
		const dots = [];
		for (const row of this.rows) {
			const at = L.latLng(centre_of(row));
			if (!view.contains(at)) continue;
			if (this.pixels(row) >= SMALLEST) this.add_shape(row);
			else dots.push({ ...map.latLngToLayerPoint(at), row });
		}
		for (const { members, at } of clustered(dots)) {
			if (members.length === 1) this.add_dot(members[0].row);
			else this.add_cluster(members.map(({ row }) => row), map.layerPointToLatLng(at));
		}
	}

	pixels(row) {
		const [south, west, north, east] = bounds_of(row);
		const from = this.map.latLngToLayerPoint([south, west]);
		const to = this.map.latLngToLayerPoint([north, east]);
		return Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
	}

	add_shape(row) {
		const style = style_of(row.keadaan, row.name === this.chosen);
		const layer = is_circle(row)
			? L.circle([row.latitude, row.longitude], { radius: row.radius, ...style })
			: L.polygon(polygons_of(row.area), style);
		this.add(layer, row);
	}

	add_dot(row) {
		this.add(L.circleMarker(centre_of(row), { radius: 7, ...style_of(row.keadaan, row.name === this.chosen), fillOpacity: 0.7, dashArray: null }), row);
	}

	add(layer, row) {
		layer.bindTooltip(frappe.utils.escape_html(row.nama_lokasi));
		layer.on("click", (event) => {
			L.DomEvent.stopPropagation(event);
			this.choose(row.name);
		});
		layer.addTo(this.layer);
	}

	add_cluster(rows, at) {
		const state = STATES[worst(rows.map(({ keadaan }) => keadaan))];
		const html = `<span style="border-color:${state.stroke}">${rows.length}</span>`;
		const icon = L.divIcon({ className: "spbe-cluster", html, iconSize: [40, 40] });
		const title = __("{0} places, press to come closer", [rows.length]);
		const marker = L.marker(at, { icon, title, alt: title }).addTo(this.layer);
		marker.on("click", () => go(this.map, around(rows), { padding: [50, 50], maxZoom: 18 }));
	}

	/** At once: a place may be chosen before a glide to all of them has begun. */
	fit(rows) {
		const bounds = around(rows.filter(has_shape));
		if (bounds) go(this.map, bounds, { padding: [30, 30], maxZoom: 17, animate: false });
	}
}

export function around(rows) {
	const all = rows.map(bounds_of).filter(Boolean);
	if (!all.length) return null;
	const pick = (index, best) => best(...all.map((bounds) => bounds[index]));
	return [
		[pick(0, Math.min), pick(1, Math.min)],
		[pick(2, Math.max), pick(3, Math.max)],
	];
}

/** Zoom so that the place fills a good part of the map. */
export function come_to(map, row) {
	const bounds = bounds_of(row);
	if (!bounds) return;
	const pad = size_of(row) < 400 ? 1.2 : 0.5;
	go(map, L.latLngBounds([bounds[0], bounds[1]], [bounds[2], bounds[3]]).pad(pad), { maxZoom: 19 });
}

/** Leaflet passes over a view that is asked for while it glides to another. */
function go(map, bounds, options) {
	if (map._animatingZoom) map.once("moveend", () => go(map, bounds, options));
	else map.fitBounds(bounds, options);
}

/** What lies below the places: tiles from the address in the settings; without one the coast and a net of degrees, so that a place has a where. */
import { Coast } from "./coast";
import { round_step } from "./geometry";

const CENTRE = [1.0, 102.71]; // Selatpanjang, until there is something to show
const LINES_APART = 110;

export function make_map(element, options = {}) {
	const map = L.map(element, { attributionControl: false, zoomSnap: 0.5, maxZoom: 21, ...options }).setView(CENTRE, 11);
	element.style.background = "var(--spbe-map-ground, #eef1f2)";
	const tiles = frappe.boot.spbe_url_ubin_peta;
	if (tiles) L.tileLayer(tiles, { maxZoom: 20 }).addTo(map);
	else {
		L.control.attribution({ prefix: false, position: "bottomleft" }).addTo(map);
		new Coast(map);
		new Net(map);
	}
	L.control.scale({ imperial: false, position: "topright" }).addTo(map);
	return map;
}

/** Meridians and parallels at round distances, each with its degrees at the edge. */
class Net {
	constructor(map) {
		this.map = map;
		this.layer = L.layerGroup().addTo(map);
		map.createPane("spbe-net").style.zIndex = 250;
		map.on("moveend resize", () => this.draw());
		this.draw();
	}

	draw() {
		this.layer.clearLayers();
		const { map } = this;
		const view = map.getBounds();
		const { x: width } = map.getSize();
		if (!width) return;
		const degrees = ((view.getEast() - view.getWest()) / width) * LINES_APART;
		const step = round_step(degrees);
		const digits = Math.max(0, Math.ceil(-Math.log10(step)));
		for (let lon = Math.ceil(view.getWest() / step) * step; lon < view.getEast(); lon += step) {
			this.line([view.getSouth(), lon], [view.getNorth(), lon]);
			this.label([view.getSouth(), lon], lon.toFixed(digits) + (lon < 0 ? " B" : " T"), [-4, 16]);
		}
		for (let lat = Math.ceil(view.getSouth() / step) * step; lat < view.getNorth(); lat += step) {
			this.line([lat, view.getWest()], [lat, view.getEast()]);
			this.label([lat, view.getEast()], Math.abs(lat).toFixed(digits) + (lat < 0 ? " S" : " U"), [62, 16]);
		}
	}

	line(from, to) {
		L.polyline([from, to], { color: "#9aa8ae", weight: 1, opacity: 0.4, interactive: false, pane: "spbe-net" }).addTo(this.layer);
	}

	label(at, text, iconAnchor) {
		const icon = L.divIcon({ className: "spbe-net-label", html: text, iconSize: null, iconAnchor });
		L.marker(at, { icon, interactive: false, keyboard: false }).addTo(this.layer);
	}
}

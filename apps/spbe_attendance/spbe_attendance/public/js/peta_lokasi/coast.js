/** Land below the places where there are no tiles: the regency's own base map, or the coast that comes with the app. */
const SHIPPED = "/assets/spbe_attendance/maps/coast.json";
// Zoom. The corners of that coast are up to 90 m off: from here on that would be seen.
const TOO_CLOSE = 13;
const LAND = { stroke: true, color: "var(--spbe-map-shore)", weight: 1, fillColor: "var(--spbe-map-land)", fillOpacity: 1, interactive: false };

export class Coast {
	constructor(map) {
		this.map = map;
		this.layer = null;
		this.exact = Boolean(frappe.boot.spbe_peta_dasar);
		map.createPane("spbe-coast").style.zIndex = 240;
		map.on("zoomend", () => this.show());
		this.show();
	}

	show() {
		const near = !this.exact && this.map.getZoom() >= TOO_CLOSE;
		if (near) this.layer?.remove();
		else if (this.layer) this.layer.addTo(this.map);
		else this.loading ??= this.load();
		// Where the coast is not drawn nobody knows what is sea.
		this.map.getContainer().classList.toggle("spbe-map-sea", Boolean(this.layer) && !near);
	}

	async load() {
		const own = this.exact ? await read(frappe.boot.spbe_peta_dasar) : null;
		this.exact = Boolean(own);
		const found = own || (await read(SHIPPED));
		// The form may have been left meanwhile.
		if (!found || !this.map.getContainer()?.isConnected) return;
		const attribution = own ? null : __("Coast: GSHHG (LGPL), simplified; no map of boundaries.");
		this.layer = L.geoJSON(found, { pane: "spbe-coast", style: LAND, interactive: false, pointToLayer: () => null, attribution });
		this.show();
	}
}

/** A FeatureCollection, or null: a map without land is still a map. */
async function read(address) {
	try {
		const answer = await fetch(address);
		const found = answer.ok ? await answer.json() : null;
		return Array.isArray(found?.features) ? found : null;
	} catch {
		return null;
	}
}

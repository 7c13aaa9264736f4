/** Measuring a distance: one click after the other, the sum of the legs beside the last point. */
export class Ruler {
	/** ``told(metres)``: the sum so far. */
	constructor(map, told) {
		this.map = map;
		this.told = told;
		this.layer = L.layerGroup().addTo(map);
		this.click = ({ latlng }) => this.add(latlng);
		this.active = false;
	}

	toggle() {
		if (this.active) this.stop();
		else this.start();
		return this.active;
	}

	start() {
		this.active = true;
		this.points = [];
		this.map.on("click", this.click);
		this.map.getContainer().classList.add("spbe-sketching");
	}

	stop() {
		this.active = false;
		this.map.off("click", this.click);
		this.map.getContainer().classList.remove("spbe-sketching");
		this.layer.clearLayers();
	}

	add(point) {
		this.points.push(point);
		this.layer.clearLayers();
		L.polyline(this.points, { color: "#b3261e", weight: 3, dashArray: "4 6", interactive: false }).addTo(this.layer);
		this.points.forEach((at) => L.circleMarker(at, { radius: 4, color: "#b3261e", interactive: false }).addTo(this.layer));
		const metres = this.points.slice(1).reduce((sum, at, index) => sum + at.distanceTo(this.points[index]), 0);
		this.told(metres);
	}
}

export const distance_text = (metres) => (metres < 1000 ? `${Math.round(metres)} m` : `${format_number(metres / 1000, null, 2)} km`);

/**
 * One place being drawn: handles to pull, and every step to be undone until it is saved. The draft is plain data; each change
 * makes a new one. Works with a mouse, a finger and, by ``nudge``, from the keyboard.
 */
import { centre_of, has_shape, is_circle, moved, nudged, polygons_of, rounded, with_corner } from "./geometry";

const SHAPE = ["jenis_area", "latitude", "longitude", "radius", "area"];
const MOST_STEPS = 100;
const LOOK = { color: "#0f6b74", weight: 3, fillColor: "#0f6b74", fillOpacity: 0.18 };
const shape_of = (draft) => Object.fromEntries(SHAPE.map((field) => [field, draft[field]]));
const same = (one, other) => SHAPE.every((field) => (one[field] ?? null) === (other[field] ?? null));

export class Editor {
	/** ``changed(draft, settled)``: the shape is another; not settled while a handle is still being pulled. */
	constructor(map, changed) {
		this.map = map;
		this.changed = changed;
		this.layer = L.layerGroup().addTo(map);
		this.draft = null;
	}

	open(draft) {
		this.draft = draft;
		this.steps = [shape_of(draft)];
		this.undone = [];
		this.draw();
	}

	close() {
		this.stop_sketch();
		this.draft = null;
		this.layer.clearLayers();
	}

	get can_undo() {
		return Boolean(this.draft) && this.steps.length > 1;
	}

	get can_redo() {
		return Boolean(this.draft) && this.undone.length > 0;
	}

	/** A step that can be undone. */
	set(draft) {
		if (same(draft, this.steps[this.steps.length - 1])) return;
		this.steps = [...this.steps, shape_of(draft)].slice(-MOST_STEPS);
		this.undone = [];
		this.show(draft);
	}

	undo() {
		if (!this.can_undo) return;
		this.undone.push(this.steps.pop());
		this.show({ ...this.draft, ...this.steps[this.steps.length - 1] });
	}

	redo() {
		if (!this.can_redo) return;
		this.steps.push(this.undone.pop());
		this.show({ ...this.draft, ...this.steps[this.steps.length - 1] });
	}

	nudge(north, east) {
		if (this.draft && has_shape(this.draft)) this.set(nudged(this.draft, north, east));
	}

	show(draft) {
		this.draft = draft;
		this.draw();
		this.changed(draft, true);
	}

	draw() {
		this.layer.clearLayers();
		if (!this.draft || !has_shape(this.draft)) return;
		this.outline = this.make_outline(this.draft).addTo(this.layer);
		this.add_mover();
		if (is_circle(this.draft)) this.add_resizer();
		else this.add_corners();
	}

	make_outline(draft) {
		return is_circle(draft)
			? L.circle([draft.latitude, draft.longitude], { radius: draft.radius, interactive: false, ...LOOK })
			: L.polygon(polygons_of(draft.area), { interactive: false, ...LOOK });
	}

	/** While a handle is pulled only the outline follows; the handles come again when it is let go. */
	preview(draft) {
		this.layer.removeLayer(this.outline);
		this.outline = this.make_outline(draft).addTo(this.layer);
		this.changed(draft, false);
	}

	/** ``result(latlng)``: the draft with the handle there. */
	handle(at, kind, title, result) {
		const icon = L.divIcon({ className: `spbe-handle spbe-handle-${kind}`, iconSize: [26, 26], html: "<span></span>" });
		const marker = L.marker(at, { icon, draggable: true, title, alt: title, keyboard: false, zIndexOffset: 1000 });
		marker.on("drag", () => this.preview(result(marker.getLatLng())));
		marker.on("dragend", () => this.set(result(marker.getLatLng())));
		return marker.addTo(this.layer);
	}

	add_mover() {
		const [lat, lon] = centre_of(this.draft);
		const start = this.draft;
		this.handle([lat, lon], "move", __("Move"), (to) => moved(start, to.lat - lat, to.lng - lon));
	}

	add_resizer() {
		const start = this.draft;
		const middle = L.latLng(start.latitude, start.longitude);
		const east = this.outline.getBounds().getEast();
		const size = (to) => ({ ...start, radius: Math.max(5, Math.round(middle.distanceTo(to))) });
		this.handle([start.latitude, east], "size", __("Resize"), size);
	}

	add_corners() {
		const start = this.draft;
		polygons_of(start.area).forEach((rings, polygon) =>
			rings.forEach((ring, index) =>
				ring.forEach((corner, number) => {
					const path = [polygon, index, number];
					const moving = (to) => with_corner(start, path, [rounded(to.lat), rounded(to.lng)]);
					const marker = this.handle(corner, "corner", __("Corner: pull to move, double click to remove"), moving);
					marker.on("dblclick contextmenu", () => this.set(with_corner(start, path, null)));
					const next = ring[(number + 1) % ring.length];
					const between = [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2];
					const adding = (to) => with_corner(start, [polygon, index, number + 1], [rounded(to.lat), rounded(to.lng)], true);
					this.handle(between, "middle", __("Pull to add a corner"), adding);
				})
			)
		);
	}

	/** Corners one click after the other; ``done(points)`` on the first corner, Enter or ``finish_sketch``. */
	start_sketch(done) {
		this.stop_sketch();
		const points = [];
		const line = L.polyline([], { ...LOOK, dashArray: "6 6" }).addTo(this.map);
		const first = L.circleMarker([0, 0], { radius: 9, ...LOOK, fillOpacity: 0.9 });
		const click = ({ latlng }) => {
			points.push([rounded(latlng.lat), rounded(latlng.lng)]);
			line.setLatLngs(points);
			if (points.length === 1) first.setLatLng(latlng).addTo(this.map);
		};
		first.on("click", (event) => {
			L.DomEvent.stopPropagation(event);
			this.finish_sketch();
		});
		this.map.on("click", click).doubleClickZoom.disable();
		this.map.getContainer().classList.add("spbe-sketching");
		this.sketch = {
			points,
			done,
			back: () => {
				points.pop();
				line.setLatLngs(points);
				if (!points.length) first.remove();
			},
			end: () => {
				this.map.off("click", click).doubleClickZoom.enable();
				this.map.getContainer().classList.remove("spbe-sketching");
				line.remove();
				first.remove();
			},
		};
	}

	finish_sketch() {
		const { points, done } = this.sketch || {};
		if (!points) return;
		this.stop_sketch();
		done(points);
	}

	stop_sketch() {
		this.sketch?.end();
		this.sketch = null;
	}
}

/** The Desk page Peta Lokasi: every place on one map and in one list, drawn, moved, copied and saved. */
import { area_of, centre_of, has_shape, POLYGON, RADIUS, rounded, square_around } from "./peta_lokasi/geometry";
import { Editor } from "./peta_lokasi/editor";
import { make_map } from "./peta_lokasi/ground";
import { come_to, PlaceLayers } from "./peta_lokasi/layers";
import { Listing } from "./peta_lokasi/listing";
import { Panel, proposal_text } from "./peta_lokasi/panel";
import { distance_text, Ruler } from "./peta_lokasi/ruler";

const API = "spbe_attendance.api.lokasi";
const DEFAULT_RADIUS = 50;
const DRAWN = ["nama_lokasi", "opd", "semua_opd", "hanya_kegiatan", "aktif", "berlaku_dari", "berlaku_sampai", "jenis_area", "latitude", "longitude", "radius", "area"];
const pick = (row) => Object.fromEntries(DRAWN.map((field) => [field, row[field] ?? null]));

frappe.provide("spbe");

spbe.PetaLokasi = class PetaLokasi {
	constructor(page) {
		this.page = page;
		this.rows = [];
		this.draft = null;
		this.make();
	}

	async make() {
		this.$body = $(`<div class="spbe-atlas">
			<div class="spbe-atlas-side"></div>
			<div class="spbe-atlas-map-area"><div class="spbe-atlas-map" role="application" aria-label="${__("Map of Places")}" tabindex="0"></div>
			<div class="spbe-atlas-told" role="status" aria-live="polite" hidden></div></div>
		</div>`).appendTo(this.page.main.empty());
		this.map = make_map(this.$body.find(".spbe-atlas-map").get(0));
		this.layers = new PlaceLayers(this.map, (name) => this.choose(name));
		this.editor = new Editor(this.map, (draft, settled) => this.drawn(draft, settled));
		this.ruler = new Ruler(this.map, (metres) => this.tell(__("Distance: {0}", [distance_text(metres)])));
		const act = {};
		for (const name of ["edit", "accept", "copy", "open", "close", "undo", "redo", "sketch", "circle", "save", "cancel"]) act[name] = () => this[name]();
		const $side = this.$body.find(".spbe-atlas-side");
		this.panel = new Panel($side, act, (values, shape) => this.typed(values, shape));
		this.$body.on("keydown", (event) => this.key(event));
		await this.load();
		this.listing = new Listing($side, this.data, {
			changed: (rows) => this.layers.show(rows.filter(({ name }) => name !== this.name), this.chosen),
			choose: (name) => this.choose(name),
		});
		this.listing.set(this.rows, null);
		this.buttons();
		this.layers.fit(this.rows);
		this.ready = true;
		this.show();
	}

	async load() {
		const { message } = await frappe.call({ method: `${API}.peta`, type: "GET" });
		this.data = message;
		this.rows = this.data.lokasi;
		if (!this.data.batas || this.bounds) return;
		const [south, north, west, east] = this.data.batas;
		const look = { color: "#5f6b70", weight: 2, dashArray: "10 6", fill: false, interactive: false };
		this.bounds = L.rectangle([[south, west], [north, east]], look).addTo(this.map);
		if (!this.rows.length) this.map.fitBounds(this.bounds.getBounds());
	}

	buttons() {
		const { page } = this;
		if (this.data.boleh_buat) {
			page.set_primary_action(__("New Place"), () => this.create(), "add");
			page.add_menu_item(__("Import KML or GeoJSON"), () => frappe.new_doc("Impor Lokasi"));
		}
		this.$ruler = page.add_button(__("Measure Distance"), () => this.measure());
		// A phone has no room for that button.
		if (frappe.is_mobile()) page.add_menu_item(__("Measure Distance"), () => this.measure());
		for (const [format, label] of [["geojson", "GeoJSON"], ["kml", "KML"]]) {
			page.add_menu_item(__("Export as {0}", [label]), () => window.open(`/api/method/${API}.ekspor?format=${format}`, "_blank", "noopener"));
		}
		if (frappe.model.can_read("Survei Lokasi")) {
			page.add_menu_item(__("Surveys from Phones"), () => frappe.set_route("List", "Survei Lokasi", { status: "Menunggu" }));
		}
		page.add_menu_item(__("Readiness of Units"), () => frappe.set_route("query-report", "Siap Jalan Unit"));
		page.add_menu_item(__("Reload"), () => this.reload());
	}

	/** The page is shown, again or at first; its address may name an OPD or a place. */
	show() {
		if (!this.ready) return;
		this.map.invalidateSize();
		const { opd, lokasi } = frappe.route_options || {};
		frappe.route_options = null;
		if (opd) {
			this.listing.filter({ opd, text: "", kind: "", state: "" });
			this.layers.fit(this.listing.matching());
		}
		if (lokasi) this.choose(lokasi);
	}

	async reload(name = this.chosen) {
		await this.load();
		this.listing.set(this.rows, name);
		if (name && this.row(name)) this.choose(name, { stay: true });
	}

	row(name) {
		return this.rows.find((row) => row.name === name);
	}

	/** Nothing drawn is thrown away without being asked. */
	leave(then) {
		if (this.draft && this.editor.can_undo) frappe.confirm(__("Discard what was drawn?"), () => this.end_draft() || then());
		else {
			this.end_draft();
			then();
		}
	}

	choose(name, { stay = false } = {}) {
		if (this.ruler.active || this.editor.sketch) return;
		this.leave(() => {
			const row = this.row(name);
			if (!row) return;
			this.chosen = name;
			this.listing.set(this.rows, name);
			this.panel.look(row);
			if (!stay) come_to(this.map, row);
		});
	}

	close() {
		const { chosen } = this;
		this.chosen = null;
		this.panel.hide();
		this.listing.set(this.rows, null);
		if (chosen) this.listing.focus(chosen);
	}

	open() {
		frappe.set_route("Form", "OPD Lokasi", this.chosen);
	}

	edit() {
		const row = this.row(this.chosen);
		this.begin(pick(row), row.name, row.modified);
	}

	/** The same shape for another OPD; nothing is saved until it is said which. */
	copy() {
		const row = this.row(this.chosen);
		this.begin({ ...pick(row), nama_lokasi: __("{0} (copy)", [row.nama_lokasi]), opd: null, semua_opd: 0 }, null, null);
	}

	create() {
		this.leave(() => {
			const own = this.data.opd.filter((unit) => unit.boleh_ubah);
			const opd = this.listing.filters.opd || (own.length === 1 ? own[0].name : null);
			this.begin({ nama_lokasi: "", opd, semua_opd: 0, hanya_kegiatan: 0, aktif: 1, berlaku_dari: null, berlaku_sampai: null, jenis_area: RADIUS, latitude: 0, longitude: 0, radius: 0, area: null }, null, null);
			this.panel.hint(__("Click into the map to set a circle, or draw a polygon."));
		});
	}

	begin(draft, name, version) {
		Object.assign(this, { draft, name, version });
		this.panel.edit(draft, { is_new: !name });
		this.listing.set(this.rows, this.chosen);
		this.editor.open(draft);
		this.refresh_steps();
		this.check();
		this.map.off("click", this.first_click);
		if (!has_shape(draft)) {
			this.first_click = ({ latlng }) => !this.editor.sketch && !has_shape(this.draft) && this.circle_at(latlng);
			this.map.on("click", this.first_click);
		}
	}

	end_draft() {
		this.map.off("click", this.first_click);
		Object.assign(this, { draft: null, name: null, version: null });
		this.editor.close();
		this.panel.hide();
	}

	circle() {
		this.circle_at(has_shape(this.draft) ? L.latLng(centre_of(this.draft)) : this.map.getCenter());
	}

	circle_at({ lat, lng }) {
		this.editor.stop_sketch();
		const radius = this.draft.radius || Math.max(DEFAULT_RADIUS, 1.5 * this.data.akurasi_lazim);
		this.editor.set({ ...this.draft, jenis_area: RADIUS, latitude: rounded(lat), longitude: rounded(lng), radius, area: null });
	}

	sketch() {
		this.panel.hint(__("Click corner after corner; click the first one or press Enter to finish. With Enter at once a square is set."));
		this.map.getContainer().focus();
		this.editor.start_sketch((points) => {
			const { lat, lng } = this.map.getCenter();
			const polygons = points.length >= 3 ? [[points]] : square_around([lat, lng], 80);
			this.editor.set({ ...this.draft, jenis_area: POLYGON, area: area_of(polygons), latitude: 0, longitude: 0, radius: 0 });
		});
	}

	undo() {
		this.editor.undo();
	}

	redo() {
		this.editor.redo();
	}

	/** The map has changed the shape. */
	drawn(draft, settled) {
		this.draft = { ...this.draft, ...draft };
		this.panel.set_shape(draft);
		if (!settled) return;
		this.refresh_steps();
		this.check();
	}

	/** A field was left. */
	typed(values, shape) {
		this.draft = { ...this.draft, ...values };
		if (shape && this.draft.jenis_area === RADIUS) this.editor.set({ ...this.editor.draft, ...this.draft });
		else this.editor.draft = this.draft;
	}

	refresh_steps() {
		this.panel.steps({ undo: this.editor.can_undo, redo: this.editor.can_redo });
	}

	check() {
		clearTimeout(this.checking);
		if (!this.draft || !has_shape(this.draft)) return this.panel.warn([]);
		this.checking = setTimeout(async () => {
			const asked = this.draft;
			const found = await frappe.xcall(`${API}.periksa`, { lokasi: asked, name: this.name });
			if (this.draft && asked.area === this.draft.area && asked.radius === this.draft.radius) this.panel.warn(found);
		}, 300);
	}

	async save() {
		const { draft, name, version } = this;
		if (!draft.nama_lokasi) return frappe.show_alert({ message: __("Give the place a name."), indicator: "orange" });
		if (!has_shape(draft)) return frappe.show_alert({ message: __("Click into the map to set a circle, or draw a polygon."), indicator: "orange" });
		try {
			const row = await frappe.xcall(`${API}.simpan`, { lokasi: draft, name, modified: version });
			this.rows = [...this.rows.filter((other) => other.name !== row.name), row].sort((a, b) => a.nama_lokasi.localeCompare(b.nama_lokasi));
			this.end_draft();
			frappe.show_alert({ message: __("{0} is saved.", [frappe.utils.escape_html(row.nama_lokasi)]), indicator: "green" });
			this.choose(row.name, { stay: true });
		} catch {
			// The framework shows the sentence. What was drawn stays, to be saved again or discarded.
			this.panel.hint(__("Not saved: see the message. What you have drawn is still here."));
		}
	}

	cancel() {
		this.leave(() => (this.chosen ? this.choose(this.chosen, { stay: true }) : this.close()));
	}

	accept() {
		const row = this.row(this.chosen);
		frappe.confirm(frappe.utils.escape_html(proposal_text(row)), async () => {
			await frappe.xcall(`${API}.terapkan_usulan`, { lokasi: row.name });
			await this.reload(row.name);
		});
	}

	measure() {
		const active = this.ruler.toggle();
		this.$ruler.toggleClass("btn-primary", active).attr("aria-pressed", active);
		this.tell(active ? __("Click one point after the other.") : "");
	}

	tell(sentence) {
		this.$body.find(".spbe-atlas-told").text(sentence).attr("hidden", !sentence);
	}

	key(event) {
		if (!this.draft) return;
		const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
		const arrows = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
		const writing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
		if (altKey && arrows[key]) this.editor.nudge(...arrows[key].map((part) => part * (shiftKey ? 10 : 1)));
		else if ((ctrlKey || metaKey) && key.toLowerCase() === "z" && !writing) shiftKey ? this.redo() : this.undo();
		else if (key === "Enter" && this.editor.sketch) this.editor.finish_sketch();
		else if (key === "Backspace" && this.editor.sketch && !writing) this.editor.sketch.back();
		else if (key === "Escape" && this.editor.sketch) this.editor.stop_sketch();
		else return;
		event.preventDefault();
		event.stopPropagation();
	}
};

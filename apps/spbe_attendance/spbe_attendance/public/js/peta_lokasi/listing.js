/** The places as a list beside the map: what is filtered, sought and chosen here is so on the map, too. */
import { is_circle } from "./geometry";
import { ORDER, STATES } from "./states";

const text = (value) => frappe.utils.escape_html(String(value ?? ""));
const plain = (value) => String(value || "").toLowerCase();

export class Listing {
	/** ``changed(rows)``: other rows are shown. ``choose(name)``: one was picked. */
	constructor($parent, { opd }, { changed, choose }) {
		this.changed = changed;
		this.choose = choose;
		this.units = opd;
		this.rows = [];
		this.filters = { text: "", opd: "", kind: "", state: "" };
		this.make($parent);
	}

	make($parent) {
		const depth = (unit, level = 0) => {
			const above = this.units.find(({ name }) => name === unit.induk);
			return above && level < 8 ? depth(above, level + 1) : level;
		};
		const option = (value, label) => `<option value="${text(value)}">${text(label)}</option>`;
		const units = this.units.map((unit) => option(unit.name, "\u2003".repeat(depth(unit)) + unit.nama_opd)).join("");
		const states = ORDER.map((state) => option(state, STATES[state].label())).join("");
		this.$body = $(`<div class="spbe-atlas-list">
			<div class="spbe-atlas-filters">
				<input type="search" class="form-control" data-filter="text" placeholder="${__("Search by name, OPD or code")}" aria-label="${__("Search by name, OPD or code")}">
				<select class="form-control" data-filter="opd" aria-label="${__("OPD")}">${option("", __("All OPD"))}${units}</select>
				<select class="form-control" data-filter="kind" aria-label="${__("Kind of Area")}">${option("", __("Every Kind"))}${option("Radius", __("Radius"))}${option("Poligon", __("Poligon"))}</select>
				<select class="form-control" data-filter="state" aria-label="${__("State")}">${option("", __("Every State"))}${states}</select>
			</div>
			<p class="text-muted small spbe-atlas-count" role="status" aria-live="polite"></p>
			<ul class="spbe-atlas-rows list-unstyled" aria-label="${__("Places")}"></ul>
		</div>`).appendTo($parent);
		this.$body.on("input change", "[data-filter]", ({ target }) => {
			this.filters[target.dataset.filter] = target.value;
			this.refresh();
		});
		this.$body.on("click", "button[data-name]", ({ currentTarget }) => this.choose(currentTarget.dataset.name));
		this.$body.on("keydown", "button[data-name]", (event) => this.step(event));
	}

	/** Arrow keys walk through the list as in every list. */
	step(event) {
		const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (!by) return;
		event.preventDefault();
		const buttons = this.$body.find("button[data-name]").get();
		buttons[buttons.indexOf(event.currentTarget) + by]?.focus();
	}

	filter(values) {
		Object.assign(this.filters, values);
		for (const [name, value] of Object.entries(values)) this.$body.find(`[data-filter=${name}]`).val(value);
		this.refresh();
	}

	set(rows, chosen) {
		this.rows = rows;
		this.chosen = chosen;
		this.refresh();
	}

	matching() {
		const { opd, kind, state } = this.filters;
		const words = plain(this.filters.text).split(/\s+/).filter(Boolean);
		const unit = this.units.find(({ name }) => name === opd);
		const below = unit && new Set(this.units.filter(({ lft, rgt }) => unit.lft <= lft && rgt <= unit.rgt).map(({ name }) => name));
		const codes = new Map(this.units.map(({ name, kode, singkatan }) => [name, `${kode || ""} ${singkatan || ""}`]));
		return this.rows.filter((row) => {
			const said = plain(`${row.nama_lokasi} ${row.nama_opd} ${codes.get(row.opd) || row.opd || ""}`);
			return (
				words.every((word) => said.includes(word)) &&
				(!below || below.has(row.opd)) &&
				(!kind || row.jenis_area === kind) &&
				(!state || row.keadaan === state)
			);
		});
	}

	refresh() {
		const rows = this.matching();
		this.$body.find(".spbe-atlas-count").text(__("{0} of {1} places", [rows.length, this.rows.length]));
		const empty = this.rows.length ? __("No place fits. Change the search or the filters.") : __("There is no place yet. Draw one, or import a map.");
		this.$body
			.find(".spbe-atlas-rows")
			.html(rows.map((row) => this.row_html(row)).join("") || `<li class="text-muted" style="padding: 12px">${empty}</li>`);
		this.changed(rows);
	}

	row_html(row) {
		const state = STATES[row.keadaan];
		const size = is_circle(row) ? `${__("Radius")} ${Math.round(row.radius)} m` : __("Poligon");
		const unsure = row.ukuran?.jumlah ? ` · ${__("{0} % uncertain", [Math.round(row.ukuran.persen_ragu)])}` : "";
		return `<li><button type="button" class="spbe-atlas-row" data-name="${text(row.name)}" aria-pressed="${row.name === this.chosen}">
			<span class="spbe-atlas-name">${text(row.nama_lokasi)}</span>
			<span class="indicator-pill ${state.colour}">${text(state.label())}</span>
			<span class="text-muted small spbe-atlas-details">${text(row.nama_opd)} · ${text(size)}${text(unsure)}</span>
		</button></li>`;
	}

	focus(name) {
		this.$body.find(`button[data-name="${CSS.escape(name)}"]`).get(0)?.focus();
	}
}

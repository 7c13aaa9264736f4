/** The place that was chosen: what it is, its warnings, and the buttons in the order in which they are needed. */
import { has_shape, is_circle, POLYGON, RADIUS } from "./geometry";
import { STATES } from "./states";

const text = (value) => frappe.utils.escape_html(String(value ?? ""));
const FIELDS = ["nama_lokasi", "opd", "semua_opd", "jenis_area", "latitude", "longitude", "radius", "hanya_kegiatan", "aktif", "berlaku_dari", "berlaku_sampai"];
const SHAPE = ["latitude", "longitude", "radius"];

export class Panel {
	/** ``act``: what each button does; ``typed(values)``: a field was left with another value. */
	constructor($parent, act, typed) {
		this.act = act;
		this.typed = typed;
		this.$body = $('<div class="spbe-atlas-panel" hidden></div>').appendTo($parent);
		this.$body.on("click", "[data-act]", ({ currentTarget }) => this.act[currentTarget.dataset.act]());
	}

	hide() {
		this.$body.attr("hidden", true).empty();
		this.form = null;
	}

	/** A place that is looked at, with what may be done about it. */
	look(row) {
		const state = STATES[row.keadaan];
		const dates = [row.berlaku_dari, row.berlaku_sampai].map((day) => (day ? frappe.datetime.str_to_user(day) : "…")).join(" – ");
		const button = (act, label, kind = "default") => `<button type="button" class="btn btn-${kind} btn-sm" data-act="${act}">${label}</button>`;
		this.form = null;
		this.$body.removeAttr("hidden").html(`
			<div class="spbe-atlas-head"><h4 tabindex="-1">${text(row.nama_lokasi)}</h4>${this.close_html()}</div>
			<p><span class="indicator-pill ${state.colour}">${text(state.label())}</span> ${text(row.nama_opd)}</p>
			<p class="text-muted small">${is_circle(row) ? `${__("Radius")} ${text(Math.round(row.radius))} m` : __("Poligon")}${row.berlaku_dari || row.berlaku_sampai ? ` · ${text(dates)}` : ""}</p>
			${this.measured_html(row)}
			<div class="spbe-atlas-buttons">
				${row.boleh_ubah ? button("edit", __("Change"), "primary") : ""}
				${row.boleh_ubah && row.ukuran?.usulan === "Perluas" ? button("accept", __("Enlarge as Proposed")) : ""}
				${button("copy", __("Copy to Another OPD"))}
				${button("open", __("Open Form"))}
			</div>`);
		this.$body.find("h4").get(0).focus({ preventScroll: true });
	}

	close_html() {
		return `<button type="button" class="btn btn-default btn-sm" data-act="close" aria-label="${__("Close")}">✕</button>`;
	}

	measured_html(row) {
		const found = row.ukuran;
		if (!found?.jumlah) return `<p class="text-muted small">${__("No punches measured yet.")}</p>`;
		const numbers = __("{0} punches, median accuracy {1} m, {2} % uncertain", [found.jumlah, Math.round(found.akurasi_median), Math.round(found.persen_ragu)]);
		return `<p class="small">${numbers}</p>${found.usulan ? `<p class="small spbe-caution">${proposal_text(row)}</p>` : ""}`;
	}

	/** A place that is drawn: a form of the framework's own fields. */
	edit(draft, { is_new }) {
		this.$body.removeAttr("hidden").html(`
			<div class="spbe-atlas-head"><h4>${is_new ? __("New Place") : text(draft.nama_lokasi)}</h4></div>
			<div class="spbe-atlas-tools" role="toolbar" aria-label="${__("Drawing")}">
				<button type="button" class="btn btn-default btn-sm" data-act="undo">${__("Undo Step")}</button>
				<button type="button" class="btn btn-default btn-sm" data-act="redo">${__("Repeat Step")}</button>
				<button type="button" class="btn btn-default btn-sm" data-act="sketch">${__("Draw Polygon")}</button>
				<button type="button" class="btn btn-default btn-sm" data-act="circle">${__("Circle in the Middle")}</button>
			</div>
			<p class="text-muted small spbe-atlas-hint">${__("Pull the handles. Alt with the arrow keys moves by 1 m, with Shift by 10 m.")}</p>
			<div class="spbe-atlas-warnings" role="status" aria-live="polite"></div>
			<div class="spbe-atlas-form"></div>
			<div class="spbe-atlas-buttons">
				<button type="button" class="btn btn-primary btn-sm" data-act="save">${__("Save")}</button>
				<button type="button" class="btn btn-default btn-sm" data-act="cancel">${__("Discard")}</button>
			</div>`);
		this.form = new frappe.ui.FieldGroup({ fields: this.fields(), body: this.$body.find(".spbe-atlas-form").get(0) });
		this.form.make();
		this.set(draft);
	}

	fields() {
		const left = (field) => () => this.left(field);
		return [
			{ fieldname: "nama_lokasi", fieldtype: "Data", label: __("Place Name"), reqd: 1, change: left("nama_lokasi") },
			{ fieldname: "opd", fieldtype: "Link", options: "OPD", label: __("OPD"), change: left("opd") },
			{ fieldname: "semua_opd", fieldtype: "Check", label: __("All OPD"), change: left("semua_opd") },
			{ fieldname: "jenis_area", fieldtype: "Select", label: __("Kind of Area"), read_only: 1, options: [{ value: RADIUS, label: __("Radius") }, { value: POLYGON, label: __("Poligon") }] },
			{ fieldname: "latitude", fieldtype: "Float", precision: "7", label: __("Latitude"), change: left("latitude") },
			{ fieldname: "longitude", fieldtype: "Float", precision: "7", label: __("Longitude"), change: left("longitude") },
			{ fieldname: "radius", fieldtype: "Float", precision: "1", label: __("Radius (m)"), change: left("radius") },
			{ fieldname: "hanya_kegiatan", fieldtype: "Check", label: __("Events Only"), change: left("hanya_kegiatan") },
			{ fieldname: "aktif", fieldtype: "Check", label: __("Active"), change: left("aktif") },
			{ fieldname: "berlaku_dari", fieldtype: "Date", label: __("Valid From"), change: left("berlaku_dari") },
			{ fieldname: "berlaku_sampai", fieldtype: "Date", label: __("Valid Until"), change: left("berlaku_sampai") },
		];
	}

	left(field) {
		if (this.filling || !this.form) return;
		const value = this.form.get_value(field);
		this.typed({ [field]: SHAPE.includes(field) ? flt(value, 7) : value }, SHAPE.includes(field));
		if (field === "semua_opd") this.form.set_df_property("opd", "hidden", value ? 1 : 0);
	}

	/** What the map says now. Not while somebody types in the field. */
	set(draft, fields = FIELDS) {
		if (!this.form) return;
		this.filling = true;
		const typing = document.activeElement;
		for (const field of fields) {
			const control = this.form.fields_dict[field];
			if (control.$input?.get(0) !== typing) control.set_value(draft[field] ?? "");
		}
		this.toggle(draft);
		// Controls set their values in promises.
		setTimeout(() => (this.filling = false), 50);
		this.$body.find("[data-act=sketch]").text(has_shape(draft) ? __("Draw Polygon Anew") : __("Draw Polygon"));
	}

	/** Only what says something about this draft. */
	toggle(draft) {
		const hidden = { opd: Boolean(draft.semua_opd), ...Object.fromEntries(SHAPE.map((field) => [field, !is_circle(draft)])) };
		for (const [field, hide] of Object.entries(hidden)) this.form.set_df_property(field, "hidden", hide ? 1 : 0);
	}

	set_shape(draft) {
		this.set(draft, ["jenis_area", ...SHAPE]);
	}

	steps({ undo, redo }) {
		this.$body.find("[data-act=undo]").prop("disabled", !undo);
		this.$body.find("[data-act=redo]").prop("disabled", !redo);
	}

	hint(sentence) {
		this.$body.find(".spbe-atlas-hint").text(sentence);
	}

	warn(found) {
		const line = ({ galat, pesan }) => `<div class="spbe-atlas-warning ${galat ? "is-error" : ""}">${galat ? "⛔" : "⚠"} ${text(pesan)}</div>`;
		this.$body.find(".spbe-atlas-warnings").html(found.map(line).join(""));
	}
}

/** Why a larger fence is proposed, or why none is although it would be needed. */
export function proposal_text({ radius, ukuran }) {
	const before = Math.round(ukuran.persen_dalam);
	if (ukuran.usulan !== "Perluas") {
		return ukuran.dibatasi === "Tetangga"
			? __("Only {0} % are surely inside, but a place of another OPD lies in the way.", [before])
			: __("Only {0} % are surely inside, but the settings allow no larger place.", [before]);
	}
	const after = Math.round(ukuran.persen_dalam_usulan);
	const size = ukuran.usulan_radius
		? __("radius {0} m → {1} m", [Math.round(radius), Math.round(ukuran.usulan_radius)])
		: __("{0} m wider on every side", [Math.round(ukuran.usulan_tambah)]);
	return __("Only {0} % are surely inside; {1} would make it {2} %.", [before, size, after]);
}

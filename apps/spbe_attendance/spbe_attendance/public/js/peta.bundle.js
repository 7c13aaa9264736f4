/**
 * Maps of this app's forms and lists. Frappe loads tiles from a public server, which thereby learns where staff are;
 * here tiles come from the address in Pengaturan Absensi only, and without one a map shows shapes and a scale.
 * Other apps' maps stay as they are.
 */
const MODULES = ["Kepegawaian", "Kehadiran", "Pemantauan"];
const CENTRE = [1.0, 102.71]; // Selatpanjang, until there is something to show
const ZOOM = 12;

const is_ours = (doctype) => MODULES.includes(frappe.get_meta(doctype)?.module);

/** Runs what builds a map; the tile layer it asks for is replaced by ours, or by an empty group; scales are metric. */
function with_own_tiles(build) {
	const original = L.tileLayer;
	const scale = L.control.scale;
	L.control.scale = (options) => scale.call(L.control, { ...options, imperial: false });
	L.tileLayer = () => {
		const url = frappe.boot.spbe_url_ubin_peta;
		return url ? original.call(L, url, { maxZoom: 20 }) : L.layerGroup();
	};
	try {
		return build();
	} finally {
		L.tileLayer = original;
		L.control.scale = scale;
	}
}

const ground = (map) => (map.getContainer().style.background = "var(--gray-100, #f3f3f3)");

function patch_control() {
	const control = frappe.ui?.form?.ControlGeolocation?.prototype;
	if (!control) return;
	const bind = control.bind_leaflet_map;
	control.bind_leaflet_map = function (...args) {
		const doctype = this.doctype || this.frm?.doctype;
		if (!is_ours(doctype)) return bind.apply(this, args);
		with_own_tiles(() => bind.apply(this, args));
		this.map.setView(CENTRE, ZOOM);
		ground(this.map);
		L.control.scale({ imperial: false }).addTo(this.map);
		// Frappe's Tab key goes to the hidden input, which takes no focus: the field before it would never be left.
		if (this.$input) this.$input.focus = () => this.map.getContainer().focus();
	};
}

function patch_list() {
	const view = frappe.views?.MapView?.prototype;
	if (!view) return;
	const render = view.render_map_view;
	view.render_map_view = function (...args) {
		if (!is_ours(this.doctype)) return render.apply(this, args);
		with_own_tiles(() => render.apply(this, args));
		ground(this.map);
		show_all(this);
	};
}

/** All points in view, each with its title and a link instead of the internal name. */
function show_all({ map, data, meta, doctype }) {
	const points = [];
	map.eachLayer((layer) => {
		if (!(layer instanceof L.Marker)) return;
		points.push(layer.getLatLng());
		const name = layer.feature.properties.name;
		const title = data.find((doc) => doc.name === name)?.[meta.title_field] || name;
		const link = frappe.utils.get_form_link(doctype, name, true, frappe.utils.escape_html(title));
		layer.bindPopup(link).bindTooltip(frappe.utils.escape_html(title));
	});
	if (points.length) map.fitBounds(points, { padding: [40, 40], maxZoom: 16 });
}

patch_control();
patch_list();

/**
 * Maps of this app's forms and lists. Frappe loads tiles from a public server, which thereby learns where staff are;
 * here tiles come from the address in Pengaturan Absensi only, and without one a map shows shapes and a scale.
 * Other apps' maps stay as they are.
 */
const MODULES = ["Kepegawaian", "Kehadiran", "Pemantauan"];
const CENTRE = [1.0, 102.71]; // Selatpanjang, until there is something to show
const ZOOM = 12;

const is_ours = (doctype) => MODULES.includes(frappe.get_meta(doctype)?.module);

/** Runs what builds a map; the tile layer it asks for is replaced by ours, or by an empty group. */
function with_own_tiles(build) {
	const original = L.tileLayer;
	L.tileLayer = () => {
		const url = frappe.boot.spbe_url_ubin_peta;
		return url ? original.call(L, url, { maxZoom: 20 }) : L.layerGroup();
	};
	try {
		return build();
	} finally {
		L.tileLayer = original;
	}
}

function finish(map) {
	map.getContainer().style.background = "var(--gray-100, #f3f3f3)";
	L.control.scale({ imperial: false }).addTo(map);
}

function patch_control() {
	const control = frappe.ui?.form?.ControlGeolocation?.prototype;
	if (!control) return;
	const bind = control.bind_leaflet_map;
	control.bind_leaflet_map = function (...args) {
		const doctype = this.doctype || this.frm?.doctype;
		if (!is_ours(doctype)) return bind.apply(this, args);
		with_own_tiles(() => bind.apply(this, args));
		this.map.setView(CENTRE, ZOOM);
		finish(this.map);
	};
}

function patch_list() {
	const view = frappe.views?.MapView?.prototype;
	if (!view) return;
	const render = view.render_map_view;
	view.render_map_view = function (...args) {
		if (!is_ours(this.doctype)) return render.apply(this, args);
		with_own_tiles(() => render.apply(this, args));
		finish(this.map);
	};
}

patch_control();
patch_list();

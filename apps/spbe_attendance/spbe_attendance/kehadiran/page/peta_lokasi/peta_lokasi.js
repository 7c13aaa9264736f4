frappe.pages["peta-lokasi"].on_page_load = (wrapper) => {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Map of Places"), single_column: true });
	$(wrapper).addClass("spbe-page");
	frappe.require(["peta_lokasi.bundle.css", "peta_lokasi.bundle.js"], () => {
		wrapper.atlas = new spbe.PetaLokasi(page);
	});
};

frappe.pages["peta-lokasi"].on_page_show = (wrapper) => wrapper.atlas?.show();

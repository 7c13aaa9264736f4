const list = spbe.desk.simple_list({
	details: (doc) => [spbe.desk.day(doc.mulai), __("Photos {0}, positions {1}", [doc.foto, doc.posisi])],
	status: "status",
	colours: { Berjalan: "blue", Selesai: "green", Gagal: "red", Terputus: "orange" },
	fields: ["mulai", "foto", "posisi"],
});

frappe.listview_settings["Penghapusan Data"] = {
	...list,

	onload(view) {
		list.onload(view);
		if (!frappe.user.has_role("BKPSDM")) return;
		view.page.add_inner_button(__("Count What Would Be Removed"), () => begin("Simulasi"));
		view.page.add_inner_button(__("Remove Now"), () => {
			frappe.confirm(__("What is removed cannot be brought back. Have you counted it before?"), () =>
				begin("Penghapusan")
			);
		});
	},
};

async function begin(jenis) {
	const { name } = await frappe.xcall("spbe_attendance.api.privasi.mulai_penghapusan", { jenis });
	frappe.set_route("Form", "Penghapusan Data", name);
}

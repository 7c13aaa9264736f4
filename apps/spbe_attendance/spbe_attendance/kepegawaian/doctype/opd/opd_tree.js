frappe.treeview_settings["OPD"] = {
	title: __("OPD"),
	get_tree_root: false,
	root_label: "OPD",
	filters: [],
};

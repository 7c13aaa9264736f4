/** Where all OPD stand below one regency, its level is opened at once: a tree of one line tells nothing. */
function open_single_top(tree) {
	const render = tree.render_node_children;
	tree.render_node_children = function (node, children) {
		render.call(this, node, children);
		if (node.is_root && children?.length === 1 && children[0].expandable) {
			this.load_children(this.nodes[children[0].value]);
		}
	};
}

frappe.treeview_settings["OPD"] = {
	title: __("OPD"),
	get_tree_root: false,
	root_label: "OPD",
	// Without a root record of its own Frappe waits for a filter before it draws anything.
	onload(view) {
		view.make_tree();
		open_single_top(view.tree);
	},
	get_tree_nodes: "spbe_attendance.kepegawaian.doctype.opd.opd.get_children",
	add_tree_node: "spbe_attendance.kepegawaian.doctype.opd.opd.add_node",
	get_label: (node) => {
		const title = frappe.utils.escape_html(node.title || node.label);
		return node.is_root ? title : `${title} <small class="text-muted">${frappe.utils.escape_html(node.label)}</small>`;
	},
	fields: [
		{ fieldtype: "Data", fieldname: "kode", label: __("Code"), reqd: 1 },
		{ fieldtype: "Data", fieldname: "nama_opd", label: __("OPD Name"), reqd: 1 },
		{ fieldtype: "Data", fieldname: "singkatan", label: __("Abbreviation") },
		{ fieldtype: "Check", fieldname: "is_group", label: __("Has Units") },
	],
};

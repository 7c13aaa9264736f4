/** A permit: the form shows what the chosen kind has, and who decides next. */
const OPEN_TO = {
	PNS: "untuk_pns",
	CPNS: "untuk_cpns",
	PPPK: "untuk_pppk",
	"PPPK Paruh Waktu": "untuk_pppk_paruh_waktu",
	"Non ASN": "untuk_non_asn",
	"Alih Daya": "untuk_alih_daya",
};
const KIND_FIELDS = [
	"boleh_setengah_hari",
	"mengurangi_cuti_tahunan",
	"boleh_rombongan",
	"perlu_lampiran",
	"hitung_hari",
	"dasar_hukum",
];

frappe.ui.form.on("Ketidakhadiran", {
	async refresh(frm) {
		spbe.permohonan.show_status(frm);
		frm.set_df_property("peserta", "read_only", frm.is_new() ? 0 : 1);
		add_shorten_button(frm);
		await spbe.permohonan.for_oneself(frm);
		await offer_kinds(frm);
		await follow_kind(frm);
	},

	pegawai: offer_kinds,
	jenis: follow_kind,

	dari(frm) {
		if (frm.doc.dari && (!frm.doc.sampai || frm.doc.sampai < frm.doc.dari)) frm.set_value("sampai", frm.doc.dari);
	},

	setengah_hari(frm) {
		if (frm.doc.setengah_hari && frm.doc.dari) frm.set_value("sampai", frm.doc.dari);
	},

	before_workflow_action(frm) {
		return spbe.permohonan.ask_before(frm, { Tolak: "catatan_persetujuan", Batalkan: "alasan_batal" });
	},
});

/** Kinds that do not exist for the person's employment status are not shown; the server refuses them as well. */
async function offer_kinds(frm) {
	if (!frm.is_new()) return;
	const filters = { aktif: 1 };
	if (frm.doc.pegawai) {
		const { message: person } = await frappe.db.get_value("Pegawai", frm.doc.pegawai, [
			"status_kepegawaian",
			"jenis_kelamin",
		]);
		const field = OPEN_TO[person?.status_kepegawaian];
		if (field) filters[field] = 1;
		if (person?.jenis_kelamin !== "Perempuan") filters.khusus_perempuan = 0;
	}
	frm.set_query("jenis", () => ({ filters }));
}

async function follow_kind(frm) {
	const { message: kind } = frm.doc.jenis
		? await frappe.db.get_value("Jenis Ketidakhadiran", frm.doc.jenis, KIND_FIELDS)
		: {};
	frm.toggle_display("setengah_hari", Boolean(kind?.boleh_setengah_hari));
	frm.toggle_display("hari_tambahan", Boolean(kind?.mengurangi_cuti_tahunan));
	frm.toggle_display("s_peserta", Boolean(kind?.boleh_rombongan));
	frm.toggle_display("peserta", Boolean(kind?.boleh_rombongan));
	if (!frm.is_new()) return;
	frm.toggle_reqd("lampiran", kind?.perlu_lampiran === "Selalu");
	frm.set_df_property("jenis", "description", frappe.utils.escape_html(kind?.dasar_hukum || ""));
}

function add_shorten_button(frm) {
	const { status, dari, sampai, dipersingkat_sampai } = frm.doc;
	const last = dipersingkat_sampai || sampai;
	if (frm.is_new() || status !== "Disetujui" || dari >= last || last < frappe.datetime.get_today()) return;
	frm.add_custom_button(__("Shorten"), () => {
		const fields = [
			{ fieldname: "sampai", fieldtype: "Date", label: __("New Last Day"), reqd: 1 },
			{ fieldname: "alasan", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		];
		frappe.prompt(
			fields,
			async (values) => {
				await frappe.xcall("spbe_attendance.api.permohonan.persingkat", {
					name: frm.doc.name,
					...values,
				});
				frm.reload_doc();
			},
			__("Shorten"),
			__("Shorten")
		);
	});
}

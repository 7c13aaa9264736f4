/** What was filed beside the recap of BKPSDM, differences marked, and the reason asked for where a step needs one. */
const WITH_REASON = ["Kembalikan", "Tolak"];
const MATCH_COLOURS = { Tepat: "green", Mendekati: "orange", "Tidak Ada": "red" };

frappe.ui.form.on("Registrasi Pegawai", {
	refresh(frm) {
		show(frm);
	},

	before_workflow_action: (frm) =>
		spbe.desk.ask_before_step(frm, {
			steps: WITH_REASON,
			field: "alasan",
			label: __("Reason"),
			description: __("The applicant reads it: say what to correct, or whom to ask."),
			again: true,
		}),
});

const text = (value) => frappe.utils.escape_html(String(value ?? ""));

async function show(frm) {
	const area = frm.fields_dict.ringkasan.$wrapper.empty();
	if (frm.is_new()) return;
	const { name } = frm.doc;
	const { message } = await frm.call("bahan");
	// Another row may have been opened meanwhile.
	if (frm.doc.name !== name || !message) return;
	area.html(`<div class="registrasi-banding">
		${already(message.terdaftar)}
		${message.perlu_dilihat.map((words) => `<div class="alert alert-warning">${text(words)}</div>`).join("")}
		${picture(frm.doc)}
		<div class="registrasi-tabel">${heading(message)}${table(message)}</div>
	</div>`);
}

function already(person) {
	if (!person) return "";
	const link = `<a href="${frappe.utils.get_form_link("Pegawai", person.name)}">${text(person.nama)}</a>`;
	const words = __("This NIK belongs to {0} ({1}, {2}), who is staff already. The applicant is not told.", [
		link,
		text(person.opd),
		text(__(person.status)),
	]);
	return `<div class="alert alert-danger">${words}</div>`;
}

function picture(doc) {
	if (!doc.foto) return "";
	const address = encodeURI(doc.foto);
	return `<a class="registrasi-foto" href="${address}" target="_blank" rel="noopener"><img src="${address}" alt="${text(
		__("Photo of {0}", [doc.nama])
	)}"></a>`;
}

function heading({ kecocokan, skor, sumber }) {
	if (!kecocokan) return `<p class="text-muted">${text(__("Being compared with the recap: open the form again in a minute."))}</p>`;
	const words = {
		Tepat: __("The NIK stands in the recap"),
		Mendekati: __("Birth date and name fit a row of the recap"),
		"Tidak Ada": __("Nobody like that stands in the recap"),
	}[kecocokan];
	const likeness = sumber || skor ? `${__("Likeness of the Names")}: ${Math.round(skor)} %` : "";
	const details = [likeness, sumber].filter(Boolean).map(text).join(" · ");
	return `<p><span class="indicator-pill ${MATCH_COLOURS[kecocokan]}">${text(words)}</span>
		<span class="text-muted small">${details}</span></p>`;
}

function table({ baris, kecocokan }) {
	const found = kecocokan && kecocokan !== "Tidak Ada";
	const rows = baris.map(
		(row) => `<tr class="${row.beda ? "registrasi-beda" : ""}"><th scope="row">${text(row.label)}</th>
			<td>${text(row.diajukan)}</td>
			${found ? `<td>${text(row.acuan) || "–"} ${row.beda ? mark() : ""}</td>` : ""}</tr>`
	);
	return `<table class="table table-sm"><thead><tr><th></th><th scope="col">${text(__("Filed"))}</th>
		${found ? `<th scope="col">${text(__("In the Recap"))}</th>` : ""}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

// In words as well as in colour.
const mark = () => `<span class="indicator-pill no-indicator-dot orange">${text(__("different"))}</span>`;

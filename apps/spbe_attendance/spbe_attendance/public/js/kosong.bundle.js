/** Empty lists say what belongs there and what to do: the framework only says that nothing is there. */
frappe.provide("spbe.desk");

spbe.desk.empty_texts = () => ({
	OPD: __("Import the OPD tree from a sheet (Impor Data), or add the regency first and then its OPD."),
	Pegawai: __("Import the staff recap (Impor Data); single people are added with the button."),
	"OPD Lokasi": __("Draw the office on the map (Peta Lokasi), or import GeoJSON or KML: without a place nobody can punch."),
	"Impor Data": __("Upload a sheet of OPD, places or staff: it is checked first, and nothing is written before you say so."),
	"Impor Lokasi": __("Upload a GeoJSON or KML file of places: it is checked first, and nothing is written before you say so."),
	"Survei Lokasi": __("Surveys are made on the phone: stand at the place and measure for half a minute."),
	"Ukuran Lokasi": __("Measured every night out of real punches; come back after the first days."),
	"Registrasi Pegawai": __("Non ASN register themselves at /absen; what they file stands here to be verified."),
	"Acuan Registrasi": __("Import the recap of Non ASN: registrations are compared with it."),
	"Kode Aktivasi": __("Codes are issued from the list of Pegawai: choose people, then print slips."),
	"Catatan Akun": __("Every act on an account is recorded here by itself."),
	"Jejak Audit": __("Written by itself when somebody opens a photo or a letter, or changes data, rules or rights."),
	"Mutasi Pegawai": __("Moves between OPD, changes of status and retirements are entered here, each with its date and decree."),
	"Riwayat Pegawai": __("Written by itself when a person moves or changes status."),
	Perangkat: __("A phone appears here when its owner registers it in the PWA."),
	"Kunci API": __("Make a key for an application that reads attendance, and hand its secret over."),
	"Perbaikan Data": __("People ask in the PWA, page Akun, to have their master data corrected."),
	"Salinan Data": __("Copies of the own data are asked for in the PWA, page Akun."),
	"Penahanan Data": __("Nothing is held. Set a hold before an examination or a court case would lose its photos."),
	"Penghapusan Data": __("Nothing was removed yet. Count first what would be removed, with the button above."),
	"Kios Absensi": __("Add a tablet for offices where people have no phone of their own."),
	Absensi: __("Punches come from the PWA at /absen. If none come in, look at the report Siap Jalan Unit."),
	"Tinjauan Absensi": __("Nothing to review: signals are looked for every ten minutes."),
	Ketidakhadiran: __("Permits are requested in the PWA; letters on paper are entered with the button."),
	"Koreksi Absensi": __("Who forgot to punch asks for a correction in the PWA."),
	Sanggah: __("Appeals against a computed day stand here until they are answered."),
	"Tukar Dinas": __("Shift workers ask for an exchange in the PWA; it comes here when the colleague has agreed."),
	"Rekap Harian": __("Days are computed every night at half past twelve; the button computes one now."),
	"Tutup Bulan": __("Close a month per OPD when its open days are settled: the recap is frozen then."),
	"Penyesuaian Rekap": __("Changes of closed months stand here, written by themselves."),
	"Hitung Ulang": __("Nothing waits to be computed again."),
	"Kebiasaan Tiba": __("Nobody's clocking in usually arrives late; computed every night."),
	"Ringkasan OPD": __("No OPD is registered yet: import them (Impor Data)."),
	"Roster Dinas": __("Import the roster of a month (Impor Roster), or enter single shifts."),
	"Impor Roster": __("Upload the roster sheet of a month; a template is in the form."),
	"Penugasan Jadwal": __("Without an assignment the hours of Pengaturan Absensi hold. Assign a schedule to all, an OPD or a person."),
	"Jadwal Kerja": __("Make a weekly schedule, or begin with the hours of Pengaturan Absensi."),
	"Shift Kerja": __("Name the shifts that rosters use, each with its hours."),
	"Periode Jadwal": __("Enter the weeks of Ramadan here; schedules with Ramadan hours follow."),
	"Hari Libur": __("Propose the days from the national calendar, compare them with the decree, put them into force."),
	"Kegiatan Apel": __("Plan an event with its place and window; people punch Absen Apel then."),
	"Gangguan Layanan": __("Outages are proposed by the system or entered here; they excuse whom they cover."),
	"Segel Absensi": __("Punches are sealed every minute; nothing has been punched yet."),
	"Akar Harian": __("The root of a day is made in the night after it."),
	"Catatan Cuti Tahunan": __("Enter what was taken of the annual leave before this system was in use."),
	"Jenis Ketidakhadiran": __("The kinds come with the system; run the migration if none is here."),
	"Aturan Potongan": __("Enter the rule of the decree in force; without one nothing is deducted."),
	"Naskah Persetujuan": __("Write the consent text that everybody is asked to agree to."),
	"Persetujuan Data": __("Agreements stand here as soon as people have registered or used the PWA."),
	"Pemetaan OPD ERPNext": __("Needed only with ERPNext: which Company and Department an OPD is there."),
	"Sinkronisasi ERPNext": __("Needed only with ERPNext: every run is recorded here."),
	"Catatan ERPNext": __("Needed only with ERPNext: what could not be kept in step is told here."),
	"Dataset Satu Data": __("The datasets come with the system; run the migration if none is here."),
	"Penyusunan Dataset": __("Drafts are asked for by the system when every OPD has closed a month; the button asks for one now."),
	"Versi Dataset": __("A version appears here when every OPD has closed a month."),
	"Ekspor SIMPEGNAS": __("Choose a month and a form; the file is made in the background."),
});

const show_nothing = frappe.views.ListView.prototype.get_no_result_message;
frappe.views.ListView.prototype.get_no_result_message = function () {
	const text = spbe.desk.empty_texts()[this.doctype];
	const shown = show_nothing.call(this);
	if (!text || this.filter_area?.get().length) return shown;
	const box = $(shown);
	box.find("p").first().text(text);
	return box.prop("outerHTML");
};

/** What a place's state is called and looks like; never by colour alone. */
export const STATES = {
	aktif: { label: () => __("Active"), colour: "green", stroke: "#1a7f46" },
	sempit: { label: () => __("Fence Too Small"), colour: "orange", stroke: "#b45309", dash: "2 5" },
	sementara: { label: () => __("Temporary"), colour: "blue", stroke: "#1d5fd1", dash: "8 5" },
	belum: { label: () => __("Not Yet Valid"), colour: "yellow", stroke: "#8a6d00", dash: "8 5" },
	berakhir: { label: () => __("Expired"), colour: "red", stroke: "#b3261e", dash: "1 6" },
	nonaktif: { label: () => __("Inactive"), colour: "gray", stroke: "#5f6b70", dash: "1 6" },
};
export const ORDER = Object.keys(STATES);

/** Of a cluster: the state that needs somebody most. */
export const worst = (states) => ["sempit", "berakhir", "belum", "nonaktif", "sementara", "aktif"].find((state) => states.includes(state));

export function style_of(state, chosen = false) {
	const { stroke, dash } = STATES[state] || STATES.aktif;
	return { color: stroke, weight: chosen ? 4 : 2, dashArray: dash, fillColor: stroke, fillOpacity: chosen ? 0.3 : 0.14 };
}

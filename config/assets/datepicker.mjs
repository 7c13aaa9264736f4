// Frappe's Desk expects a date picker that knows seconds: upstream a fork of air-datepicker, which no registry has. The
// registry's version is given them here; a passage that is not there any more stops the build.
import { readFile } from "node:fs/promises";
import path from "node:path";

import { BuildError } from "./errors.mjs";

// passage, what takes its place, how often it stands there
const CHANGES = [
	["fullMinutes:  date.getMinutes() <", "seconds: date.getSeconds(),\nfullSeconds: String(date.getSeconds()).padStart(2, '0'),\nfullMinutes:  date.getMinutes() <", 1],
	["case /hh/.test(result):", "case /ss/.test(result):\nresult = replacer(result, boundary('ss'), d.fullSeconds);\ncase /hh/.test(result):", 1],
	["date.setMinutes(this.timepicker.minutes)", "date.setMinutes(this.timepicker.minutes), date.setSeconds(this.timepicker.seconds)", 2],
	["lastSelectedDate.setMinutes(this.timepicker.minutes);", "lastSelectedDate.setMinutes(this.timepicker.minutes);\nlastSelectedDate.setSeconds(this.timepicker.seconds);", 1],
	["this.focused.setMinutes(this.timepicker.minutes);", "this.focused.setMinutes(this.timepicker.minutes);\nthis.focused.setSeconds(this.timepicker.seconds);", 1],
	["_onTimeChange: function (e, h, m) {", "_onTimeChange: function (e, h, m, s) {", 1],
	["date.setMinutes(m);", "date.setMinutes(m);\ndate.setSeconds(s);", 1],
	["'   <span class=\"datepicker--time-current-minutes\">#{minValue}</span>' +", "'   <span class=\"datepicker--time-current-minutes\">#{minValue}</span>' +\n'   <span class=\"datepicker--time-current-colon\">:</span>' +\n'   <span class=\"datepicker--time-current-seconds\">#{secValue}</span>' +", 1],
	["step=\"#{minStep}\"/>' +", "step=\"#{minStep}\"/>' +\n'</div><div class=\"datepicker--time-row\"><input type=\"range\" name=\"seconds\" value=\"#{secValue}\" min=\"0\" max=\"59\" step=\"1\"/>' +", 1],
	["this.hours = _date.hours < this.minHours", "this.seconds = _date.seconds;\nthis.hours = _date.hours < this.minHours", 1],
	["minValue: lz(this.minutes)", "minValue: lz(this.minutes),\nsecValue: lz(this.seconds)", 1],
	["this.$minutes = $('[name=\"minutes\"]', this.$timepicker);", "this.$minutes = $('[name=\"minutes\"]', this.$timepicker);\nthis.$seconds = $('[name=\"seconds\"]', this.$timepicker);\nthis.$secondsText = $('.datepicker--time-current-seconds', this.$timepicker);", 1],
	["this.$minutesText.html(m);", "this.$minutesText.html(m);\nthis.$secondsText.html(dp.getLeadingZeroNum(this.seconds));", 1],
	["}).val(this.minutes)", "}).val(this.minutes);\nthis.$seconds.val(this.seconds)", 1],
	["'timeChange', [this.hours, this.minutes]", "'timeChange', [this.hours, this.minutes, this.seconds]", 1],
];

export function withSeconds(source) {
	return CHANGES.reduce((text, [passage, change, times]) => {
		const parts = text.split(passage);
		if (parts.length !== times + 1) throw new BuildError(`air-datepicker is not the version that is known: ${passage}`);
		return parts.join(change);
	}, source);
}

/** Whoever imports the picker, minified or not, gets the one with seconds. */
export function datepicker({ nodeModules }) {
	const file = path.join(nodeModules, "air-datepicker/dist/js/datepicker.js");
	return {
		name: "datepicker",
		setup(build) {
			build.onLoad({ filter: /air-datepicker\/dist\/js\/datepicker(\.min)?\.js$/ }, async () => ({
				contents: withSeconds(await readFile(file, "utf8")),
				loader: "js",
			}));
		},
	};
}

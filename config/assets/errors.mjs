/** A failure whose message is all that its reader needs. */
export class BuildError extends Error {}

/** One sentence for whatever went wrong; of several errors the first, as the others mostly follow from it. */
export function sentence(error) {
	const [first] = error.errors ?? [];
	if (!first) return error.message;
	const place = first.location ? ` (${first.location.file}:${first.location.line})` : "";
	const more = error.errors.length > 1 ? ` There are ${error.errors.length - 1} more errors.` : "";
	return `${first.text.split("\n")[0]}${place}.${more}`;
}

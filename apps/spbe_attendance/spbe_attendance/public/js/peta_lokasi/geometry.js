/** Drafts of places as plain data: nothing here draws. Polygons are [[ring, hole, …], …] of [latitude, longitude]. */
export const RADIUS = "Radius";
export const POLYGON = "Poligon";
const DECIMALS = 7;
const METRES = 111_195;

export const rounded = (number) => Number(Number(number).toFixed(DECIMALS));

export function polygons_of(area) {
	let document;
	try {
		document = JSON.parse(area || "{}");
	} catch {
		return [];
	}
	return geometries(document).flatMap(({ type, coordinates }) => {
		const parts = type === "Polygon" ? [coordinates] : type === "MultiPolygon" ? coordinates : [];
		// A ring is open here: its last point is its first.
		return parts.map((rings) => rings.map((ring) => ring.slice(0, -1).map(([lon, lat]) => [lat, lon])));
	});
}

function geometries(node) {
	if (!node) return [];
	if (node.features) return node.features.flatMap((feature) => geometries(feature.geometry));
	if (node.geometries) return node.geometries.flatMap(geometries);
	return node.geometry ? geometries(node.geometry) : [node];
}

export function area_of(polygons) {
	const features = polygons.map((rings) => ({
		type: "Feature",
		properties: {},
		geometry: {
			type: "Polygon",
			coordinates: rings.map((ring) => [...ring, ring[0]].map(([lat, lon]) => [rounded(lon), rounded(lat)])),
		},
	}));
	return JSON.stringify({ type: "FeatureCollection", features });
}

export const is_circle = (draft) => draft.jenis_area === RADIUS;
export const has_shape = (draft) =>
	is_circle(draft) ? Boolean(draft.radius && (draft.latitude || draft.longitude)) : polygons_of(draft.area).length > 0;

/** [south, west, north, east]; null without a shape. */
export function bounds_of(draft) {
	if (!has_shape(draft)) return null;
	if (is_circle(draft)) {
		const north = draft.radius / METRES;
		const east = north / Math.cos((draft.latitude * Math.PI) / 180);
		return [draft.latitude - north, draft.longitude - east, draft.latitude + north, draft.longitude + east];
	}
	const points = polygons_of(draft.area).flat(2);
	const lats = points.map(([lat]) => lat);
	const lons = points.map(([, lon]) => lon);
	return [Math.min(...lats), Math.min(...lons), Math.max(...lats), Math.max(...lons)];
}

export function centre_of(draft) {
	const bounds = bounds_of(draft);
	return bounds && [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2];
}

/** Metres from one side to the other, about. */
export function size_of(draft) {
	const bounds = bounds_of(draft);
	return bounds ? Math.max(bounds[2] - bounds[0], bounds[3] - bounds[1]) * METRES : 0;
}

export function moved(draft, north, east) {
	if (is_circle(draft)) {
		return { ...draft, latitude: rounded(draft.latitude + north), longitude: rounded(draft.longitude + east) };
	}
	const shift = ([lat, lon]) => [lat + north, lon + east];
	return { ...draft, area: area_of(polygons_of(draft.area).map((rings) => rings.map((ring) => ring.map(shift)))) };
}

/** ``north`` and ``east`` in metres. */
export function nudged(draft, north, east) {
	const [lat] = centre_of(draft);
	return moved(draft, north / METRES, east / METRES / Math.cos((lat * Math.PI) / 180));
}

/** The draft with one corner elsewhere (``point``), a new one before it (``insert``), or without it (no point). */
export function with_corner(draft, [polygon, ring, corner], point, insert = false) {
	const polygons = polygons_of(draft.area);
	const changed = polygons[polygon][ring];
	if (!point && changed.length <= 3) return draft;
	changed.splice(corner, insert ? 0 : 1, ...(point ? [point] : []));
	return { ...draft, area: area_of(polygons) };
}

/** A square of that many metres around a point, to pull into form. */
export function square_around([lat, lon], metres) {
	const north = metres / 2 / METRES;
	const east = north / Math.cos((lat * Math.PI) / 180);
	const ring = [[lat - north, lon - east], [lat - north, lon + east], [lat + north, lon + east], [lat + north, lon - east]];
	return [[ring]];
}

/**
 * Points that lie close together on the screen, in a grid of cells: [{members, at}] with ``at`` their mean.
 * ``points``: [{x, y, …}] in pixels.
 */
export function clustered(points, cell = 56) {
	const cells = new Map();
	for (const point of points) {
		const key = `${Math.floor(point.x / cell)}|${Math.floor(point.y / cell)}`;
		if (!cells.has(key)) cells.set(key, []);
		cells.get(key).push(point);
	}
	const mean = (list, axis) => list.reduce((sum, point) => sum + point[axis], 0) / list.length;
	return [...cells.values()].map((members) => ({ members, at: [mean(members, "x"), mean(members, "y")] }));
}

/** A step of a ruler: 1, 2 or 5 times a power of ten, the smallest of at least ``least``. */
export function round_step(least) {
	const power = 10 ** Math.floor(Math.log10(least));
	return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least * 0.999);
}

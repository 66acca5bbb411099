import type { SqlValue } from "../wire/toSql.ts";
import type { Side } from "./plan.ts";

/** The mean radius of the earth in metres (IUGG, in GRS 80: https://doi.org/10.1007/s001900050278). */
const RADIUS = 6_371_008.8;

/** What rounding may take away at an edge: a tenth of a millimetre. The distance itself decides there. */
const MARGIN = 1e-9;

const degrees = (radians: number): number => (radians * 180) / Math.PI;

/**
 * A side of the smallest box of latitudes and longitudes around a circle on the earth. A circle with a pole in it spans all longitudes.
 * Jan Philip Matuschek, "Finding Points Within a Distance of a Latitude/Longitude Using Bounding Coordinates" (2010).
 *
 * @param within metres
 * @returns degrees; null where something is null
 */
export function boxSide(side: Side, latitude: SqlValue, longitude: SqlValue, within: SqlValue): number | null {
  if (latitude === null || longitude === null || within === null) return null;
  const angle = Number(within) / RADIUS;
  const height = degrees(angle) + MARGIN;
  const [south, north] = [Number(latitude) - height, Number(latitude) + height];
  if (side === "south") return south;
  if (side === "north") return north;
  const holdsPole = south <= -90 || north >= 90;
  const parallel = Math.cos((Number(latitude) * Math.PI) / 180);
  const width = holdsPole ? 180 : degrees(Math.asin(Math.min(1, Math.sin(angle) / parallel))) + MARGIN;
  return side === "west" ? Number(longitude) - width : Number(longitude) + width;
}

import type { Side, Sql } from "../../runtime/server/plan.ts";
import type { CallOperand, Near } from "../ir/condition.ts";
import { callBind, operandSql } from "./operand.ts";
import { columnSql, type Scope } from "./scope.ts";
import { sequence } from "./sql.ts";

/** The mean diameter of the earth in metres (IUGG, in GRS 80: https://doi.org/10.1007/s001900050278). */
const DIAMETER = 2 * 6_371_008.8;

/** Whether the row's place is so near: first by a box, in which an index finds rows, then by the distance itself. */
export function nearSql(near: Near, scope: Scope): Sql {
  const [latitude, longitude] = near.of.map((column) => columnSql(column, scope));
  const box = { latitude: callBind(near.latitude), longitude: callBind(near.longitude), within: callBind(near.within) };
  const [south, north, west, east] = (["south", "north", "west", "east"] satisfies Side[]).map((side) => ({
    box,
    side,
  }));
  return sequence(
    `(${latitude} BETWEEN `,
    south!,
    " AND ",
    north!,
    // the second and third: what lies on the other side of the 180th meridian
    ` AND (${longitude} BETWEEN `,
    west!,
    " AND ",
    east!,
    ` OR ${longitude} >= `,
    west!,
    ` + 360 OR ${longitude} <= `,
    east!,
    " - 360) AND ",
    distanceSql(near, scope),
    " <= ",
    operandSql(near.within, scope),
    ")",
  );
}

/**
 * How far the row's place is, in metres on a sphere: the haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and
 * Telescope 68, 1984). Null where the row has no place.
 */
export function distanceSql({ latitude, longitude, of }: Near, scope: Scope): Sql {
  const [rowLatitude, rowLongitude] = of.map((column) => columnSql(column, scope));
  const half = (degrees: string, from: CallOperand): Sql =>
    sequence(`pow(sin(radians(${degrees} - `, operandSql(from, scope), ") / 2), 2)");
  return sequence(
    `${DIAMETER} * asin(min(1, sqrt(`,
    half(rowLatitude!, latitude),
    ` + cos(radians(${rowLatitude})) * cos(radians(`,
    operandSql(latitude, scope),
    ")) * ",
    half(rowLongitude!, longitude),
    ")))",
  );
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";

const app = appOf(`
tables:
  places:
    columns: { id: integer, latitude: number?, longitude: number? }
    indexes: [[latitude, longitude], [longitude]]
queries:
  near:
    args: { latitude: number?, longitude: number?, within: number }
    list: places
    select: [id]
    where: { near: { latitude: $args.latitude?, longitude: $args.longitude?, within: $args.within, of: [latitude, longitude] } }
    orderBy: [distance]
    limit: 1000
  far:
    args: { latitude: number, longitude: number, within: number }
    list: places
    select: [id]
    where: { not: { near: { latitude: $args.latitude, longitude: $args.longitude, within: $args.within, of: [latitude, longitude] } } }
    limit: 1000
  berlin:
    list: places
    select: [id]
    where: { near: { latitude: 52.52, longitude: 13.405, within: 300000, of: [latitude, longitude] } }
    orderBy: [-distance]
`);

const RADIUS = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The angle between two vectors, not the haversine formula: by another way to the same. */
function distance(latitude: number, longitude: number, other: { latitude: number; longitude: number }): number {
  const vector = (lat: number, lng: number): [number, number, number] => [
    Math.cos(radians(lat)) * Math.cos(radians(lng)),
    Math.cos(radians(lat)) * Math.sin(radians(lng)),
    Math.sin(radians(lat)),
  ];
  const [[a, b, c], [d, e, f]] = [vector(latitude, longitude), vector(other.latitude, other.longitude)];
  const cross = Math.hypot(b * f - c * e, c * d - a * f, a * e - b * d);
  return RADIUS * Math.atan2(cross, a * d + b * e + c * f);
}

const some = (...values: number[]) => fc.constantFrom(...values);
const latitudes = fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), some(-90, -89.999, 0, 52.5, 89.999, 90));
const longitudes = fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), some(-180, -179.99, 0, 13.4, 179.99, 180));
const metres = fc.oneof(fc.double({ min: 0, max: 21e6, noNaN: true }), some(0, 1, 100, 5000, 111_195, 10_007_557));

/** Somewhere near a place, so that edges are met: by degrees. */
const places = fc.array(
  fc.oneof(
    fc.record({ latitude: latitudes, longitude: longitudes }),
    fc.record({ latitude: some(52.5, 52.51, 52.6, 89.99, -89.9), longitude: some(13.4, 13.41, 179.99, -179.99, 180) }),
  ),
  { maxLength: 12 },
);

describe("near", () => {
  test("finds what lies within so many metres, nearest first, across the date line and at the poles", async () => {
    const memory = new Memory(app);
    let found = 0;
    const property = fc.asyncProperty(
      places,
      latitudes,
      longitudes,
      metres,
      async (rows, latitude, longitude, within) => {
        memory.sqlite.exec("DELETE FROM places");
        const numbered = rows.map((row, id) => ({ id, ...row, metres: distance(latitude, longitude, row) }));
        // the two ways differ by rounding: less than a millimetre, but for a point on the other side of the earth
        const isClear = numbered.every((row) => Math.abs(row.metres - within) > 0.5);
        fc.pre(isClear);
        memory.fill(
          "places",
          numbered.map(({ metres: _, ...row }) => row),
        );
        memory.fill("places", [{ id: 1000, latitude: null, longitude: 0 }]);
        const args = { latitude, longitude, within };
        const ids = (answer: { id: number }[]): number[] => answer.map(({ id }) => id);
        const expected = numbered.filter((row) => row.metres <= within);
        const near = ids(await memory.call(app.operations.get("near")!, args));
        expect(near.toSorted((a, b) => a - b)).toEqual(ids(expected));
        const lengths = near.map((id) => numbered[id]!.metres);
        for (const [at, length] of lengths.entries())
          if (at > 0) expect(length).toBeGreaterThan(lengths[at - 1]! - 0.5);
        const far = ids(await memory.call(app.operations.get("far")!, args));
        expect(far).toEqual([...numbered.filter((row) => row.metres > within), { id: 1000 }].map(({ id }) => id));
        found += near.length;
      },
    );
    await fc.assert(property, { numRuns: 1500 });
    expect(found).toBeGreaterThan(500);
  }, 60_000);

  test("a place at the very edge and the very same place are within", async () => {
    const memory = new Memory(app);
    memory.fill("places", [{ id: 1, latitude: 52.5, longitude: 13.4 }]);
    const near = (args: object) => memory.call(app.operations.get("near")!, args as never);
    expect(await near({ latitude: 52.5, longitude: 13.4, within: 0 })).toEqual([{ id: 1 }]);
    const north = (RADIUS * Math.PI) / 180;
    expect(await near({ latitude: 51.5, longitude: 13.4, within: north + 1e-6 })).toEqual([{ id: 1 }]);
    expect(await near({ latitude: 51.5, longitude: 13.4, within: north - 1e-3 })).toEqual([]);
  });

  test("is absent with any of its optional arguments, and so is its order; null is no place", async () => {
    const memory = new Memory(app);
    memory.fill("places", [{ id: 1, latitude: 1, longitude: 1 }, { id: 2, latitude: 0, longitude: 0 }, { id: 3 }]);
    const near = (args: object) => memory.call(app.operations.get("near")!, args as never);
    expect(await near({ latitude: 0, within: 10 })).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect(await near({ latitude: 0, longitude: 0, within: 1e6 })).toEqual([{ id: 2 }, { id: 1 }]);
    expect(await near({ latitude: null, longitude: 0, within: 1e6 })).toEqual([]);
  });

  test("known in numbers: Berlin, Hamburg, Leipzig and Munich", async () => {
    const memory = new Memory(app);
    memory.fill("places", [
      { id: 1, latitude: 52.52, longitude: 13.405 },
      { id: 2, latitude: 53.5511, longitude: 9.9937 },
      { id: 3, latitude: 51.3397, longitude: 12.3731 },
      { id: 4, latitude: 48.1351, longitude: 11.582 },
    ]);
    expect(await memory.call(app.operations.get("berlin")!)).toEqual([{ id: 2 }, { id: 3 }, { id: 1 }]);
  });

  test("finds rows by an index of the latitude, or of the longitude alone", async () => {
    const memory = new Memory(app);
    const rows = Array.from({ length: 5000 }, (_, id) => {
      return { id, latitude: ((id * 37) % 1800) / 10 - 90, longitude: ((id * 101) % 3600) / 10 - 180 };
    });
    memory.fill("places", rows);
    const args = { latitude: 52.5, longitude: 13.4, within: 5000 };
    await memory.call(app.operations.get("near")!, args);
    expect(memory.lastPlan().join()).toMatch(/SEARCH t0 USING .*INDEX places_latitude_longitude_index \(latitude>/);
    memory.sqlite.exec("DROP INDEX places_latitude_longitude_index");
    await memory.call(app.operations.get("near")!, args);
    expect(memory.lastPlan().join()).toMatch(
      /MULTI-INDEX OR.*INDEX places_longitude_index \(longitude>\? AND longitude</,
    );
  });
});

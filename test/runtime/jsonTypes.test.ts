import { describe, expectTypeOf, test } from "vitest";
import type { Where } from "../../runtime/server/main.ts";
import type { JsonValue } from "../../runtime/wire/jsonValue.ts";

interface Tables {
  places: {
    row: {
      id: number;
      tags: string[] | null;
      rooms: { beds: number; name?: string | null; openedAt: Date }[];
      settings: { open: boolean; guests?: number | null; address: { city: string } | null } | null;
      data: JsonValue;
    };
    insert: { id: number };
    relations: Record<never, never>;
  };
}

type Condition = Where<Tables, "places">;

/** Only its type counts. */
const condition = (_: Condition): void => undefined;

describe("conditions over JSON", () => {
  test("ask what lists and objects hold", () => {
    condition({ tags: { includes: ["a"], includesAny: ["b"], length: { gt: 1 }, none: { startsWith: "c" } } });
    condition({ tags: null, settings: null, data: { isNull: true } });
    condition({
      rooms: { some: { beds: { gte: 2, lt: { column: "id" } }, name: null, openedAt: { lt: new Date() } }, length: 3 },
    });
    condition({ settings: { open: true, guests: { gt: 2 }, address: { city: { contains: "o" } } } });
    condition({ settings: [{ open: true }, { address: null }] });
    expectTypeOf<{ settings: { open: boolean } }>().toExtend<Condition>();
  });

  test("refuse what is not there, and what lists and objects are not", () => {
    // @ts-expect-error an element is a text
    condition({ tags: { includes: [5] } });
    // @ts-expect-error a list is not compared as a whole
    condition({ tags: { eq: ["a"] } });
    // @ts-expect-error there is no such property
    condition({ rooms: { some: { bed: 2 } } });
    // @ts-expect-error a number has no prefix
    condition({ settings: { guests: { startsWith: "2" } } });
    // @ts-expect-error nothing is known of any JSON
    condition({ data: { length: 5 } });
  });
});

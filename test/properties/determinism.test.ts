import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { compile } from "../../compiler/compile.ts";
import { specFolder } from "../conformance/scenario.ts";

const specs = ["minimal", "taskboard", "library", "places", "kitchen-sink", "hostile-names", "workspace"];

type Files = ReadonlyMap<string, string>;
type Map_ = { readonly [key: string]: unknown };

/** All that is made of a manifest in memory, before anything else exists. */
function generate(read: (path: string) => Uint8Array | undefined): Files {
  const context = { existing: () => undefined, migrations: [], fromManifest: "generated", toManifest: ".." };
  const { generated, diagnostics } = compile("appflare.yaml", read, context);
  if (!generated) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return new Map(generated.map(({ path, contents }) => [path, contents]));
}

function isMap(value: unknown): value is Map_ {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSteps(operation: unknown): boolean {
  return isMap(operation) && "steps" in operation;
}

/** A manifest whose closed maps (those with the language's own keys) have them in another order; maps of names stay as they are. */
class Shuffler {
  readonly #order: (key: string) => number;

  constructor(seed: number) {
    this.#order = (key) =>
      [...key].reduce((hash, letter) => Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193), seed) >>> 0;
  }

  manifest(document: Map_): Map_ {
    return this.#closed(document, {
      tables: (tables) => this.#each(tables, (table) => this.#table(table)),
      queries: (queries) => this.#each(queries, (operation) => this.#operation(operation)),
      mutations: (mutations) => this.#each(mutations, (operation) => this.#operation(operation)),
      types: (types) => this.#each(types, (type) => this.#type(type)),
      database: (settings) => this.#closed(settings),
      worker: (settings) => this.#closed(settings),
    });
  }

  #table(table: unknown): unknown {
    return this.#closed(table, {
      columns: (columns) => this.#each(columns, (column) => this.#type(column)),
      relations: (relations) => this.#each(relations, (relation) => this.#closed(relation)),
      indexes: (indexes) => (indexes as readonly unknown[]).map((index) => this.#closed(index)),
    });
  }

  #operation(operation: unknown): unknown {
    return this.#closed(operation, {
      args: (args) => this.#each(args, (type) => this.#type(type)),
      with: (relations) => this.#each(relations, (nested) => this.#operation(nested)),
      errors: (errors) => this.#each(errors, (error) => this.#closed(error)),
      // of steps they are the steps' names
      returns: (returns) => (isMap(returns) && !isSteps(operation) ? this.#type(returns) : returns),
      size: (size) => this.#closed(size),
    });
  }

  #type(type: unknown): unknown {
    return this.#closed(type, {
      items: (items) => this.#type(items),
      properties: (properties) => this.#each(properties, (property) => this.#type(property)),
    });
  }

  #closed(map: unknown, inner: { readonly [key: string]: (value: unknown) => unknown } = {}): Map_ {
    if (!isMap(map)) return map as Map_;
    const entries = Object.entries(map).sort(([left], [right]) => this.#order(left) - this.#order(right));
    return Object.fromEntries(entries.map(([key, value]) => [key, inner[key]?.(value) ?? value]));
  }

  #each(map: unknown, change: (value: unknown) => unknown): unknown {
    return isMap(map) ? Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)])) : map;
  }
}

describe.each(specs)("%s", (spec) => {
  const read = (path: string) => readFileSync(join(specFolder(spec), path));

  test("the same manifest makes the same bytes", () => {
    expect([...generate(read)]).toEqual([...generate(read)]);
  });

  test("the order of the language's own keys means nothing", () => {
    const plain = generate(read);
    const shuffled = (seed: number) =>
      generate((path) => {
        if (!path.endsWith(".yaml")) return read(path); // a handler's module, which has to be there
        return Buffer.from(JSON.stringify(new Shuffler(seed).manifest(parse(read(path).toString()) as Map_)));
      });
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect([...shuffled(seed)]).toEqual([...plain]);
      }),
      { numRuns: 5 },
    );
  });

  test("line breaks of another system mean nothing", () => {
    const windows = generate((path) => Buffer.from(`\ufeff${read(path).toString().replaceAll("\n", "\r\n")}`));
    expect([...windows]).toEqual([...generate(read)]);
  });
});

import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { didYouMean } from "../../diagnostics/didYouMean.ts";
import type { App } from "../../ir/app.ts";
import type { Operation } from "../../ir/operation.ts";
import { type Report, reportInto } from "../../ir/report.ts";
import { decode } from "../../manifest/decode.ts";
import { isMap } from "../../manifest/document.ts";
import { parse } from "../../manifest/parse.ts";
import { Place } from "../../manifest/place.ts";
import { describe } from "../../manifest/words.ts";
import { readRow, readTables, type SeedRow } from "../seedRows.ts";
import type { ErrorExpectation, Expectation } from "./outcome.ts";
import { signedIn } from "./signedIn.ts";

/*
 * The format of `appflare.test.yaml`.
 *
 *   users:                            who calls: name → fields of the row of `users`; the name is the id, unless `id` says another
 *     ann: { role: admin }
 *   rows:                             what is there at the start of each test, as in a seed file
 *     notes: [{ id: 1, ownerId: ann }]
 *   tests:
 *     - name: what is shown
 *       as: ann                       or nobody, which is so where nothing is said
 *       call: notes/list
 *       args: {}
 *       expect: [{ id: 1, $rest: $any }]        `match.ts` has what may stand here
 *     - name: several calls, one after another
 *       steps: [{ as, call, args, expect }, { as, call, args, error: { code: forbidden, rule: notes.update } }]
 */

/** A file of tests, found right. */
export interface TestFile {
  /** what is there at the start of each test: the users, their sessions, and `rows` */
  readonly rows: readonly SeedRow[];
  /** what calls as a user, by their names */
  readonly tokens: ReadonlyMap<string, string>;
  readonly tests: readonly Test[];
}

export interface Test {
  readonly name: string;
  readonly calls: readonly TestCall[];
  readonly place: Place;
}

export interface TestCall {
  /** the name of the caller, and what calls as them; absent: nobody is signed in */
  readonly caller?: { readonly name: string; readonly token: string };
  readonly operation: Operation;
  readonly args: { readonly [name: string]: unknown };
  readonly expected: Expectation;
  readonly place: Place;
}

type Entries = { readonly [key: string]: unknown };

/**
 * Reads a file of tests, in YAML or JSON.
 *
 * @param path how messages name the file
 */
export function readTestFile(
  app: App,
  path: string,
  bytes: Uint8Array,
): { file: TestFile; diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const decoded = decode(path, bytes);
  diagnostics.push(...decoded.diagnostics);
  const parsed = decoded.source && parse(decoded.source);
  diagnostics.push(...(parsed?.diagnostics ?? []));
  if (!parsed?.document) return { file: { rows: [], tokens: new Map(), tests: [] }, diagnostics };
  const file = new Reader(app, reportInto(diagnostics)).file(parsed.document.value, Place.root(parsed.document));
  return { file, diagnostics };
}

class Reader {
  readonly #app: App;
  readonly #report: Report;
  /** what calls as whom */
  readonly #tokens = new Map<string, string>();

  constructor(app: App, report: Report) {
    this.#app = app;
    this.#report = report;
  }

  file(value: Entries, place: Place): TestFile {
    this.#known(value, ["users", "rows", "tests"], "a file of tests", place);
    const users = this.#users(this.#map(value, "users", place), place.at("users"));
    const rows = readTables(this.#app, this.#map(value, "rows", place), place.at("rows"), this.#report);
    const tests = this.#list(value, "tests", place).flatMap((test, index) =>
      this.#test(test, place.at("tests").at(index)),
    );
    return { rows: [...users, ...rows], tokens: this.#tokens, tests };
  }

  #users(users: Entries, place: Place): SeedRow[] {
    const { auth } = this.#app;
    const names = Object.keys(users);
    if (names.length === 0) return [];
    if (!auth) return this.#report("test/no-auth", place, [], { at: "key" }) ?? [];
    if (Object.hasOwn(users, "nobody")) this.#report("test/nobody", place.at("nobody"), [], { at: "key" });
    return names.flatMap((name) => {
      const { user, session, token } = signedIn(name, users[name] === null ? {} : this.#map(users, name, place));
      this.#tokens.set(name, token);
      const at = place.at(name);
      const { users: table, sessions } = auth.tables;
      return [readRow(table, user, at, this.#report), readRow(sessions, session, at, this.#report)];
    });
  }

  #test(value: unknown, place: Place): Test[] {
    if (!isMap(value)) return this.#report("shape/type", place, ["a map", describe(value)]) ?? [];
    const name = this.#text(value, "name", "a test", place);
    if (name === undefined) return [];
    if (!Object.hasOwn(value, "steps")) return [{ name, calls: this.#call(value, ["name"], place), place }];
    this.#known(value, ["name", "steps"], "a test of several steps", place);
    const steps = this.#list(value, "steps", place);
    const calls = steps.flatMap((step, index) => {
      const at = place.at("steps").at(index);
      if (isMap(step)) return this.#call(step, [], at);
      return this.#report("shape/type", at, ["a map", describe(step)]) ?? [];
    });
    return [{ name, calls, place }];
  }

  #call(value: Entries, besides: readonly string[], place: Place): TestCall[] {
    this.#known(value, [...besides, "as", "call", "args", "expect", "error"], "a call", place);
    const operation = this.#operation(value, place);
    const caller = this.#caller(value, place);
    const args = this.#map(value, "args", place);
    const expected = this.#expectation(value, place);
    if (!operation || !expected) return [];
    return [{ ...(caller && { caller }), operation, args, expected, place }];
  }

  #operation(value: Entries, place: Place): Operation | undefined {
    const name = this.#text(value, "call", "a call", place);
    if (name === undefined) return undefined;
    const { operations } = this.#app;
    const suggest = [name, operations.keys()] as const;
    return operations.get(name) ?? this.#report("test/unknown-operation", place.at("call"), [name], { suggest });
  }

  #caller(value: Entries, place: Place): TestCall["caller"] {
    const name = value.as ?? "nobody";
    if (name === "nobody") return undefined;
    const token = typeof name === "string" ? this.#tokens.get(name) : undefined;
    if (token !== undefined) return { name: name as string, token };
    const suggest = [String(name), ["nobody", ...this.#tokens.keys()]] as const;
    return this.#report("test/unknown-user", place.at("as"), [String(name)], { suggest });
  }

  #expectation(value: Entries, place: Place): Expectation | undefined {
    const isAnswered = Object.hasOwn(value, "expect");
    if (isAnswered === Object.hasOwn(value, "error"))
      return this.#report("test/expectation", place, [isAnswered ? "both" : "none of them"]);
    if (isAnswered) return { result: value.expect };
    const { error } = value;
    if (typeof error === "string") return { error: { code: error } };
    if (!isMap(error)) return this.#report("shape/type", place.at("error"), ["text or a map", describe(error)]);
    this.#known(error, ["code", "status", "rule", "message", "details", "paths"], "an error", place.at("error"));
    if (this.#text(error, "code", "an error", place.at("error")) === undefined) return undefined;
    return { error: error as unknown as ErrorExpectation };
  }

  #known(value: Entries, keys: readonly string[], where: string, place: Place): void {
    for (const key of Object.keys(value)) {
      if (keys.includes(key)) continue;
      this.#report("shape/unknown-key", place.at(key), [key, where], { at: "key", hint: didYouMean(key, keys) });
    }
  }

  #text(value: Entries, key: string, where: string, place: Place): string | undefined {
    const text = value[key];
    if (text === undefined) return this.#report("shape/missing-key", place, [key, where]);
    return typeof text === "string" ? text : this.#report("shape/type", place.at(key), ["text", describe(text)]);
  }

  #map(value: Entries, key: string, place: Place): Entries {
    const map = value[key] ?? {};
    return isMap(map) ? map : (this.#report("shape/type", place.at(key), ["a map", describe(map)]) ?? {});
  }

  #list(value: Entries, key: string, place: Place): readonly unknown[] {
    const list = value[key];
    if (list === undefined) return this.#report("shape/missing-key", place, [key, "a file of tests"]) ?? [];
    return Array.isArray(list) ? list : (this.#report("shape/type", place.at(key), ["a list", describe(list)]) ?? []);
  }
}

import type { OperationManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import type { OperationArguments } from "./arguments.ts";
import type { Lowering } from "./draft.ts";
import type { Body } from "./operation.ts";
import { within } from "./sqlPlaces.ts";
import { type SqlToken, tokens } from "./sqlText.ts";
import type { Statement, StatementArgument } from "./statement.ts";
import type { Type, Value } from "./type.ts";
import { lowerType } from "./types.ts";

/** `sql:` of an operation: its arguments are found, and that it is one statement. What it means is SQLite's to say. */
export function lowerStatement(
  lowering: Lowering,
  manifest: OperationManifest,
  written: string,
  place: Place,
  args: OperationArguments,
): Body | undefined {
  const text = lowerText(written, place.at("sql"), lowering, args);
  if (manifest.returns === undefined) return text && { kind: "sql", text };
  const returns = lowerType(lowering, manifest.returns as string, place.at("returns"));
  return text && returns && { kind: "sql", text, returns: { type: answer(returns.type), nullable: returns.nullable } };
}

/** A row of a statement has every column: what `?` means there is null, and never absent. */
function answer(type: Type): Type {
  if (type.kind === "array") return { ...type, items: { ...type.items, type: row(type.items.type) } };
  return row(type);
}

function row(type: Type): Type {
  if (type.kind !== "object") return type;
  const columns = Array.from(type.properties, ([name, of]) => [name, { ...of, optional: false }] as const);
  return { ...type, properties: new Map(columns) };
}

/** A token and where it starts in its text. */
interface Placed {
  readonly token: SqlToken;
  readonly at: number;
}

/** The tokens of a text with their offsets. */
export function placedTokens(sql: string): readonly Placed[] {
  let end = 0;
  return tokens(sql).map((token) => {
    const at = end;
    end += token.text.length;
    return { token, at };
  });
}

function lowerText(
  written: string,
  place: Place,
  { report }: Lowering,
  args: OperationArguments,
): Statement | undefined {
  const sql = written.trimEnd();
  const all = placedTokens(sql);
  const last = all.findLastIndex(({ token }) => token.kind !== "space" && token.text !== ";");
  if (last < 0) return report("sql/syntax", place, [""]);
  const parts: (string | StatementArgument)[] = [];
  let isWhole = true;
  for (const { token, at } of all.slice(0, last + 1)) {
    const here = (from = 0) => within(place, sql, at + from, at + token.text.length);
    if (token.kind === "parameter") {
      const argument = lowerArgument(token.text.slice(1).split("."), here(1), report, args);
      if (argument?.of.type.kind === "array" && isWholeOfIn(parts)) reportList(argument, here(), parts, report);
      if (argument) parts.push(argument);
      else isWhole = false;
    } else if (token.kind === "bad") {
      if (token.text === ";") return report("sql/many-statements", here(), []);
      if (/^[?@$:]$/.test(token.text)) return report("sql/parameter", here(), [token.text]);
      return report("sql/syntax", here(), [token.text]);
    } else parts.push(token.text);
  }
  return isWhole ? merged(parts) : undefined;
}

/** Whether what comes next is compared by IN. */
const isWholeOfIn = (parts: Statement): boolean => /\bin\s*\(?\s*$/i.test(textOf(parts));

const textOf = (parts: Statement): string => parts.map((part) => (typeof part === "string" ? part : "?")).join("");

function reportList({ path }: StatementArgument, place: Place, parts: Statement, report: Lowering["report"]): void {
  const name = path.join(".");
  const items = `SELECT value FROM json_each(:${name})`;
  const rewrite = textOf(parts).trimEnd().endsWith("(") ? items : `(${items})`;
  report("sql/list-parameter", place, [name], { hint: `Write \`${rewrite}\`.`, rewrite });
}

/** Neighbouring texts as one. */
function merged(parts: Statement): Statement {
  const whole: (string | StatementArgument)[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (typeof part === "string" && typeof last === "string") whole[whole.length - 1] = last + part;
    else whole.push(part);
  }
  return whole;
}

/** What `:name.property` stands for. One that may be absent is null then: in SQL there is nothing to leave out. */
function lowerArgument(
  path: readonly string[],
  place: Place,
  report: Lowering["report"],
  args: OperationArguments,
): StatementArgument | undefined {
  const [name, ...properties] = path as readonly [string, ...string[]];
  if (!args.declared.has(name))
    return report("reference/unknown-argument", place, [name], { suggest: [name, args.declared.keys()] });
  args.use(path);
  const argument = args.declared.get(name);
  let of: Value | undefined = argument;
  for (const property of properties) {
    if (!of) return undefined;
    const known: ReadonlyMap<string, Value> = of.type.kind === "object" ? of.type.properties : new Map();
    if (!known.has(property)) return report("reference/unknown-property", place, [`:${path.join(".")}`, property]);
    of = known.get(property);
  }
  return of && { path, of: { type: of.type, nullable: of.nullable } };
}

import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { correction } from "../diagnostics/didYouMean.ts";
import { change, listing, quoting, replacement } from "../diagnostics/fix.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { isMap } from "./document.ts";
import { nativePath } from "./foreignPaths.ts";
import { nativeType } from "./foreignTypes.ts";
import { familyAt } from "./kinds.ts";
import type { Mistake } from "./mistake.ts";
import { isName, renamed } from "./naming.ts";
import type { Place } from "./place.ts";
import { describe, either, expectedType, inline, quoted, shortened } from "./words.ts";

type Extras = NonNullable<Parameters<typeof diagnostic>[3]>;

/** A value of a wrong type. */
export function explainType({ schema, value, place }: Mistake): Diagnostic {
  const span = place.span;
  const types = [schema.type].flat();
  return diagnostic("shape/type", span, [expectedType(schema), describe(value)], extras());

  function extras(): Extras {
    const isScalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    if (place.key === "orderBy" && typeof value === "string" && ordered(value)) return rewritten(`[${ordered(value)}]`);
    if (place.key === "orderBy" && isMap(value))
      return rewritten(inline(Object.entries(value).map(([name, way]) => ordered(`${name} ${way}`) ?? name)));
    if (isRateLimit(place, value)) return { hint: rateLimit };
    if (value === "*")
      return types.includes("array") && place.key !== "origins"
        ? { hint: `Without "${place.key}" it is every column.` }
        : example();
    if (schema.title === measured && isEveryRow(value, place)) return rewritten("all");
    if (typeof value === "string" && types.includes("array") && !types.includes("string"))
      return { fix: listing(span) };
    if (typeof value === "string" && schema.type === "boolean" && isBoolean(value)) return rewritten(boolean(value));
    if (isScalar && schema.type === "string" && schema.pattern === undefined) return { fix: quoting(span) };
    if (typeof value === "string" && place.key === "after") return rewritten(`{ run: ${value} }`);
    if (typeof value === "string" && familyAt(place.path)?.noun === "relation") return rewritten(`{ one: ${value} }`);
    return example();
  }

  function rewritten(text: string): Extras {
    return { hint: `Write \`${text}\`.`, fix: change(span, text) };
  }

  /** A list or a map is best shown. */
  function example(): Extras {
    const examples = (schema.examples ?? []).filter((some) => typeof some === "object");
    const fitting = examples.find((some) => types.includes(Array.isArray(some) ? "array" : "object"));
    return fitting === undefined || value === null ? {} : { hint: `Write it like \`${inline(fitting)}\`.` };
  }
}

const measured = "what is measured";

const rateLimit = 'How often one caller may call it is said by "rateLimit".';

/** A name or a map where the most rows of a list stand. */
const isRateLimit = ({ key }: Place, value: unknown): boolean =>
  key === "limit" && (isMap(value) || (typeof value === "string" && /^[a-z]\w*$/i.test(value)));

/** `*`, `1` and `true`, as rows are counted elsewhere. */
const isEveryRow = (value: unknown, { key }: Place): boolean =>
  key === "count" && (value === "*" || value === 1 || value === true);

const isBoolean = (text: string): boolean => /^(true|false|yes|no|on|off)$/i.test(text);
const boolean = (text: string): string => String(/^(true|yes|on)$/i.test(text));

/** `createdAt desc` as it is written here: `-createdAt`. Undefined where the text says no direction. */
function ordered(text: string): string | undefined {
  const [, name, way] = /^\s*(\w+)\s+(asc|desc)\w*\s*$/i.exec(text) ?? [];
  return name && (way!.toLowerCase() === "desc" ? `-${name}` : name);
}

/** How many rows there must be, in other words: "one" is near to "none", and means the opposite. */
const existence: ReadonlyMap<string, string> = new Map([
  ...["one", "any", "many", "exists", "present", "found"].map((word) => [word, "some"] as const),
  ...["no", "zero", "empty", "absent", "missing"].map((word) => [word, "none"] as const),
]);

/** A value that is not one of those that are allowed. */
export function explainChoice(
  allowed: readonly unknown[],
  { value: written, place, propertyName }: Mistake,
): Diagnostic {
  const value = propertyName ?? written;
  const span = propertyName === undefined ? place.span : place.at(propertyName).keySpan;
  const parameters = [either(quoted(allowed)), describe(value)] as const;
  if (typeof value === "string" && allowed.some((choice) => typeof choice !== "string" && String(choice) === value))
    return diagnostic("shape/value", span, [...parameters], {
      hint: "Write it without quotes.",
      fix: change(span, value),
    });
  const meant = place.key === "is" && typeof value === "string" ? existence.get(value.toLowerCase()) : undefined;
  if (meant)
    return diagnostic("shape/value", span, [...parameters], { hint: `Write ${meant}.`, fix: change(span, meant) });
  const names = allowed.filter((choice) => typeof choice === "string");
  return diagnostic(
    "shape/value",
    span,
    [...parameters],
    typeof value === "string" ? correction(span, value, names) : {},
  );
}

/** A text, a name or a number in quotes that does not look as it should. */
export function explainText({ schema, value, place, propertyName }: Mistake): Diagnostic {
  const text = propertyName ?? String(value);
  const span = propertyName === undefined ? place.span : place.at(propertyName).keySpan;
  const title = schema.title ?? "what belongs here";
  if (isName(title)) {
    const path = nativePath(text, propertyName !== undefined, place);
    if (path !== undefined) return diagnostic("shape/name", span, [shortened(text), title], { hint: path });
    const name = renamed(text, title);
    const isBetter = name !== undefined && new RegExp(schema.pattern!).test(name);
    const hint = `${schema.description ?? ""}${isBetter ? ` Call it "${name}".` : ""}`.trim();
    return diagnostic(
      "shape/name",
      span,
      [shortened(text), title],
      isBetter ? { hint, fix: replacement(span, name) } : { hint },
    );
  }
  return diagnostic("shape/text", span, [shortened(text), title], extras());

  function extras(): Extras {
    const every = title === measured && isEveryRow(value, place) ? "all" : undefined;
    const better = every ?? (title === "a type" ? longType(text) : otherText(text, title));
    const isInPlace = title !== "a type" || place.key !== "type";
    if (better !== undefined) return { hint: `Write \`${better}\`.`, ...(isInPlace && { fix: change(span, better) }) };
    const example = schema.examples?.find((choice) => typeof choice === "string");
    const other = isRateLimit(place, text) ? ` ${rateLimit}` : "";
    return example ? { hint: `Write it like \`${example}\`.${other}` } : {};
  }
}

/** `varchar(80)` and `string[]` in full. */
function longType(text: string): string | undefined {
  const [, item] = /^(\w+\??)\[\]$/.exec(text) ?? /^(?:array|list)<(\w+\??)>$/i.exec(text) ?? [];
  if (item) return `{ type: array, items: ${nativeType(item) ?? item} }`;
  const [, name = "", size, scale] = /^(\w+)\((\d+)(?:, *(\d+))?\)$/.exec(text) ?? [];
  const type = nativeType(name) ?? name;
  if (type === "decimal" && size !== undefined) return `{ type: decimal, scale: ${scale ?? 0} }`;
  return type === "string" ? `{ type: string, maxLength: ${size} }` : undefined;
}

function otherText(text: string, title: string): string | undefined {
  if (title === "what `each` goes over") {
    if (/^args\.\w/.test(text)) return `$${text}`;
    return /^[a-z]\w*$/.test(text) ? `{ list: ${text} }` : undefined;
  }
  if (title === "a number or a reference") return /^\d+$/.test(text) ? text : undefined;
  if (title === "a column to order by") return ordered(text);
  if (title === "an origin") return /^([a-z][a-z0-9+.-]*:\/\/[^/\s?#]+)[/?#]/.exec(text)?.[1];
  if (title !== "a name of a backend") return undefined;
  const name = text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  return name === "" ? undefined : name.slice(0, 63);
}

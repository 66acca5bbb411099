import type { Place } from "../manifest/place.ts";
import type { RuleManifest, RulesManifest, VerbRulesManifest } from "../manifest/ruleManifest.ts";
import type { Condition } from "./condition.ts";
import { lowerCondition } from "./conditions.ts";
import { isMap } from "./constants.ts";
import { type BodyContext, ruleScope, thenScope } from "./context.ts";
import type { Lowering, TableDraft } from "./draft.ts";
import { nativeRuleWord } from "./foreignRules.ts";
import { lowerRuleColumns } from "./ruleColumns.ts";
import { checkRuleRings } from "./ruleRings.ts";
import { isReference, type Scope } from "./scopes.ts";
import type { Rule, Rules, RuleVerb, VerbRules } from "./table.ts";
import { lowerText } from "./texts.ts";

type Names = Pick<Rule, "name" | "place">;
type MakeRule = (written: RuleManifest, names: Names, verb: RuleVerb) => Rule;

/** The names of a table's rules, so that conditions may speak of what the rules of another table allow before these are lowered. */
export function declareRules(written: RulesManifest, place: Place): Rules {
  return rulesOf(written, place, (_, names) => names);
}

/** Lowers the rules of every table. Where some ask one another in a ring they keep their names alone: who follows them comes to an end. */
export function lowerRules(lowering: Lowering, context: BodyContext): void {
  const ruled = [...lowering.unfinished.values()].flatMap(({ table, manifest: { rules } }) =>
    rules ? [{ table, rules, place: table.place.at("rules") }] : [],
  );
  for (const { table, rules, place } of ruled)
    table.rules = rulesOf(rules, place, (written, names, verb) => lowerRule(written, names, verb, table, context));
  if (!checkRuleRings(lowering)) for (const { table, rules, place } of ruled) table.rules = declareRules(rules, place);
}

function rulesOf({ deny = {}, ...grants }: RulesManifest, place: Place, make: MakeRule): Rules {
  const named = (rules: VerbRulesManifest, at: Place, verb: RuleVerb): readonly Rule[] =>
    Object.entries(rules[verb] ?? {}).map(([name, written]) =>
      make(written, { name, place: at.at(verb).at(name) }, verb),
    );
  const of = (verb: RuleVerb): VerbRules => ({
    grants: named(grants, place, verb),
    denials: named(deny, place.at("deny"), verb),
  });
  return { read: of("read"), create: of("create"), update: of("update"), delete: of("delete") };
}

/** A rule whose parts are wrong keeps its name: nobody is told of it again. */
function lowerRule(
  written: RuleManifest,
  { name, place }: Names,
  verb: RuleVerb,
  table: TableDraft,
  context: BodyContext,
): Rule {
  const condition = (value: unknown, at: Place, scope: Scope): Condition | undefined => {
    const lowered = lowerCondition(value, table, at, scope, context);
    return typeof lowered === "object" ? lowered : undefined;
  };
  if (saysForeignWord(written, verb, table, place, context)) return { name, place };
  if (isOfTable(name, table) && !isMap(written) && isValue(written, context)) {
    const hint = `Name it: \`${verb}: { own: { ${name}: ${String(written)} } }\`.`;
    context.report("rule/no-name", place, [name], { at: "key", hint });
    return { name, place };
  }
  if (!isLongForm(written, table)) {
    const when = condition(written, place, ruleScope);
    return { name, ...(when && { when }), place };
  }
  for (const key of Object.keys(written)) checkKey(key, verb, place, context);
  const { when, then, columns, message } = written;
  const parts = {
    when: when === undefined ? undefined : condition(when, place.at("when"), ruleScope),
    then: then === undefined || verb !== "update" ? undefined : condition(then, place.at("then"), thenScope(table)),
    columns:
      columns === undefined || verb !== "update"
        ? undefined
        : lowerRuleColumns(columns, table, place.at("columns"), context),
    message: message === undefined ? undefined : lowerMessage(message, place.at("message"), context),
  };
  const there = Object.entries(parts).filter(([, value]) => value !== undefined);
  return { name, ...Object.fromEntries(there), place };
}

const words: ReadonlySet<string> = new Set(["when", "then", "columns", "message"]);

/** Whether a rule says more than a condition: a word stands in it that is no column and no relation. */
function isLongForm(written: RuleManifest, table: TableDraft): written is { readonly [word: string]: never } {
  return isMap(written) && Object.keys(written).some((key) => words.has(key) && !isOfTable(key, table));
}

/** Whether a rule stands for a value: it is the condition itself that lacks a name. */
const isValue = (written: unknown, context: BodyContext): boolean =>
  isReference(written, context) || (typeof written !== "string" && typeof written !== "object");

/** Whether a rule is said in the words of another tool. Says so. */
function saysForeignWord(
  written: RuleManifest,
  verb: RuleVerb,
  table: TableDraft,
  place: Place,
  { report }: BodyContext,
): boolean {
  if (!isMap(written)) return false;
  const isForeign = (key: string) => !isOfTable(key, table) && (nativeRuleWord(key) || /^roles?$/.test(key));
  const key = Object.keys(written).find(isForeign);
  if (key === undefined) return false;
  const word = nativeRuleWord(key);
  const native = word === "then" && verb !== "update" ? "when" : word;
  report("rule/word", place.at(key), [key], {
    at: "key",
    ...(native
      ? { hint: `It is called "${native}" here.`, replace: native }
      : { hint: "A role is asked for by a condition: `$user.role: admin`." }),
  });
  return true;
}

const isOfTable = (key: string, { columns, relations }: TableDraft): boolean => columns.has(key) || relations.has(key);

function checkKey(key: string, verb: RuleVerb, place: Place, { report }: BodyContext): void {
  if (!words.has(key))
    report("rule/word", place.at(key), [key], { at: "key", hint: `Put it under "when": \`when: { ${key}: … }\`.` });
  else if (verb !== "update" && (key === "then" || key === "columns"))
    report("rule/only-update", place.at(key), [key, verb], {
      at: "key",
      hint:
        verb === "create" && key === "then"
          ? 'In "create" the condition speaks of the new row: write "when".'
          : undefined,
    });
}

function lowerMessage(message: unknown, place: Place, context: BodyContext): string | undefined {
  if (typeof message === "string" && message.trim() !== "") return lowerText(message, place, context);
  return context.report("rule/message", place, []);
}

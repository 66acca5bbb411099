import { parseArgs } from "node:util";
import { type Call, CommandError, type CommandSpec } from "./command.ts";
import { suggestion } from "./suggestion.ts";

/**
 * Reads the words behind a command's name.
 *
 * @throws CommandError when they do not fit the command
 */
export function readCall(name: string, spec: CommandSpec, words: readonly string[]): Call {
  const { tokens } = parseArgs({
    args: [...words],
    options: parseOptions(spec),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string> = {};
  const lists: Record<string, string[]> = {};
  const flags = new Set<string>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const value = checkOption(name, spec, token.name, token.rawName, token.value);
    if (value === undefined) flags.add(token.name);
    else {
      values[token.name] = value;
      lists[token.name] = [...(lists[token.name] ?? []), value];
    }
  }
  checkPositionals(name, spec, positionals);
  return { positionals, values, lists, flags };
}

function parseOptions({ options }: CommandSpec) {
  const entries = Object.entries(options).map(([name, option]) => {
    const type: "string" | "boolean" = option.value === undefined ? "boolean" : "string";
    return [name, { type }] as const;
  });
  return Object.fromEntries(entries);
}

/** The option's value; undefined for a flag. */
function checkOption(command: string, spec: CommandSpec, name: string, raw: string, value: string | undefined) {
  const option = Object.hasOwn(spec.options, name) ? spec.options[name] : undefined;
  if (!option) {
    const hint = suggestion(
      `--${name}`,
      Object.keys(spec.options).map((known) => `--${known}`),
    );
    throw new CommandError(`"${command}" has no option ${raw}. ${hint ?? `See appflare ${command} --help.`}`);
  }
  if (option.value === undefined && value !== undefined) throw new CommandError(`--${name} takes no value.`);
  if (option.value !== undefined && !value)
    throw new CommandError(`--${name} needs a value: --${name} ${option.value}.`);
  if (option.choices && !option.choices.includes(value!)) {
    const hint = suggestion(value!, option.choices) ?? "";
    throw new CommandError(`--${name} is ${option.choices.join(" or ")}, not "${value}". ${hint}`.trimEnd());
  }
  return value;
}

function checkPositionals(command: string, spec: CommandSpec, given: readonly string[]): void {
  const missing = spec.positionals.find((positional, index) => positional.required && index >= given.length);
  if (missing) throw new CommandError(`"${command}" needs a ${missing.name}: ${spec.example}`);
  const extra = given[spec.positionals.length];
  if (spec.positionals.at(-1)?.repeated) return;
  if (extra !== undefined)
    throw new CommandError(`"${command}" has no use for "${extra}". See appflare ${command} --help.`);
}

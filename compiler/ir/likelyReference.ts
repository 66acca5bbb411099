import type { Argument } from "./operation.ts";

interface Declared {
  readonly declared: ReadonlyMap<string, Argument | undefined>;
}

/** How other tools write a place to put a value in, around a name: `:id`, `{{args.id}}`, `${id}`, `args.id`, `@id`, `$arg.id`, `$id`. */
const forms: readonly RegExp[] = [
  /^\$?\{+\s*(?:args?\.|params\.|input\.)?(\w+)\s*\}+$/,
  /^[:@](\w+)$/,
  /^(?:args?|params|arguments|input|variables)\.(\w+)$/,
  /^\$(?:arg|argument|arguments|params?|input|body|vars?|variables|query|request)\.(\w+)\??$/i,
  /^\$(\w+)\??$/,
];

/** The reference that a text would be in this language, where there is such an argument. */
export function likelyReference(text: string, args: Declared | undefined): string | undefined {
  for (const form of forms) {
    const name = form.exec(text)?.[1];
    if (name !== undefined && args?.declared.has(name)) {
      const argument = args.declared.get(name);
      return `$args.${name}${argument?.optional && argument.default === undefined ? "?" : ""}`;
    }
  }
  return undefined;
}

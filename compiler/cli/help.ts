import type { CommandSpec } from "./command.ts";
import { commands } from "./commands.ts";

/** What `appflare --help` prints. */
export function overview(): string {
  const rows = Object.entries(commands).map(([name, spec]) => [usage(name, spec), spec.summary] as const);
  return `appflare: one manifest in, a complete Cloudflare Worker and its typed clients out.

Usage: appflare <command> [options]

${table(rows)}

appflare <command> --help says more; appflare --version tells the version.
Exit codes: 0 done, 1 errors in the manifest or project, 2 wrong usage or environment.
`;
}

/** What `appflare <command> --help` prints. */
export function commandHelp(name: string, spec: CommandSpec): string {
  const options = Object.entries(spec.options).map(([option, { value, help }]) => {
    return [value === undefined ? `--${option}` : `--${option} ${value}`, help] as const;
  });
  const list = options.length === 0 ? "" : `\n${table(options)}\n`;
  return `appflare ${name}: ${spec.summary}.

Usage: appflare ${usage(name, spec)}${options.length === 0 ? "" : " [options]"}
${list}
Example: ${spec.example}
`;
}

function usage(name: string, { positionals }: CommandSpec): string {
  return [
    name,
    ...positionals.map(({ name, required, repeated }) => {
      const shown = repeated ? `${name}…` : name;
      return required ? `<${shown}>` : `[${shown}]`;
    }),
  ].join(" ");
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}

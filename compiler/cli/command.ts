import type { Io } from "./io.ts";

/** 0: done. 1: the manifest or the project has errors. 2: wrong usage, an unreadable manifest, a broken environment. */
export type ExitCode = 0 | 1 | 2;

export interface OptionSpec {
  readonly help: string;
  /** how help calls the option's value; absent: a flag */
  readonly value?: string;
  /** the values that are allowed */
  readonly choices?: readonly string[];
}

/** What the command line may say, and where the command is. Help and parsing need nothing else. */
export interface CommandSpec {
  readonly summary: string;
  /** `repeated`: the last may stand any number of times */
  readonly positionals: readonly { readonly name: string; readonly required?: boolean; readonly repeated?: boolean }[];
  readonly options: { readonly [name: string]: OptionSpec };
  readonly example: string;
  /** wrangler runs in it, and wrangler wants Node 22 */
  readonly needsNode22?: boolean;
  load(): Promise<{ run(call: Call, io: Io): Promise<ExitCode> }>;
}

/** A command line that was found right. */
export interface Call {
  readonly positionals: readonly string[];
  /** of an option that is given more than once, the last */
  readonly values: { readonly [option: string]: string };
  readonly lists: { readonly [option: string]: readonly string[] };
  readonly flags: ReadonlySet<string>;
}

/** Ends a command with exit code 2: one line for a person, about how it was called or what it met outside the manifest. */
export class CommandError extends Error {}

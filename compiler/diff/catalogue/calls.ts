import { listed } from "../../manifest/words.ts";
import type { ChangeKind } from "../kind.ts";

/** What callers send. */
export const argumentKinds = {
  "argument/added": {
    level: "SAFE",
    what: "An argument is new and may be left out.",
    reason: "Shipped clients do not send it, and need not.",
    say: (argument: string, operation: string) => `"${operation}" takes a new argument "${argument}".`,
  },
  "argument/added-required": {
    level: "BREAKING",
    what: "An argument is new and must be sent.",
    reason: "Shipped clients do not send it, and get 400 `invalid_arguments`.",
    say: (argument: string, operation: string) => `"${operation}" needs a new argument "${argument}".`,
  },
  "argument/removed": {
    level: "BREAKING",
    what: "An argument is gone.",
    reason: "Shipped clients that still send it get 400 `invalid_arguments`: unknown arguments are refused.",
    say: (argument: string, operation: string) => `"${operation}" no longer takes the argument "${argument}".`,
  },
  "argument/required": {
    level: "BREAKING",
    what: "An argument that could be left out must be sent.",
    reason: "Shipped clients that leave it out get 400 `invalid_arguments`.",
    say: (argument: string, operation: string) => `"${operation}" no longer does without the argument "${argument}".`,
  },
  "argument/optional": {
    level: "SAFE",
    what: "An argument that had to be sent may be left out.",
    reason: "Every call that was right still is.",
    say: (argument: string, operation: string) => `"${operation}" may be called without the argument "${argument}".`,
  },
  "argument/narrowed": {
    level: "BREAKING",
    what: "An argument no longer takes every value that it took: a tighter constraint, no null, a narrower type.",
    reason: "Shipped clients that send one of the others get 400 `invalid_arguments`.",
    say: (argument: string, operation: string, differences: readonly string[]) =>
      `Argument "${argument}" of "${operation}" no longer takes every value that it took: ${listed(differences)}.`,
  },
  "argument/widened": {
    level: "SAFE",
    what: "An argument takes more values.",
    reason: "Every value that was right still is.",
    say: (argument: string, operation: string, differences: readonly string[]) =>
      `Argument "${argument}" of "${operation}" takes more values: ${listed(differences)}.`,
  },
  "argument/type": {
    level: "BREAKING",
    what: "An argument has another type, which does not take what the old one took.",
    reason: "What shipped clients send gets 400 `invalid_arguments`.",
    say: (argument: string, operation: string, differences: readonly string[]) =>
      `Argument "${argument}" of "${operation}" has another type: ${listed(differences)}.`,
  },
  "argument/default": {
    level: "WARNING",
    what: "Another value is taken for an argument that is left out.",
    reason: "Clients that do not send it get another answer.",
    say: (argument: string, operation: string, before: string | undefined, after: string | undefined) =>
      `Left out, argument "${argument}" of "${operation}" is ${after ?? "absent"}, and was ${before ?? "absent"}.`,
  },
} as const satisfies { readonly [code: string]: ChangeKind };

/** What callers get. */
export const resultKinds = {
  "result/added": {
    level: "SAFE",
    what: "An operation that answered null answers a value.",
    reason: "Shipped clients do not look at it.",
    say: (operation: string) => `"${operation}" answers a value, and answered nothing.`,
  },
  "result/removed": {
    level: "BREAKING",
    what: "An operation that answered a value answers null.",
    reason: "Shipped clients read a value that is not there.",
    say: (operation: string) => `"${operation}" answers nothing, and answered a value.`,
  },
  "result/field-added": {
    level: "SAFE",
    what: "A result has a new field.",
    reason: "Clients pass over fields that they do not know.",
    say: (field: string, operation: string) => `The result of "${operation}" has a new field "${field}".`,
  },
  "result/field-removed": {
    level: "BREAKING",
    what: "A field of a result is gone.",
    reason: "Shipped clients read a field that is not there.",
    say: (field: string, operation: string) => `The result of "${operation}" no longer has the field "${field}".`,
  },
  "result/widened": {
    level: "BREAKING",
    what: "A result may be what it never was: null, absent, a value of a wider type.",
    reason: "Shipped clients do not expect it.",
    say: (result: string, differences: readonly string[]) =>
      `${result} may be more than before: ${listed(differences)}.`,
  },
  "result/narrowed": {
    level: "SAFE",
    what: "A result is never again what it could be: never null, always there, of a narrower type.",
    reason: "Every value is one that shipped clients expect.",
    say: (result: string, differences: readonly string[]) =>
      `${result} is one of fewer values: ${listed(differences)}.`,
  },
  "result/type": {
    level: "BREAKING",
    what: "A result has another type.",
    reason: "Shipped clients read it as what it was.",
    say: (result: string, differences: readonly string[]) => `${result} has another type: ${listed(differences)}.`,
  },
  "result/constraint": {
    level: "WARNING",
    what: "A constraint of a handler's result is looser or another one.",
    reason: "Clients do not check it, but what shows the value may rely on it.",
    say: (result: string, differences: readonly string[]) =>
      `${result} may be more than before: ${listed(differences)}.`,
  },
  "error/added": {
    level: "WARNING",
    what: "An operation may answer with a new error.",
    reason: "Shipped clients do not know its code, and treat it like any other failure.",
    say: (error: string, operation: string, status: number) =>
      `"${operation}" may answer with a new error, ${status} \`${error}\`.`,
  },
  "error/removed": {
    level: "BREAKING",
    what: "An error of an operation is gone.",
    reason: "What shipped clients do when they meet it never happens again; what caused it has another outcome now.",
    say: (error: string, operation: string) => `"${operation}" no longer answers with the error \`${error}\`.`,
  },
  "error/status": {
    level: "BREAKING",
    what: "An error has another status.",
    reason: "Shipped clients and what stands between (caches, retries) go by the status.",
    say: (error: string, operation: string, before: number, after: number) =>
      `The error \`${error}\` of "${operation}" has status ${after}, and had ${before}.`,
  },
  "error/message": {
    level: "SAFE",
    what: "An error has another message.",
    reason: "Messages are for people; clients go by the code.",
    say: (error: string, operation: string, after: string) =>
      `The error \`${error}\` of "${operation}" says ${JSON.stringify(after)}.`,
  },
} as const satisfies { readonly [code: string]: ChangeKind };

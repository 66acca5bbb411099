import type { ChangeKind } from "../kind.ts";

/** Operations, and which rows they meet. */
export const operationKinds = {
  "operation/added": {
    level: "SAFE",
    what: "A query or mutation is new.",
    reason: "Nobody calls it yet.",
    say: (kind: string, name: string) => `The ${kind} "${name}" is new.`,
  },
  "operation/removed": {
    level: "BREAKING",
    what: "A query or mutation is gone.",
    reason: "Shipped clients still call it, and get 404 `unknown_operation`.",
    say: (kind: string, name: string) => `The ${kind} "${name}" is gone.`,
  },
  "operation/moved": {
    level: "BREAKING",
    what: "A query became a mutation, or the other way round.",
    reason: "Shipped clients call it at its old address, where there is nothing any more.",
    say: (name: string, before: string, after: string) => `"${name}" is a ${after}, and was a ${before}.`,
  },
  "operation/verb": {
    level: "WARNING",
    what: "An operation does something else: `list` became `get`, `update` became `handler`.",
    reason: "It keeps its name and does something else. What that means for arguments and result is told on its own.",
    say: (name: string, before: string, after: string) => `"${name}" is \`${after}\`, and was \`${before}\`.`,
  },
  "operation/table": {
    level: "WARNING",
    what: "An operation works on another table.",
    reason: "Callers meet rows of another table.",
    say: (name: string, before: string, after: string) => `"${name}" works on "${after}", and worked on "${before}".`,
  },
  "operation/handler": {
    level: "WARNING",
    what: "Another function handles an operation.",
    reason: "What it does is not in the manifest: only its arguments and its result can be compared.",
    say: (name: string, before: string, after: string) => `"${name}" is handled by ${after}, and was by ${before}.`,
  },
  "operation/sql": {
    level: "WARNING",
    what: "The SQL of an operation is another.",
    reason: "What a statement means is not compared: only its arguments and its result are.",
    say: (name: string) => `The SQL of "${name}" is another.`,
  },
  "operation/looser": {
    level: "WARNING",
    what: "A `where` asks for less, so more rows meet it.",
    reason: "Rows that were left out are now read, changed or deleted. Make sure that none of them should stay hidden.",
    say: (name: string, words: string) => `"${name}" meets more rows: it ${words}.`,
  },
  "operation/tighter": {
    level: "WARNING",
    what: "A `where` asks for more, so fewer rows meet it.",
    reason: "Rows that callers met before are left out.",
    say: (name: string, words: string) => `"${name}" meets fewer rows: it ${words}.`,
  },
  "operation/where": {
    level: "WARNING",
    what: "A `where` asks for something else.",
    reason: "Some rows that callers met before are left out, others are new to them.",
    say: (name: string, words: string) => `"${name}" meets other rows: it ${words}.`,
  },
  "operation/order": {
    level: "WARNING",
    what: "Rows come in another order.",
    reason: "Clients show rows as they come, and a page's cursor from before is refused.",
    say: (name: string, before: string, after: string) => `"${name}" orders by ${after}, and ordered by ${before}.`,
  },
  "operation/fewer-rows": {
    level: "WARNING",
    what: "A `limit` is lower.",
    reason: "Clients that rely on the rows beyond it no longer get them.",
    say: (name: string, before: string, after: string) => `"${name}" reads at most ${after} rows, and read ${before}.`,
  },
  "operation/more-rows": {
    level: "SAFE",
    what: "A `limit` is higher.",
    reason: "Clients get the rows that they got before, and perhaps more.",
    say: (name: string, before: string, after: string) => `"${name}" reads up to ${after} rows, and read ${before}.`,
  },
  "operation/limit": {
    level: "WARNING",
    what: "A `limit` or `offset` comes from somewhere else: an argument instead of a number, or another `offset`.",
    reason: "Callers get another part of the rows.",
    say: (name: string, what: string, before: string, after: string) =>
      `The ${what} of "${name}" is ${after}, and was ${before}.`,
  },
  "operation/distinct": {
    level: "WARNING",
    what: "`distinct` is new or gone.",
    reason: "Rows that are equal come once, or each for itself.",
    say: (name: string, after: boolean) =>
      after ? `"${name}" leaves out rows that are equal.` : `"${name}" no longer leaves out rows that are equal.`,
  },
  "operation/groups": {
    level: "WARNING",
    what: "An aggregate makes groups of other columns.",
    reason: "The same names hold measures over other rows.",
    say: (name: string, before: string | undefined, after: string | undefined) => {
      const [was, is] = [before, after].map((columns) => (columns === undefined ? "all rows" : `rows by ${columns}`));
      return `"${name}" measures ${is}, and measured ${was}.`;
    },
  },
  "operation/measure": {
    level: "WARNING",
    what: "A measure is reckoned over another column, by another function, or over other rows.",
    reason: "It keeps its name and means something else. What that does to its type is told of the result.",
    say: (name: string, before: string, after: string) => `"${name}" is ${after}, and was ${before}.`,
  },
  "operation/writes": {
    level: "WARNING",
    what: "A write gives a column another value, or starts or stops writing it.",
    reason: "The same call leaves another row behind.",
    say: (name: string, column: string, before: string | undefined, after: string | undefined) => {
      if (after === undefined) return `"${name}" no longer writes "${column}", which got ${before}.`;
      return before === undefined
        ? `"${name}" writes ${after} to "${column}".`
        : `"${name}" writes ${after} to "${column}", and wrote ${before}.`;
    },
  },
  "operation/each": {
    level: "WARNING",
    what: "A write is done for each of something else, or once.",
    reason: "The same call writes other rows, or another number of them.",
    say: (name: string, before: string | undefined, after: string | undefined) => {
      const [was, is] = [before, after].map((each) => (each === undefined ? "once" : `for each ${each}`));
      return `"${name}" writes ${is}, and wrote ${was}.`;
    },
  },
  "operation/upsert": {
    level: "WARNING",
    what: "An `upsert` takes another row for the same one, or does something else to a row that is there.",
    reason: "The same call changes another row, or leaves it behind differently.",
    say: (name: string, before: string, after: string) => `In "${name}" ${after}; before, ${before}.`,
  },
  "operation/expect": {
    level: "WARNING",
    what: "A write expects another number of rows.",
    reason: "A call that went through is refused with `not_found` or `conflict`, or the other way round.",
    say: (name: string, before: string, after: string) => `"${name}" expects ${after}, and expected ${before}.`,
  },
  "step/added": {
    level: "WARNING",
    what: "An operation has a new step.",
    reason: "The same call does more, or is refused where it went through.",
    say: (name: string, step: string) => `"${name}" has a new step "${step}".`,
  },
  "step/removed": {
    level: "WARNING",
    what: "A step of an operation is gone.",
    reason: "The same call no longer does what it did; what it answered of the step is told of the result.",
    say: (name: string, step: string) => `"${name}" no longer has the step "${step}".`,
  },
  "step/order": {
    level: "WARNING",
    what: "Steps come in another order.",
    reason: "Each meets what those before it left, and the first that does not hold is what refuses.",
    say: (name: string, before: string, after: string) => `"${name}" does ${after}, in this order, and did ${before}.`,
  },
  "step/does": {
    level: "WARNING",
    what: "A step does something else, for other things, or refuses with other errors.",
    reason: "The same call leaves other rows behind, or is refused otherwise.",
    say: (name: string, step: string, before: string, after: string) =>
      `The step "${step}" of "${name}" ${after}; before, it ${before}.`,
  },
  "operation/else": {
    level: "WARNING",
    what: "A write refuses with other errors of its own.",
    reason: "Shipped clients that go by the code meet another one.",
    say: (name: string, before: string | undefined, after: string | undefined) =>
      `"${name}" refuses with ${after ?? "built-in errors alone"}; before, with ${before ?? "built-in errors alone"}.`,
  },
  "operation/after": {
    level: "WARNING",
    what: "Another mutation runs after an operation, or none.",
    reason: "The same call sets off something else.",
    say: (name: string, before: string | undefined, after: string | undefined) => {
      if (after === undefined) return `Nothing runs after "${name}", and ${before} did.`;
      return before === undefined
        ? `${after} runs after "${name}".`
        : `${after} runs after "${name}", and ${before} did.`;
    },
  },
  "page/default-size": {
    level: "WARNING",
    what: "A page holds another number of rows where the caller does not say `size`.",
    reason: "Clients that do not send `size` get longer or shorter pages.",
    say: (name: string, before: number, after: number) =>
      `A page of "${name}" holds ${after} rows by default, and held ${before}.`,
  },
  "page/max-size-lowered": {
    level: "BREAKING",
    what: "The largest page is smaller.",
    reason: "Shipped clients that send a larger `size` get 400 `invalid_arguments`.",
    say: (name: string, before: number, after: number) =>
      `A page of "${name}" holds at most ${after} rows, and could hold ${before}.`,
  },
  "page/max-size-raised": {
    level: "SAFE",
    what: "The largest page is larger.",
    reason: "Every `size` that was taken still is.",
    say: (name: string, before: number, after: number) =>
      `A page of "${name}" may hold up to ${after} rows, and could hold ${before}.`,
  },
} as const satisfies { readonly [code: string]: ChangeKind };

import type { Condition } from "./condition.ts";
import type { Table } from "./table.ts";

/** What something is done for: items of a list that is sent, or rows of a table as they are when the step begins. */
export type Each = ListOfArgument | { readonly kind: "list"; readonly table: Table; readonly where?: Condition };

/** The path ends with a star. `optional`: there are no items where the list is not sent. */
export interface ListOfArgument {
  readonly kind: "argument";
  readonly path: readonly string[];
  readonly optional: boolean;
}

/** The list itself, as it is called behind `$args.`. */
export function listPath({ path }: ListOfArgument): string {
  return path.slice(0, -1).join(".");
}

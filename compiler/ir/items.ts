import type { Condition } from "./condition.ts";
import type { Table } from "./table.ts";

/** What something is done for. */
export type Each =
  /** the items of a list that is sent: the path ends with a star. `optional`: none where it is not sent */
  | { readonly kind: "argument"; readonly path: readonly string[]; readonly optional: boolean }
  /** rows of a table, as they are when the step begins */
  | { readonly kind: "list"; readonly table: Table; readonly where?: Condition };

import type { Shape } from "../../../runtime/wire/shape.ts";
import type { Operation } from "../../ir/operation.ts";
import { shapesOf } from "../../plan/shape.ts";
import { resultConversion } from "../shapes.ts";
import type { Code } from "../ts/code.ts";
import { longObject, member, object } from "../ts/list.ts";
import { type Data, literal } from "../ts/literal.ts";

/** How the values of every operation travel, as the client's runtime reads it. */
export function operationsTable(operations: readonly Operation[]): Code {
  const ofKind = (kind: Operation["kind"]): Code =>
    longObject(
      operations.filter((operation) => operation.kind === kind),
      (operation) => member(operation.name, entry(operation)),
    );
  return object([member("queries", ofKind("query")), member("mutations", ofKind("mutation"))], { expand: true });
}

function entry(operation: Operation): Code {
  const own: { readonly [name: string]: Shape } =
    operation.body.kind === "page" ? { cursor: "string", size: "number" } : {};
  const result = resultConversion(operation);
  return object([
    member("args", literal({ ...shapesOf(operation.args), ...own } as Data)),
    ...(result ? [member("result", literal(result as Data))] : []),
  ]);
}

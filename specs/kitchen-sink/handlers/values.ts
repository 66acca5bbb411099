import type { JsonValue } from "appflare/server";
import type { Handler } from "../generated/operations.js";

/** Says what arrived. */
export const decode: Handler<"samples/decode"> = (_ctx, args) => args as JsonValue;

import type { Handler } from "../generated/operations.js";

const odd: Handler<"class/odd"> = (_ctx, args) => `odd ${args.default ?? "nothing"}`;
export default odd;

export const server: Handler<"class/server"> = () => "odd server";

/* The entry `appflare/validators`: what a generated `validators.ts` calls. Nothing else of the runtime imports Zod. */

export { json, uniqueItems } from "./json.ts";
export { lazy } from "./lazy.ts";
export { type Bounds, bigint, decimal, integer, number } from "./numbers.ts";
export { own } from "./own.ts";
export { bytes, date, type TextOptions, text, timestamp, uuid } from "./text.ts";

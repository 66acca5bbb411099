import type { Shape } from "../wire/shape.ts";

function textOf(value: unknown, shape: Shape | undefined): string {
  const asJson = shape === "json" || (typeof value === "object" && value !== null);
  return encodeURIComponent(asJson ? JSON.stringify(value) : String(value));
}

/**
 * Arguments in wire form as a query string, `?` included; empty where there are none. Arrays, objects and any JSON go as JSON; null
 * is the name alone, since the empty text is a value.
 */
export function queryString(
  args: { readonly [name: string]: unknown },
  shapes: { readonly [name: string]: Shape },
): string {
  let text = "";
  for (const [name, value] of Object.entries(args)) {
    text += text === "" ? "?" : "&";
    text += encodeURIComponent(name);
    if (value !== null) text += `=${textOf(value, Object.hasOwn(shapes, name) ? shapes[name] : undefined)}`;
  }
  return text;
}

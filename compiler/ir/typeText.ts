import type { Type } from "./type.ts";

/** A type in words, for messages. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case "enum":
      return type.enum.name;
    case "decimal":
      return `decimal with ${type.scale} digits after the point`;
    case "array":
      return `array of ${typeText(type.items.type)}`;
    default:
      return type.kind;
  }
}

/** What literals of a type look like, where the name alone does not tell. */
export function exampleText({ kind }: Type): string | undefined {
  if (kind === "timestamp") return 'Write it like "2026-01-31T12:00:00Z".';
  return kind === "date" ? 'Write it like "2026-01-31".' : undefined;
}

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
    case "timestamp":
      return 'timestamp (such as "2026-01-31T12:00:00Z")';
    case "date":
      return 'date (such as "2026-01-31")';
    default:
      return type.kind;
  }
}

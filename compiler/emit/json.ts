/** What has no glyph, or breaks lines for some readers only. */
const invisible = /[\x7f-\x9f\u2028\u2029]|\p{Cf}/gu;

/** A value as JSON text of several lines, in which nothing hides. */
export function printJson(value: object): string {
  const text = JSON.stringify(value, null, 2).replace(invisible, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
  return `${text}\n`;
}

/** Reading a manifest: bytes, YAML, and the shape that the JSON Schema gives. */
export const sourceMessages = {
  "yaml/syntax": (problem: string) => problem,
} as const;

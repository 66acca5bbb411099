/** A value with every item or property replaced; `__proto__` is a key like any other. */
export function mapValues(value: unknown, change: (item: unknown, key: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item, index) => change(item, String(index)));
  if (typeof value !== "object" || value === null) return value;
  const result = {};
  for (const [key, item] of Object.entries(value)) {
    Object.defineProperty(result, key, {
      value: change(item, key),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return result;
}

import type { PathKey } from "./place.ts";

/** Keys of later versions of the language, by the path of the map where they will stand (`*` is any name). */
const laterKeys: readonly (readonly [path: string, keys: string])[] = [
  ["", "realtime storage jobs crons http clients"],
  ["auth", "passkey"],
  ["queries/*", "live"],
  ["mutations/*/after", "enqueue"],
];

const keysByPath = new Map(laterKeys.map(([path, keys]) => [path, new Set(keys.split(" "))]));

/** Whether a key is known, but not built yet. */
export function isLater(path: readonly PathKey[], key: string): boolean {
  const pattern = path.map((step, index) => (index % 2 === 0 ? step : "*")).join("/");
  return keysByPath.get(pattern)?.has(key) ?? false;
}

/**
 * What stands under a name that came from outside: only the map's own entries count, so `constructor` finds nothing that every object
 * inherits.
 */
export function lookup<T>(map: { readonly [name: string]: T } | undefined, name: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, name) ? map[name] : undefined;
}

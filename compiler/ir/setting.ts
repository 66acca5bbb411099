/** A setting that is written down, or read from the environment at deploy time by `$env.NAME`. */
export type Setting =
  | { readonly kind: "constant"; readonly value: string }
  | { readonly kind: "env"; readonly name: string };

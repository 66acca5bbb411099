/** The folder around the manifest: handlers, migrations, generated files. */
export const projectMessages = {
  "handler/missing-module": (path: string) => `There is no file "${path}" for this handler.`,
  "output/foreign-file": (path: string) =>
    `"${path}" was not written by appflare, so it is not overwritten. Move it away, or delete it.`,
} as const;

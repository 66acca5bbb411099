/** The folder around the manifest: handlers, migrations, generated files. */
export const projectMessages = {
  "handler/missing-module": (path: string) => `There is no file "${path}" for this handler.`,
} as const;

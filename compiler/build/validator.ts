import type { Plugin } from "esbuild";
import { validatorModule } from "../manifest/validator.ts";

/** Puts in the place of `validator.ts`, which has Ajv make the code that checks a manifest, that code itself. */
export const validatorPlugin: Plugin = {
  name: "validator",
  setup(build) {
    build.onLoad({ filter: /manifest\/validator\.ts$/ }, () => ({ contents: validatorModule(), loader: "js" }));
  },
};

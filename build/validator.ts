import standaloneCode from "ajv/dist/standalone/index.js";
import type { Plugin } from "esbuild";
import { schema } from "../compiler/manifest/schema.ts";
import { gathering, newAjv } from "../compiler/manifest/validator.ts";

/** Puts in the place of `validator.ts`, which has Ajv make the code that checks a manifest, that code itself. */
export const validatorPlugin: Plugin = {
  name: "validator",
  setup(build) {
    build.onLoad({ filter: /manifest\/validator\.ts$/ }, () => {
      const ajv = newAjv({ source: true, esm: true });
      const code = gathering(standaloneCode.default(ajv, ajv.compile(schema)));
      return { contents: `${code}\nexport const validator = () => validate;`, loader: "js" };
    });
  },
};

import type { Setting } from "../ir/setting.ts";
import { type Code, raw, ts } from "./ts/code.ts";
import { propertyAccess } from "./ts/string.ts";

/** A setting as it is written, or as it stands in `env`. */
export function fromEnv(setting: Setting): Code {
  return setting.kind === "constant" ? ts`${setting.value}` : raw(`env${propertyAccess(setting.name)}`);
}

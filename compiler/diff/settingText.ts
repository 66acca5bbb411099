import type { Setting } from "../ir/setting.ts";

/** A setting as it is written. */
export const settingText = (setting: Setting): string =>
  setting.kind === "env" ? `$env.${setting.name}` : setting.value;

import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Debian's place, unless the environment knows another. */
const path = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Whether the tests that look at a page can run. In CI they have to: a browser that is missing there fails them. */
export const hasBrowser = existsSync(path) || process.env.CI !== undefined;

export const howToGetOne =
  "No Chromium: these tests are skipped. On Debian `apt-get install chromium` brings one; CHROMIUM=/path/to/it names another.";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @throws Error that says how to get one, where there is none */
export function launch(): Promise<Browser> {
  if (!existsSync(path)) throw new Error(`There is no Chromium at ${path}: apt-get install chromium, or set CHROMIUM.`);
  return chromium.launch({ executablePath: path, headless: true, args: flags });
}

import type { App } from "../ir/app.ts";
import type { Report } from "../ir/report.ts";

/** One thing that is checked of an App which lowering could make without it. */
export type Rule = (app: App, report: Report) => void;

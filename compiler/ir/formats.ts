import type { StringFormat } from "./type.ts";

const IPV4 = /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
const HOSTNAME = new RegExp(`^(?=.{1,253}$)${LABEL}(\\.${LABEL})*$`);

/** Whether a text has a format: as JSON Schema means it, for the literals of a manifest. */
export const hasFormat: { readonly [F in StringFormat]: (text: string) => boolean } = {
  uri: (text) => /^[a-z][a-z0-9+.-]*:/i.test(text) && URL.canParse(text),
  email: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text),
  date: (text) => isDate(text),
  "date-time": (text) => timestampText(text) !== undefined,
  time: (text) => TIME.test(text),
  uuid: (text) => UUID.test(text),
  ipv4: (text) => IPV4.test(text),
  ipv6: (text) => /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`),
  hostname: (text) => HOSTNAME.test(text),
};

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/**
 * A moment in the wire form: UTC, `Z`, three digits. Takes RFC 3339 with 0 to 9 fraction digits and any offset; what is finer
 * than a millisecond is cut. Undefined when the text is no such moment.
 */
export function timestampText(text: string): string | undefined {
  const [, day, time, fraction = "", offset] =
    /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/.exec(text) ?? [];
  if (!day || !isDate(day) || !TIME.test(time!)) return;
  const moment = new Date(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, "0")}${offset!.toUpperCase()}`);
  return momentText(moment);
}

/** A Date in the wire form; undefined when it is invalid or its year is not of four digits. */
export function momentText(moment: Date): string | undefined {
  if (Number.isNaN(moment.getTime())) return;
  const text = moment.toISOString();
  return text.length === 24 ? text : undefined;
}

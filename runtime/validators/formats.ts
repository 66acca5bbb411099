import { isDate, isDateTime, isTime } from "./time.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
/** RFC 5322's dot-atom: what addresses in use look like, without quotes and comments. */
const ATOM = /^[\w!#$%&'*+/=?^`{|}~-]+$/;
const OCTET = /^(?:0|[1-9]\d{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;
/** RFC 3986: a scheme, then unreserved and reserved characters and whole percent escapes; one fragment at most. */
const URI =
  /^[a-z][a-z0-9+.-]*:(?:[\w.~:/?[\]@!$&'()*+,;=-]|%[0-9a-f]{2})*(?:#(?:[\w.~:/?@!$&'()*+,;=-]|%[0-9a-f]{2})*)?$/i;

function isUri(text: string): boolean {
  return URI.test(text) && text.indexOf(":") < text.length - 1;
}

function isHostname(text: string): boolean {
  return text.length <= 253 && text.split(".").every((label) => LABEL.test(label));
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf("@");
  const domain = text.slice(at + 1);
  const atoms = text.slice(0, at).split(".");
  return at > 0 && domain.includes(".") && isHostname(domain) && atoms.every((atom) => ATOM.test(atom));
}

function isIpv4(text: string): boolean {
  const octets = text.split(".");
  return octets.length === 4 && octets.every((octet) => OCTET.test(octet) && Number(octet) < 256);
}

/** RFC 4291, section 2.2: eight groups; one `::` stands for one or more of zeros; the last two may be an IPv4 address. */
function isIpv6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const embedded = last.includes(".") && text.endsWith(last);
  if (embedded && !isIpv4(last)) return false;
  const plain = embedded ? groups.slice(0, -1) : groups;
  const count = plain.length + (embedded ? 2 : 0);
  return plain.every((group) => GROUP.test(group)) && (halves.length === 2 ? count < 8 : count === 8);
}

/** Whether a text has a JSON Schema format, and what a text without it is told to be. */
export const formats = {
  uri: { test: isUri, name: "a URI" },
  email: { test: isEmail, name: "an email address" },
  date: { test: isDate, name: "a date, YYYY-MM-DD" },
  "date-time": { test: isDateTime, name: "a date and time with an offset, such as 2026-01-31T12:00:00Z" },
  time: { test: isTime, name: "a time with an offset, such as 12:00:00Z" },
  uuid: { test: (text: string) => UUID.test(text), name: "a UUID" },
  ipv4: { test: isIpv4, name: "an IPv4 address" },
  ipv6: { test: isIpv6, name: "an IPv6 address" },
  hostname: { test: isHostname, name: "a host name" },
} as const;

export type Format = keyof typeof formats;

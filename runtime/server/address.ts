/** Hextets of an IPv6 address that say whose it is: a site gets a /64 at least, so any number of addresses may be one caller's. */
const NETWORK = 4;
const HEXTETS = 8;

/** Where a request comes from that nobody says the address of, as from another Worker or a test. */
const NOWHERE = "unknown";

/**
 * The address that a request counts for: an IPv4 address as it is, an IPv6 one as its /64, `2001:db8:0:1::/64`. Cloudflare sets the
 * header; a caller cannot.
 */
export function addressOf(request: Request): string {
  const address = request.headers.get("cf-connecting-ip");
  if (address === null || address === "") return NOWHERE;
  return address.includes(":") ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [before = "", after] = address.toLowerCase().split("%")[0]!.split("::");
  const head = hextets(before);
  const tail = after === undefined ? [] : hextets(after);
  const full = [...head, ...Array<string>(Math.max(0, HEXTETS - head.length - tail.length)).fill("0"), ...tail];
  const isMapped = full.slice(0, 5).every((hextet) => hextet === "0") && full[5] === "ffff";
  // an IPv4 address in IPv6 form: all of these have one /64
  if (isMapped) return address.toLowerCase();
  return `${full.slice(0, NETWORK).join(":")}::/64`;
}

/** Without leading zeros; an IPv4 address at the end stands for two. */
function hextets(text: string): string[] {
  if (text === "") return [];
  return text.split(":").flatMap((part) => (part.includes(".") ? [part, ""] : part.replace(/^0+(?=.)/, "")));
}

import { expect, test } from "vitest";
import { addressOf } from "../../runtime/server/address.ts";

/* Whose address a request counts for. */

const counted = (address: string | undefined): string =>
  addressOf(new Request("http://x", { headers: address === undefined ? {} : { "cf-connecting-ip": address } }));

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::1", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002::", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:db8::5:6:7:8", "2001:db8:0:0::/64"],
  ["2001:db8:0:1::", "2001:db8:0:1::/64"],
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["64:ff9b::192.0.2.1", "64:ff9b:0:0::/64"],
  // each of these is an IPv4 address of its own
  ["::ffff:192.0.2.7", "::ffff:192.0.2.7"],
  ["::FFFF:c000:207", "::ffff:c000:207"],
  [undefined, "unknown"],
  ["", "unknown"],
])("%s counts as %s", (address, expected) => {
  expect(counted(address)).toBe(expected);
});

test("what a caller says of itself is not looked at", () => {
  const headers = { "x-forwarded-for": "192.0.2.1", "x-real-ip": "192.0.2.2", forwarded: "for=192.0.2.3" };
  expect(addressOf(new Request("http://x", { headers }))).toBe("unknown");
});

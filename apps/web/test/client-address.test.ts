import { expect, test } from "vitest";
import { clientAddress } from "../src/host/client-address.ts";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["203.0.113.7:4711", "203.0.113.7"],
  ['"203.0.113.7:4711"', "203.0.113.7"],
  [" 203.0.113.7 ", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["[::ffff:203.0.113.7]:80", "203.0.113.7"],
  ["::FFFF:cb00:7107", "203.0.113.7"],
  ["2001:db8::1", "2001:db8:0:0::"],
  ["2001:DB8:0:0:ffff:ffff:ffff:ffff", "2001:db8:0:0::"],
  ["[2001:db8::1]:4711", "2001:db8:0:0::"],
  ['"[2001:db8::1]:4711"', "2001:db8:0:0::"],
  ["[2001:db8:1:2:3:4:5:6]", "2001:db8:1:2::"],
  ["fe80::1%eth0", "fe80:0:0:0::"],
  ["::1", "0:0:0:0::"],
])("%s is counted as %s", (text, counted) => {
  expect(clientAddress(text)).toBe(counted);
});

test.each(["", "unknown", "_hidden", "203.0.113", "203.0.113.7:x", "[2001:db8::1", "1.2.3.4, x"])(
  "%j is no address",
  (text) => {
    expect(clientAddress(text)).toBeUndefined();
  },
);

import { apiHeaders } from "@taskbridge/host/headers";
import { expect, test } from "vitest";
import { pageHeaders } from "../src/security-headers.ts";

const policyOf = (where: Parameters<typeof pageHeaders>[1]) =>
  pageHeaders("bm9uY2U=", where)["Content-Security-Policy"];
const https = { baseUrl: "https://tasks.example.com", development: false };
const http = { baseUrl: "http://localhost:3000", development: false };

test("only https is asked for again, and for what a page loads", () => {
  for (const headersOf of [apiHeaders, (where: typeof https) => pageHeaders("bm9uY2U=", where)]) {
    expect(headersOf(https)).toHaveProperty("Strict-Transport-Security");
    expect(headersOf(http)).not.toHaveProperty("Strict-Transport-Security");
  }
  expect(policyOf(https)).toContain("upgrade-insecure-requests");
  expect(policyOf(http)).not.toContain("upgrade-insecure-requests");
});

test("what the development server needs is allowed there alone", () => {
  const development = { ...http, development: true };
  for (const allowance of ["'unsafe-eval'", "'unsafe-inline'", "ws:"]) {
    expect(policyOf(development)).toContain(allowance);
    expect(policyOf(http)).not.toContain(allowance);
    expect(policyOf(https)).not.toContain(allowance);
  }
  expect(policyOf(development)).toContain("script-src 'nonce-bm9uY2U=' 'strict-dynamic'");
  expect(policyOf(development)).not.toMatch(/script-src[^;]*unsafe-inline/);
});

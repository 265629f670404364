import { expect, test } from "vitest";
import { type Problem, refusalOf } from "../src/forms/refusal.ts";

test.each<[string, Problem, string]>([
  ["nobody", "unreachable", "auth.unreachable"],
  ["a proxy whose server is away", { status: 502 }, "auth.unreachable"],
  ["a proxy of Cloudflare's whose server is away", { status: 521 }, "auth.unreachable"],
  ["a proxy that asks for a password", { status: 401 }, "problem.between"],
  ["a proxy that leads to a sign-in of its own", { status: 0 }, "problem.between"],
  ["a proxy that refuses", { status: 403 }, "problem.between"],
  ["the server, at another address", { status: 403, code: "INVALID_ORIGIN" }, "auth.wrongAddress"],
  ["the server", { status: 401, code: "INVALID_EMAIL_OR_PASSWORD" }, "auth.wrong"],
  ["the server, in trouble", { status: 500 }, "auth.failed"],
])("a form says that it was %s who answered", (_, problem, reason) => {
  expect(refusalOf(problem).reason).toBe(reason);
});

import { expect, test } from "vitest";
import { tellAppAddress, tellingOfOrigins } from "../src/host/refused-origins.ts";

const baseUrl = "https://tasks.example.com";
const from = (origin: string) => ({ headers: new Headers({ origin }) });

test("an origin that was refused is logged once, and only so many of them", () => {
  const lines: Record<string, string>[] = [];
  const tell = tellingOfOrigins(baseUrl, (_, message, fields) =>
    lines.push({ message, ...fields }),
  );
  for (let turn = 0; turn < 3; turn += 1) tell(from("http://tasks.lan:3000"));
  expect(lines).toEqual([
    {
      message: expect.stringMatching(/BETTER_AUTH_URL .*TRUSTED_ORIGINS/),
      origin: "http://tasks.lan:3000",
      baseUrl,
    },
  ]);
  for (let made = 0; made < 1_000; made += 1) tell(from(`http://${made}.${"x".repeat(500)}`));
  expect(lines.length).toBe(20);
  expect(lines.at(-1)?.origin?.length).toBe(200);
});

test("the answer says where the app is, in this refusal alone", async () => {
  const refusal = (code: string) => Response.json({ code, message: "No." }, { status: 403 });
  let refused = 0;
  const tell = async (response: Response) =>
    (await tellAppAddress(response, baseUrl, () => (refused += 1))).json();
  expect(await tell(refusal("INVALID_ORIGIN"))).toEqual({
    ...{ code: "INVALID_ORIGIN", message: "No.", appUrl: baseUrl },
  });
  expect(await tell(refusal("OTHER"))).toEqual({ code: "OTHER", message: "No." });
  expect(refused).toBe(1);
});

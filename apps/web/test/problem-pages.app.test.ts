import { problemCodes } from "@taskbridge/api";
import { expect, test } from "vitest";
import { appUrl, signUp } from "./support/http.ts";

test.each(problemCodes)("%s has its page", async (code) => {
  const page = await fetch(`${appUrl()}/problems/${code}`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain(code);
});

test.each(["no_such_code", "__proto__", "FORBIDDEN", "forbidden/x"])(
  "%s has none",
  async (code) => {
    expect((await fetch(`${appUrl()}/problems/${code}`)).status).toBe(404);
  },
);

test("the list of them names every one", async () => {
  const list = await (await fetch(`${appUrl()}/problems`)).text();
  expect(problemCodes.filter((code) => !list.includes(`/problems/${code}"`))).toEqual([]);
});

test("a refusal's type leads to its page, whoever is refused", async () => {
  const [ada, bob] = [await signUp("Ada"), await signUp("Bob")];
  const { id } = await (
    await ada.tasks("", { method: "POST", body: JSON.stringify({ title: "Hers" }) })
  ).json();
  const refusals = await Promise.all([
    bob.tasks(`/${id}`),
    bob.tasks("", { method: "POST", body: "{" }),
    ada.tasks(`/${id}`, { method: "PUT", body: JSON.stringify({ title: "x" }) }),
    fetch(`${appUrl()}/api/${ada.id}/tasks`),
  ]);
  expect(refusals.map(({ status }) => status)).toEqual([404, 400, 428, 401]);
  for (const refusal of refusals) {
    const { type, code } = await refusal.json();
    const page = await fetch(new URL(type, refusal.url));
    expect([page.status, (await page.text()).includes(code)]).toEqual([200, true]);
  }
});

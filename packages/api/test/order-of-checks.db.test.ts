import { beforeAll, describe, expect, test } from "vitest";
import { absentId, problem, restRequest, trpcRequest, twoUsers } from "./support/two-users.ts";

const world = twoUsers();
let adasTask: string;

beforeAll(async () => {
  adasTask = (await world.ada.caller.task.create({ title: "Ada's" })).id;
});

interface Sent {
  method: string;
  path: string;
  query: string;
  headers: Record<string, string | undefined>;
  body: unknown;
}
/** What is wrong with a request: what it changes in one that has nothing wrong. */
type Fault = Partial<Omit<Sent, "headers">> & { headers?: Sent["headers"] };
type Step = [situation: string, fault: () => Fault, status: number, code: string];

/** The request with all of these faults; of two that touch the same part, the earlier one counts. */
function withFaults(sound: Sent, faults: Fault[]): Sent {
  const inReverse = [...faults].reverse();
  const headers = Object.assign({}, sound.headers, ...inReverse.map((fault) => fault.headers));
  return Object.assign({}, sound, ...inReverse, { headers });
}

const given = (headers: Sent["headers"]) =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;

/** Each check in the order of the contract: the first one that fails answers, whatever else is wrong. */
const restSteps: Step[] = [
  ["no such route", () => ({ path: `/api/${world.bob.id}/tasks/a/b/c` }), 404, "route_not_found"],
  ["a method that it does not take", () => ({ method: "POST" }), 405, "method_not_allowed"],
  [
    "a body that is too large",
    () => ({ headers: { "Content-Length": "300000" } }),
    413,
    "body_too_large",
  ],
  ["no token", () => ({ headers: { Authorization: undefined } }), 401, "token_missing"],
  ["a bad token", () => ({ headers: { Authorization: "Bearer x" } }), 401, "token_malformed"],
  [
    "two tokens",
    () => ({ headers: { Authorization: "Bearer x, Bearer y" } }),
    400,
    "invalid_request",
  ],
  [
    "another user's path",
    () => ({ path: `/api/${world.bob.id}/tasks/${absentId}` }),
    403,
    "forbidden",
  ],
  ["a malformed tag", () => ({ headers: { "If-None-Match": "1" } }), 400, "malformed_request"],
  [
    "another media type",
    () => ({ headers: { "Content-Type": "text/plain" } }),
    415,
    "unsupported_media_type",
  ],
  [
    "a compressed body",
    () => ({ headers: { "Content-Encoding": "br" } }),
    415,
    "unsupported_media_type",
  ],
  ["no JSON", () => ({ body: "{" }), 400, "malformed_body"],
  ["a bad query", () => ({ query: "?colour=red" }), 422, "validation_failed"],
  ["bad fields", () => ({ body: { title: "" } }), 422, "validation_failed"],
  ["no version", () => ({ headers: { "If-Match": undefined } }), 428, "version_required"],
  [
    "no such task",
    () => ({ path: `/api/${world.ada.id}/tasks/${absentId}` }),
    404,
    "task_not_found",
  ],
  ["another version", () => ({ headers: { "If-Match": '"7"' } }), 412, "version_mismatch"],
];

const soundRest = (): Sent => ({
  method: "PUT",
  path: `/api/${world.ada.id}/tasks/${adasTask}`,
  query: "",
  headers: { Authorization: `Bearer ${world.ada.token}`, "If-Match": "*" },
  body: { title: "Ada's" },
});

const sendRest = ({ method, path, query, headers, body }: Sent) =>
  world.api.fetch(restRequest(method, path + query, { headers: given(headers), body }));

/** What is left of the order at tRPC, whose procedures have no path user and no conditions. */
const trpcSteps: Step[] = [
  ["no such procedure", () => ({ path: "task.destroy" }), 404, "route_not_found"],
  ["a method that it does not take", () => ({ method: "PUT" }), 405, "method_not_allowed"],
  [
    "a body that is too large",
    () => ({ headers: { "Content-Length": "300000" } }),
    413,
    "body_too_large",
  ],
  ["no token", () => ({ headers: { Authorization: undefined } }), 401, "token_missing"],
  ["a bad token", () => ({ headers: { Authorization: "Bearer x" } }), 401, "token_malformed"],
  [
    "two tokens",
    () => ({ headers: { Authorization: "Bearer x, Bearer y" } }),
    400,
    "invalid_request",
  ],
  [
    "another media type",
    () => ({ headers: { "Content-Type": "text/plain" } }),
    415,
    "unsupported_media_type",
  ],
  [
    "a compressed body",
    () => ({ headers: { "Content-Encoding": "br" } }),
    415,
    "unsupported_media_type",
  ],
  ["no JSON", () => ({ body: "{" }), 400, "malformed_body"],
  ["bad fields", () => ({ body: { id: adasTask, title: "" } }), 422, "validation_failed"],
  ["no such task", () => ({ body: { id: absentId, title: "x" } }), 404, "task_not_found"],
  [
    "another version",
    () => ({ body: { id: adasTask, title: "x", version: 7 } }),
    412,
    "version_mismatch",
  ],
];

const soundTrpc = (): Sent => ({
  method: "POST",
  path: "task.update",
  query: "",
  headers: { Authorization: `Bearer ${world.ada.token}`, "Content-Type": "application/json" },
  body: { id: adasTask, title: "Ada's" },
});

const sendTrpc = ({ method, path, headers, body }: Sent) =>
  world.api.fetch(
    trpcRequest(path, {
      method,
      headers: given(headers),
      body: typeof body === "string" ? body : JSON.stringify(body),
    }),
  );

describe.each([
  { door: "REST", steps: restSteps, sound: soundRest, send: sendRest },
  { door: "tRPC", steps: trpcSteps, sound: soundTrpc, send: sendTrpc },
])("$door", ({ door, steps, sound, send }) => {
  const codeOf = async (response: Response) =>
    door === "REST" ? (await problem(response)).code : (await response.json()).error.data.code;

  test.each(steps.map((step, at) => [...step, at] as const))(
    "%s: by itself, and before all that comes after it",
    async (_, fault, status, code, at) => {
      const later = steps.slice(at + 1).map(([, other]) => other());
      for (const faults of [[fault()], [fault(), ...later]]) {
        const response = await send(withFaults(sound(), faults));
        expect([response.status, await codeOf(response)]).toEqual([status, code]);
      }
    },
  );

  test("nothing wrong", async () => {
    expect((await send(sound())).status).toBe(200);
  });
});

test("every refusal of REST is not to be stored, and has the id of its request", async () => {
  for (const [, fault] of restSteps) {
    const request = withFaults(soundRest(), [fault(), { headers: { "X-Request-Id": "mine" } }]);
    const { headers } = await sendRest(request);
    expect([headers.get("cache-control"), headers.get("x-request-id")]).toEqual([
      "no-store",
      "mine",
    ]);
  }
});

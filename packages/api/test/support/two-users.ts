import { createIssuer, createVerifier } from "@taskbridge/bridge";
import { createScope, type Db } from "@taskbridge/db";
import { createUser, type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { createTaskService } from "@taskbridge/tasks";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import type { ApiDeps, ReportError } from "../../src/context.ts";
import { failureOf } from "../../src/errors.ts";
import { type Api, createApi } from "../../src/index.ts";
import { createDocument } from "../../src/rest/openapi/document.ts";
import { type Caller, createCaller } from "../../src/router/index.ts";
import { createConformance } from "../../src/testing/index.ts";

const secret = "a secret of the tests, long enough to be taken";
const issuer = "http://localhost:3000";
const conforms = createConformance(createDocument());
const cursorKey = new Uint8Array(32).fill(7);

export interface TestUser {
  id: string;
  token: string;
  /** Calls procedures in process, with this user's token in the header. */
  caller: Caller;
  /**
   * Sends a request to `/api/{id}/tasks` + path, as this user unless headers say otherwise, and sees
   * that what comes back is as the OpenAPI document says.
   */
  rest: (method: string, path?: string, init?: RestInit) => Promise<Response>;
}

interface RestInit {
  body?: unknown;
  headers?: Record<string, string>;
  /** Whose path, where it is not one's own. */
  of?: string;
}

export interface World {
  api: Api;
  ada: TestUser;
  bob: TestUser;
  /** What was reported as unexpected; a test that leaves something here fails. */
  unexpected: unknown[];
  database: TestDatabase;
  /** The same doors, over another client of the database. */
  apiOver: (db: Db, reportError: ReportError) => Api;
  callerWith: (headers: Headers) => Caller;
  issue: (subject: { userId: string; sessionId: string; issuedAt?: number }) => Promise<string>;
}

/**
 * A real database, both doors over it, and two users in it, anew for every test file.
 *
 * @param build makes the doors; the app's own where nothing else is said
 */
export function twoUsers(build: (deps: ApiDeps) => Api = createApi): World {
  const world = { unexpected: [] } as unknown as World;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const database = await testDatabase();
    world.database = database;
    drop = database.drop;
    const { db } = database;
    const verifier = createVerifier({ secret, issuer });
    const { issue } = createIssuer({ secret, issuer });
    world.issue = issue;
    const scopeOf: ApiDeps["scopeOf"] = (access) => createScope(db, access);
    world.apiOver = (client, reportError) =>
      build({
        verifier,
        cursorKey,
        scopeOf: (access) => createScope(client, access),
        reportError,
      });
    world.api = world.apiOver(db, (error) => world.unexpected.push(error));
    const tasks = createTaskService({ cursorKey });
    world.callerWith = (headers) =>
      createCaller({
        arrival: {
          verifier,
          scopeOf,
          tasks,
          headers,
          url: new URL("http://localhost/api/trpc"),
          requestId: "test",
          report: failureOf,
        },
      });
    world.ada = await user("ada");
    world.bob = await user("bob");

    async function user(name: string): Promise<TestUser> {
      const { id } = await createUser(db, { name });
      const token = await issue({ userId: id, sessionId: `session-of-${name}` });
      const headers = { Authorization: `Bearer ${token}` };
      return {
        id,
        token,
        caller: world.callerWith(new Headers(headers)),
        rest: async (method, path = "", init = {}) => {
          const request = restRequest(method, `/api/${init.of ?? id}/tasks${path}`, {
            ...init,
            headers: { ...headers, ...init.headers },
          });
          const json = /json/.test(request.headers.get("content-type") ?? "");
          const sent = json ? await request.clone().text() : undefined;
          const response = await world.api.fetch(request);
          await conforms({ method, url: request.url, json: sent || undefined }, response);
          return response;
        },
      };
    }
  });

  beforeEach(() => {
    world.unexpected.length = 0;
    return () => {
      if (world.unexpected.length > 0) throw world.unexpected[0];
    };
  });

  afterAll(() => drop());
  return world;
}

/** A request as the host hands it over; a body that is no string is sent as JSON. */
export function restRequest(method: string, path: string, init: RestInit = {}): Request {
  const { body, headers } = init;
  const json = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  return new Request(`http://localhost:3000${path}`, {
    method,
    headers: { ...(json === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
    body: json as string | undefined,
  });
}

/** A refused answer's body, once it has been seen to be whole problem details. */
export async function problem(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const body = await response.json();
  expect(body).toMatchObject({
    status: response.status,
    type: `/problems/${body.code}`,
    title: expect.any(String),
    detail: expect.any(String),
    requestId: response.headers.get("x-request-id"),
  });
  return body;
}

/** A tRPC call over HTTP, one or a batch of the same procedure. */
export function trpcRequest(path: string, init: RequestInit & { input?: unknown } = {}): Request {
  const { input, ...rest } = init;
  const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  return new Request(`http://localhost:3000/api/trpc/${path}${query}`, rest);
}

/** An answer's body with what differs by chance taken out. */
export async function withoutRequestId(response: Response): Promise<string> {
  return (await response.text()).replace(/"requestId":"[^"]*"/, '"requestId":"…"');
}

export const absentId = "01890000-0000-7000-8000-000000000000";

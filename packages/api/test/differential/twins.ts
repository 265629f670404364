import { createUser } from "@taskbridge/db/testing";
import type { World } from "../support/two-users.ts";
import { readRest, readTrpc, type Told } from "./answers.ts";
import type { Operation } from "./generators.ts";
import { type Door, doors, History, type Name } from "./history.ts";
import { inexpressible, restRequest, trpcRequest } from "./requests.ts";

interface User {
  id: string;
  /** Values of the Authorization header. */
  tokens: Record<Operation["token"], string[]>;
}

/** What became of an operation. */
export type Outcome = { kind: "skipped"; why: string } | { kind: "refused by REST" } | Compared;
interface Compared {
  kind: "same";
  ok: boolean;
  code: string;
}

/** Two pairs of users, one at each door, who have all done the same. */
export class TwinPairs {
  readonly #history: History;
  #last = 0;

  readonly #world: World;
  readonly #users: Record<Name, Record<Door, User>>;

  private constructor(world: World, users: Record<Name, Record<Door, User>>) {
    this.#world = world;
    this.#users = users;
    this.#history = new History(users);
  }

  static async create(world: World): Promise<TwinPairs> {
    const twins = async (name: Name) => {
      const [rest, trpc] = await Promise.all(doors.map(() => createTestUser(world, name)));
      if (!rest || !trpc) throw new Error("There are two doors.");
      return { rest, trpc };
    };
    return new TwinPairs(world, { ada: await twins("ada"), bob: await twins("bob") });
  }

  /** Asks both doors; throws where their answers are not the same. */
  async do(asked: Operation): Promise<Outcome> {
    const operation = this.#history.following(asked);
    const why = inexpressible(operation);
    if (why) return { kind: "skipped", why };
    await this.#clockMoves();
    const refusal = refusalByRestAlone(operation);
    if (refusal) {
      const rest = await this.#atRest(operation);
      if (rest.code !== refusal) throw new Error(`REST should tell ${refusal}: ${rest.text}`);
      return { kind: "refused by REST" };
    }
    const [rest, trpc] = await Promise.all([this.#atRest(operation), this.#atTrpc(operation)]);
    const texts = { rest: rest.text, trpc: trpc.text };
    if (!(isKnownDifference(operation, rest, trpc) || this.#history.same(texts))) {
      throw new Error(`The doors disagree.\nREST: ${rest.text}\ntRPC: ${trpc.text}`);
    }
    if (rest.ok) this.#history.remember(operation, texts);
    return { kind: "same", ok: rest.ok, code: rest.code };
  }

  /** What is done one after the other has different times, at both doors. */
  async #clockMoves(): Promise<void> {
    while (Date.now() <= this.#last) await new Promise((resolve) => setImmediate(resolve));
  }

  async #atRest(operation: Operation): Promise<Told> {
    const { by, token, twist, id = "" } = operation;
    const path = twist === "another user's path" ? (by === "ada" ? "bob" : "ada") : by;
    const resolve = (text: string) => this.#history.resolve(text, by, "rest");
    const { tokens } = this.#users[by].rest;
    const userId = this.#users[path].rest.id;
    const etag = await this.#etagOf(operation);
    const authorization = tokens[token];
    const request = restRequest(operation, { userId, authorization, etag, resolve });
    const told = await readRest(await this.#world.api.fetch(request), operation, resolve(id));
    this.#last = Date.now();
    return told;
  }

  /** Where tRPC names a version REST names a tag: that of the task, or one that no task has. */
  async #etagOf({ by, id = "", version }: Operation): Promise<string | undefined> {
    if (!version) return undefined;
    const { id: userId, tokens } = this.#users[by].rest;
    const resolved = this.#history.resolve(id, by, "rest");
    const url = `http://localhost/api/${userId}/tasks/${encodeURIComponent(resolved)}`;
    const headers = { Authorization: tokens.valid[0] ?? "" };
    const answer = await this.#world.api.fetch(new Request(url, { headers }));
    const present = answer.ok ? ((await answer.json()) as { version: number }).version : undefined;
    const other = `"${"0".repeat(32)}"`;
    return (present === version ? answer.headers.get("etag") : undefined) ?? other;
  }

  async #atTrpc(operation: Operation): Promise<Told> {
    const { by, token } = operation;
    const resolve = (text: string) => this.#history.resolve(text, by, "trpc");
    const { tokens } = this.#users[by].trpc;
    const request = trpcRequest(operation, { authorization: tokens[token], resolve });
    const told = await readTrpc(await this.#world.api.fetch(request), operation);
    this.#last = Date.now();
    return told;
  }
}

/** What tRPC cannot even ask: it has no user in a path, and no way to replace without a version. */
function refusalByRestAlone({ route, token, twist, version }: Operation): string | undefined {
  if (token !== "valid") return undefined;
  if (twist === "another user's path") return "forbidden";
  const unguarded = route.startsWith("PUT") && !version;
  return unguarded && ["plain", "utf-8"].includes(twist) ? "version_required" : undefined;
}

/** A parameter given twice is a bad query; a member given twice is no JSON, as it is in a body. */
function isKnownDifference({ query }: Operation, rest: Told, trpc: Told): boolean {
  const twice = new Set(query.map(([name]) => name)).size < query.length;
  return twice && rest.code === "validation_failed" && trpc.code === "malformed_body";
}

async function createTestUser({ database, issue }: World, name: Name): Promise<User> {
  const { id } = await createUser(database.db, { name });
  const subject = { userId: id, sessionId: `session-of-${name}` };
  const now = Math.floor(Date.now() / 1000);
  const [valid, expired] = await Promise.all([
    issue(subject),
    issue({ ...subject, issuedAt: now - 1000 }),
  ]);
  const forged = [...valid.split(".").slice(0, 2), expired.split(".")[2]].join(".");
  const tokens = {
    valid: [`Bearer ${valid}`],
    none: [],
    expired: [`Bearer ${expired}`],
    forged: [`Bearer ${forged}`],
    malformed: [`Bearer ${valid}.x`],
    basic: ["Basic YTpi"],
    two: [`Bearer ${valid}`, `Bearer ${valid}`],
  };
  return { id, tokens };
}

import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PrivateServer, servePrivately } from "../src/private-server.ts";

let server: PrivateServer;
beforeAll(async () => {
  server = await servePrivately(await PGlite.create());
}, 60_000);
afterAll(() => server.close());

const packet = (type: string, ...fields: (string | number)[]) => {
  const body = Buffer.concat(
    fields.map((field) => {
      if (typeof field === "string") return Buffer.from(`${field}\0`);
      const number = Buffer.alloc(2);
      number.writeInt16BE(field);
      return number;
    }),
  );
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};
const parse = (sql: string, name = "") => packet("P", name, sql, 0);
const bind = (name = "") => packet("B", "", name, 0, 0, 0);
const execute = packet("E", "", 0, 0);
const flush = packet("H");
const sync = packet("S");

/** A client that speaks the protocol by hand, so that it can stop in the middle of a request. */
class RawClient {
  readonly socket: Socket;
  #received = "";
  #changed: () => void = () => {};

  constructor() {
    const host = new URL(server.url).searchParams.get("host") ?? "";
    this.socket = connect(join(host, ".s.PGSQL.5432"));
    this.socket.on("data", (chunk) => {
      this.#received += chunk.toString("latin1");
      this.#changed();
    });
    this.socket.write(packet("", 3, 0, "user", "postgres", ""));
  }

  /** Sends, and returns what came back once it holds `until`. */
  async send(until: string, ...packets: Buffer[]): Promise<string> {
    if (packets.length > 0) this.socket.write(Buffer.concat(packets));
    while (!this.#received.includes(until)) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
    const received = this.#received;
    this.#received = "";
    return received;
  }
}
const ready = "Z\0\0\0\x05";
const bound = "2\0\0\0\x04";

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

async function twoClients(): Promise<[RawClient, RawClient]> {
  const clients: [RawClient, RawClient] = [new RawClient(), new RawClient()];
  await Promise.all(clients.map((client) => client.send(ready)));
  return clients;
}

test("a request that arrives in halves is not mixed with another's", async () => {
  const [ada, bob] = await twoClients();
  ada.socket.write(Buffer.concat([parse("SELECT 'rows of ada'"), bind()]));
  expect(await bob.send(ready, parse("SELECT 'rows of bob'"), bind(), execute, sync)).toContain(
    "rows of bob",
  );
  const answer = await ada.send(ready, execute, sync);
  expect(answer).toContain("rows of ada");
  expect(answer).not.toContain("bob");
});

test("nor is one that was flushed half-way", async () => {
  const [ada, bob] = await twoClients();
  await ada.send(bound, parse("SELECT 'rows of ada'"), bind(), flush);
  bob.socket.write(Buffer.concat([parse("SELECT 'rows of bob'"), bind(), execute, sync]));
  expect(await ada.send(ready, execute, sync)).toContain("rows of ada");
  expect(await bob.send(ready)).toContain("rows of bob");
});

test("an unnamed statement of an earlier request is refused, not taken from another", async () => {
  const [ada, bob] = await twoClients();
  await ada.send(ready, parse("SELECT 'rows of ada'"), sync);
  await bob.send(ready, parse("SELECT 'rows of bob'"), sync);
  const answer = await ada.send(ready, bind(), execute, sync);
  expect(answer).toContain("does not exist");
  expect(answer).not.toContain("bob");
});

test("two connections may use one name for two prepared statements", async () => {
  const [ada, bob] = await twoClients();
  await ada.send(ready, parse("SELECT 'rows of ada'", "rows"), sync);
  await bob.send(ready, parse("SELECT 'rows of bob'", "rows"), sync);
  expect(await ada.send(ready, bind("rows"), execute, sync)).toContain("rows of ada");
  expect(await bob.send(ready, bind("rows"), execute, sync)).toContain("rows of bob");
  expect(await bob.send(ready, packet("C", "Srows"), bind("rows"), sync)).toContain(
    "does not exist",
  );
  expect(await ada.send(ready, bind("rows"), execute, sync)).toContain("rows of ada");
});

test("a client that goes away leaves no statement, transaction or half-done request", async () => {
  const [ada] = await twoClients();
  await ada.send(ready, parse("SELECT 'left behind'", "left"), sync);
  const create = parse("CREATE TABLE left_behind (id int)");
  await ada.send("CREATE TABLE", create, bind(), execute, flush);
  ada.socket.destroy();
  expect(
    await query(`SELECT to_regclass('left_behind') AS half_done,
      (SELECT count(*)::int FROM pg_prepared_statements WHERE statement LIKE '%left behind%') AS statements`),
  ).toEqual([{ half_done: null, statements: 0 }]);
});

test("a client that waits for its turn and goes away is not run", async () => {
  const [ada, bob] = await twoClients();
  await ada.send(ready, packet("Q", "BEGIN"));
  bob.socket.write(packet("Q", "CREATE TABLE too_late (id int)"));
  const closed = new Promise((resolve) => bob.socket.once("close", resolve));
  // In the server's order, what bob sent comes before the end of bob's connection.
  bob.socket.end(packet("X"));
  await closed;
  await ada.send(ready, packet("Q", "COMMIT"));
  expect(await query("SELECT to_regclass('too_late') AS too_late")).toEqual([{ too_late: null }]);
});

test("nonsense ends its own connection only", async () => {
  const host = new URL(server.url).searchParams.get("host") ?? "";
  const socket = connect(join(host, ".s.PGSQL.5432"));
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.on("error", () => {});
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await closed;
  expect(await query("SELECT 1 AS n")).toEqual([{ n: 1 }]);
});

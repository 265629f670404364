import { type AddressInfo, createServer, type Server } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { DatabaseUnreachableError, explainStart, openDatabase } from "../src/index.ts";

const failure = async (url: string): Promise<DatabaseUnreachableError> => {
  const error = await openDatabase({ url, dataDir: "/nowhere", timeoutMs: 300 }).catch((e) => e);
  expect(error).toBeInstanceOf(DatabaseUnreachableError);
  expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain("hunter2");
  return error;
};

/** Something that listens where a server should be, and has its answers ready. */
async function stub(...answers: Buffer[]): Promise<{ port: number; server: Server }> {
  const server = createServer((socket) => {
    let next = 0;
    socket.on("error", () => {});
    socket.on("data", () => socket.write(answers[next++] ?? ""));
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, server };
}

function reply(type: string, ...parts: (string | number[])[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  const head = Buffer.alloc(5, type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const errorResponse = (code: string, text: string) =>
  reply("E", `SFATAL\0VFATAL\0C${code}\0M${text}\0\0`);

test("nothing listens there", async () => {
  const { port, server } = await stub();
  await new Promise((resolve) => server.close(resolve));
  const { reason, message } = await failure(`postgresql://me:hunter2@127.0.0.1:${port}/tasks`);
  expect(reason).toBe("refused");
  expect(message).toBe(
    `Cannot use the database tasks at 127.0.0.1, port ${port}: nothing listens there. Is the server running?`,
  );
});

test("no host of that name", async () => {
  const { reason, message } = await failure("postgresql://me:hunter2@no-such-host.invalid/tasks");
  expect(["unknown_host", "timeout"]).toContain(reason);
  expect(message).toContain("no-such-host.invalid, port 5432");
});

test("no answer", async () => {
  const { port } = await stub();
  const { reason, message } = await failure(`postgresql://me:hunter2@127.0.0.1:${port}/tasks`);
  expect(reason).toBe("timeout");
  expect(message).toContain("no answer within 0.3 seconds");
});

test.each([
  ["28P01", "password authentication failed", "authentication"],
  ["28000", "no pg_hba.conf entry", "authentication"],
  ["3D000", "database does not exist", "no_database"],
  ["53300", "too many clients, said hunter2", "other"],
])("the server answers %s", async (code, text, expected) => {
  const { port } = await stub(errorResponse(code, text));
  expect((await failure(`postgresql://me:hunter2@127.0.0.1:${port}/tasks`)).reason).toBe(expected);
});

test.each([
  ["hunter2", "too many clients, said hunter2", "too many clients, said …"],
  // A short one is in words that have nothing to do with it.
  ["a", "a role says a lot", "a role says a lot"],
  ["a", "not for postgresql://me:a@db/tasks", "not for postgresql://…@db/tasks"],
])("the password %s is not told in: %s", async (password, text, told) => {
  const { port } = await stub(errorResponse("53300", text));
  const { message } = await failure(`postgresql://me:${password}@127.0.0.1:${port}/tasks`);
  expect(message).toContain(`: ${told}`);
});

test("a server that is starting up is waited for, and then named", async () => {
  const { port, server } = await stub(errorResponse("57P03", "the database system is starting up"));
  let asked = 0;
  server.on("connection", () => {
    asked += 1;
  });
  const url = `postgresql://me:hunter2@127.0.0.1:${port}/tasks`;
  const told: string[] = [];
  const error = await openDatabase({
    ...{ url, dataDir: "/nowhere", startingUpMs: 900 },
    onWaiting: (why) => told.push(why),
  }).catch((e) => e);
  expect(told).toEqual(["the database system is starting up"]);
  expect(error).toMatchObject({ name: "DatabaseUnreachableError", reason: "starting_up" });
  expect(error.message).toContain("the database system is starting up");
  expect(asked).toBeGreaterThan(1);
});

test("a password is asked for and the address has none", async () => {
  const { port } = await stub(
    reply("R", [0, 0, 0, 10], "SCRAM-SHA-256\0\0"),
    reply("R", [0, 0, 0, 11], "r=nonce,s=c2FsdA==,i=4096"),
  );
  const { reason, message } = await failure(`postgresql://me@127.0.0.1:${port}/tasks`);
  expect(reason).toBe("authentication");
  expect(message).toContain("asks for a password of me");
});

test.each([
  "postgresql://me:hunter2@[::1/tasks",
  "postgresql://me:hunter2@localhost/tasks?sslmode=best",
  "mysql://me:hunter2@localhost/tasks",
  "postgresql://me:hunter2@local host/tasks",
  "hunter2",
  "postgresql://me:hunter2@localhost:port/tasks",
])("not a PostgreSQL address: %s", async (url) => {
  const { reason, message } = await failure(url);
  expect(reason).toBe("invalid_url");
  expect(message).toMatch(/postgresql:\/\/USER:PASSWORD@HOST/);
});

test("a database that fails a start half-way is one sentence, and any other error stays itself", () => {
  const late = explainStart(new Error("Query read timeout"));
  expect(late).toMatchObject({
    name: "DatabaseUnreachableError",
    message:
      "The database let us in and then failed us: Query read timeout. Is it overloaded, locked by something else, or going down?",
  });
  const bug = new TypeError("x is not a function");
  expect(explainStart(bug)).toBe(bug);
});

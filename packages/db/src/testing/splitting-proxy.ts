import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Message types of the extended protocol that belong to a statement, up to its Execute. */
const EXECUTE = "E".charCodeAt(0);
const SYNC = "S".charCodeAt(0);
const READY = "Z".charCodeAt(0);

/** Cuts a stream into PostgreSQL's messages. Those of a client begin with one that has no type. */
function messages(onMessage: (type: number, whole: Buffer) => void, typed: boolean) {
  let left = Buffer.alloc(0);
  let first = !typed;
  return (chunk: Buffer) => {
    left = Buffer.concat([left, chunk]);
    for (;;) {
      const head = first ? 0 : 1;
      if (left.length < head + 4) return;
      const length = head + left.readUInt32BE(head);
      if (left.length < length) return;
      onMessage(first ? 0 : (left[0] ?? 0), left.subarray(0, length));
      left = left.subarray(length);
      first = false;
    }
  };
}

/**
 * A way to the database at `url` (a socket in a folder, as in all tests) that does what pgpool-II does where
 * it balances loads: of a packet of several statements it sends all but the first over a connection of
 * its own. `splits` says of each connection whether that is one of those.
 */
export async function splittingProxy(url: string, splits: (connection: number) => boolean) {
  const target = new URL(url);
  const path = `${target.searchParams.get("host")}/.s.PGSQL.5432`;
  const sockets = new Set<Socket>();
  let connections = 0;

  const server = createServer((client) => {
    const splitting = splits(connections++);
    const [primary, standby] = [connect(path), connect(path)];
    for (const socket of [client, primary, standby]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        for (const other of [client, primary, standby]) other.destroy();
      });
    }
    /** Answers of a packet are sent on in its order, and one of two Readys. */
    let standbyDone: (() => void) | undefined;
    let readysToDrop = 0;
    let batch: Buffer[][] = [[]];
    let started = false;

    const answered = (type: number, message: Buffer) => {
      if (type === READY && readysToDrop > 0) {
        readysToDrop -= 1;
        return standbyDone?.();
      }
      client.write(message);
    };
    primary.on("data", messages(answered, true));
    let standbyStarted = false;
    standby.on(
      "data",
      messages((type, message) => {
        if (standbyStarted) client.write(message);
        standbyStarted ||= type === READY;
      }, true),
    );
    client.on(
      "data",
      messages((type, message) => {
        if (!started) {
          started = true;
          primary.write(message);
          standby.write(message);
          return;
        }
        if (type !== SYNC) {
          if (!/[PBDEC]/.test(String.fromCharCode(type))) return primary.write(message);
          batch.at(-1)?.push(message);
          if (type === EXECUTE) batch.push([]);
          return;
        }
        const [head = [], ...rest] = batch.filter((part) => part.length > 0);
        batch = [[]];
        const together = !splitting || rest.length === 0;
        primary.write(Buffer.concat([...head, ...(together ? rest.flat() : []), message]));
        if (together) return;
        readysToDrop += 1;
        standbyDone = () => standby.write(Buffer.concat([...rest.flat(), message]));
      }, false),
    );
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://${target.username}@127.0.0.1:${port}${target.pathname}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

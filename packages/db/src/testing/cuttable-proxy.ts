import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface CuttableProxy {
  /** The database's address through the proxy. */
  readonly url: string;
  /** Ends all connections and lets nobody through. */
  cut(): void;
  /** Keeps connections and lets nothing through, as a network does that drops its packets. */
  hang(): void;
  mend(): void;
  close(): Promise<void>;
}

/** A way to the database at `url` (a socket in a folder, as in all tests) that a test can cut. */
export async function cuttableProxy(url: string): Promise<CuttableProxy> {
  const target = new URL(url);
  const path = `${target.searchParams.get("host")}/.s.PGSQL.5432`;
  const sockets = new Set<Socket>();
  let state: "open" | "cut" | "hanging" = "open";

  const server = createServer((client) => {
    if (state === "cut") return client.destroy();
    const database = connect(path);
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(from);
      from.on("error", () => {});
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on("data", (chunk) => {
        if (state === "open") to.write(chunk);
      });
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `postgresql://${target.username}@127.0.0.1:${port}${target.pathname}`,
    cut: () => {
      state = "cut";
      endAll();
    },
    hang: () => {
      state = "hanging";
    },
    mend: () => {
      state = "open";
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      endAll();
      await closed;
    },
  };
}

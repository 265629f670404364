import pg from "pg";
import { type Candidate, readServerAddress, type ServerAddress } from "./server-address.ts";
import { type ServerState, suits, WrongServerError } from "./server-state.ts";
import { asUnavailable, endsSession } from "./unavailable.ts";

export interface ServerClientConfig extends pg.ClientConfig {
  address: ServerAddress;
}

/** Of the time there is for connecting, this part may go by while a server among several is looked for. */
const SEARCH = 0.4;
const DEFAULT_TIMEOUT_MS = 5_000;

/** What pg has and its types leave out. */
interface Internals {
  connection: NodeJS.EventEmitter & { ssl: unknown; stream: { destroyed: boolean } };
  connectionParameters: { host?: string; port?: number };
  host: string;
  port: number;
  ssl: unknown;
}
const internalsOf = (client: pg.Client) => client as unknown as Internals;

/**
 * pg's client for an address that may name several servers, which also notes what its pool should know:
 * that its session is not to be used again, and that an error was the connection's.
 */
export class ServerClient extends pg.Client {
  /** Its session has had its time: the pool should close it rather than lend it again. */
  spent = false;
  readonly #config: ServerClientConfig;
  readonly #readOnly = new Set<string>();

  constructor(config: ServerClientConfig) {
    const { candidates, settings } = config.address;
    super({ ...config, ...settings, ...candidates[0] });
    this.#config = config;
    const { connection } = internalsOf(this);
    connection.on("errorMessage", ({ code }: { code?: string }) => {
      this.spent ||= endsSession(code);
    });
    connection.on("parameterStatus", (said: { parameterName: string; parameterValue: string }) => {
      this.#noteState(said.parameterName, said.parameterValue);
    });
    // All that wait for an answer of this connection are told with the same error.
    this.on("error", asUnavailable);
  }

  /** Whether the session writes nothing: begun while its server was a standby, say, it may stay so. */
  get readOnly(): boolean {
    return this.#readOnly.size > 0;
  }

  /** Where it looks for its server, to be told to people. */
  get places(): string[] {
    const { candidates } = this.#config.address;
    const own = new pg.Client({});
    const places = candidates.map(
      ({ host = own.host, port = own.port }) => `${host}, port ${port}`,
    );
    return [...new Set(places)];
  }

  override connect(): Promise<pg.Client>;
  override connect(callback: (error: Error) => void): void;
  override connect(callback?: (error: Error) => void): Promise<pg.Client> | undefined {
    if (!callback) {
      return new Promise((resolve, reject) =>
        this.connect((error) => (error ? reject(error) : resolve(this))),
      );
    }
    const told = (error: Error) => callback(asUnavailable(error));
    const { candidates, sessionAttributes } = this.#config.address;
    if (candidates.length === 1 && sessionAttributes === "any") super.connect(told);
    else this.#search().then(() => super.connect(told), told);
    return undefined;
  }

  /** Makes this the client of the first server that will do. */
  async #search(): Promise<void> {
    const { connectionTimeoutMillis = DEFAULT_TIMEOUT_MS } = this.#config;
    const found = await findServer(this.#config, connectionTimeoutMillis * SEARCH);
    const { connection, connectionParameters } = internalsOf(this);
    // Its pool has given it up.
    if (connection.stream.destroyed) throw new Error("timeout exceeded when trying to connect");
    const { host, port, ssl } = internalsOf(found);
    Object.assign(internalsOf(this), { host, port, ssl });
    Object.assign(connectionParameters, { host, port });
    connection.ssl = ssl;
  }

  #noteState(name: string, value: string): void {
    if (name !== "default_transaction_read_only" && name !== "in_hot_standby") return;
    if (value === "on") this.#readOnly.add(name);
    else this.#readOnly.delete(name);
  }
}

/** Asks all at once, and takes the first in their order: who does not answer costs its time only once. */
async function findServer(config: ServerClientConfig, timeoutMs: number): Promise<ServerClient> {
  const { candidates, sessionAttributes } = config.address;
  const asked = candidates.map((candidate) => ask(config, candidate, timeoutMs));
  const errors: unknown[] = [];
  const others: ServerClient[] = [];
  for (const answer of asked) {
    const { client, error, readOnly, standby } = await answer;
    if (error) errors.push(error);
    else if (suits({ readOnly, standby }, sessionAttributes)) return client;
    else others.push(client);
  }
  const [other] = others;
  if (other && sessionAttributes === "prefer-standby") return other;
  throw other ? new WrongServerError(sessionAttributes) : errors[0];
}

async function ask({ address, ...config }: ServerClientConfig, candidate: Candidate, ms: number) {
  const only: ServerAddress = { ...address, candidates: [candidate], sessionAttributes: "any" };
  const client = new ServerClient({
    ...{ ...config, connectionTimeoutMillis: ms, query_timeout: ms },
    address: only,
  });
  try {
    await client.connect();
    const { rows } = await client.query(`SELECT pg_is_in_recovery() AS "standby",
      current_setting('transaction_read_only') = 'on' AS "readOnly"`);
    const [state] = rows as [ServerState];
    return { client, error: undefined, ...state };
  } catch (error) {
    return { client, error, standby: false, readOnly: false };
  } finally {
    // Not waited for: it may never come.
    void client.end().catch(() => {});
  }
}

/** What pg's pool is to be given for the server at this address. Throws `ServerAddressError`. */
export function connectingTo(url: string): pg.PoolConfig {
  // The pool gives it all its options, which its type does not say.
  const Client = ServerClient as unknown as new () => pg.ClientBase;
  return { Client, address: readServerAddress(url) } as pg.PoolConfig;
}

/** A connection of its own to the server at this address. Throws `ServerAddressError`. */
export const clientOf = (url: string, config: pg.ClientConfig = {}): ServerClient =>
  new ServerClient({ ...config, address: readServerAddress(url) });

/** Closes the connections that have had their time when they are given back, whoever used them. */
export function closeSpent(pool: pg.Pool): void {
  // pg's pool closes those of a certain age so; it has no other way for one that its user calls sound.
  const { _expired: expired } = pool as unknown as { _expired: WeakSet<pg.PoolClient> };
  pool.on("release", (_, client) => {
    const { spent, readOnly } = client as unknown as ServerClient;
    if (spent || readOnly) expired.add(client);
  });
}

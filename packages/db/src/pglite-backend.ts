import type { PGlite } from "@electric-sql/pglite";
import {
  message,
  renameStatement,
  type Status,
  sayStorageFull,
  statusAfter,
  statusLength,
} from "./wire.ts";

/** The messages after which the backend should get to work: all others wait for one of these. */
const workers = new Set("SQHF");
/** Executes a portal that does not exist, so that Sync does not commit what was not finished. */
const failing = message("E", "gone", "", "", "", "");
/** Parameters of the start-up packet: protocol 3.0, the one user and database there are. */
const startup = "\0\x03\0\0user\0postgres\0database\0postgres\0\0";

/**
 * The one backend that PGlite is, shared by many sessions.
 *
 * A session gets the backend for a whole request (all up to Sync, or a simple query), and keeps it
 * until the backend says that it is idle: through a transaction, and between Flush and Sync. Only
 * then is it the next one's turn, in the order of asking. So sessions cannot see each other's
 * unnamed statements, portals or open transactions. What they do share is what `SET` (without
 * LOCAL) and advisory locks leave behind: there is only one backend.
 */
export class Backend {
  /** What a client is told when it has connected. */
  readonly greeting: Uint8Array;
  /** Whether the database is read-only for want of room. */
  storageFull = false;
  readonly #pglite: PGlite;
  readonly #waiting: Session[] = [];
  #holder: Session | undefined;
  #working: Promise<void> | undefined;
  #stopped = false;
  #statements = 0;

  static async start(pglite: PGlite): Promise<Backend> {
    const length = Buffer.alloc(4);
    length.writeInt32BE(startup.length + 4);
    const packet = Buffer.concat([length, Buffer.from(startup, "latin1")]);
    const pieces: Uint8Array[] = [];
    await exchange(pglite, packet, (piece) => pieces.push(piece));
    return new Backend(pglite, Buffer.concat(pieces));
  }

  private constructor(pglite: PGlite, greeting: Uint8Array) {
    this.#pglite = pglite;
    this.greeting = greeting;
  }

  openSession(send: (answer: Uint8Array) => void): Session {
    return new Session(this, send);
  }

  /** A name for a prepared statement that no other session has. */
  nextStatementName(): string {
    this.#statements += 1;
    return `taskbridge_${this.#statements}`;
  }

  /** Gives the session its turn as soon as it can have one. */
  enqueue(session: Session): void {
    if (session !== this.#holder && !this.#waiting.includes(session)) this.#waiting.push(session);
    this.#working ??= this.#work();
  }

  /** Lets the request under way end, and starts no other. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#working;
  }

  async #work(): Promise<void> {
    // Not in the same tick, or `#working` would be set after it was cleared.
    await Promise.resolve();
    while (!this.#stopped) {
      this.#holder ??= this.#waiting.shift();
      const session = this.#holder;
      if (!session) break;
      const request = session.takeRequest();
      if (request) await this.#run(session, request);
      else if (session.holds) break;
      if (session.holds) continue;
      this.#holder = undefined;
      if (session.wantsTurn) this.#waiting.push(session);
    }
    this.#working = undefined;
  }

  async #run(session: Session, request: Uint8Array): Promise<void> {
    try {
      await exchange(this.#pglite, request, (piece) =>
        session.answer(this.storageFull ? sayStorageFull(piece) : piece),
      );
      session.answered();
    } catch {
      // Errors of SQL are answers; this is the backend giving up in the middle of a request.
      session.break();
      await exchange(this.#pglite, message("Q", "ROLLBACK"), () => {}).catch(() => {});
    }
  }
}

/**
 * Hands over the answer piece by piece. Each is copied: it is in the backend's own memory, which the next
 * piece is written over. (`execProtocolRaw` would keep every message that was ever answered.)
 */
const exchange = (pglite: PGlite, request: Uint8Array, take: (piece: Buffer) => void) =>
  pglite.runExclusive(() =>
    pglite.execProtocolRawStream(request, {
      onRawData: (piece) => {
        take(Buffer.from(piece));
      },
    }),
  );

/** One connection's share of the backend. */
class Session {
  onBroken: () => void = () => {};
  readonly #backend: Backend;
  readonly #send: (answer: Uint8Array) => void;
  /** The names clients give to prepared statements, and what the backend knows them by. */
  readonly #statements = new Map<string, string>();
  #incomplete: Buffer[] = [];
  #requests: Buffer[][] = [];
  #status: Status | undefined = "I";
  /** Whether the backend's unnamed statement is this session's. */
  #ownsUnnamed = false;
  #flushing = false;
  /** The end of what was answered last. */
  #tail = Buffer.alloc(0);
  #closed = false;
  #cleanUps = 0;

  constructor(backend: Backend, send: (answer: Uint8Array) => void) {
    this.#backend = backend;
    this.#send = send;
  }

  /** Whether the backend is in the middle of something for this session. */
  get holds(): boolean {
    return this.#status !== "I";
  }

  get wantsTurn(): boolean {
    return this.#closed ? this.#statements.size > 0 : this.#requests.length > 0;
  }

  receive(received: Buffer): void {
    this.#incomplete.push(received);
    if (!workers.has(typeOf(received))) return;
    this.#requests.push(this.#incomplete);
    this.#incomplete = [];
    this.#backend.enqueue(this);
  }

  takeRequest(): Buffer | undefined {
    this.#tail = Buffer.alloc(0);
    if (this.#closed) return this.#takeCleanUp();
    const request = this.#requests.shift();
    if (!request) return undefined;
    if (!this.holds) this.#ownsUnnamed = false;
    this.#flushing = typeOf(request.at(-1)) === "H";
    const rename = (name: string, type: string) => this.#rename(name, type);
    return Buffer.concat(request.map((received) => renameStatement(received, rename)));
  }

  /** Takes a piece of the answer to its request. */
  answer(piece: Uint8Array): void {
    this.#tail = Buffer.concat([this.#tail, piece.subarray(-statusLength)]).subarray(-statusLength);
    if (!this.#closed) this.#send(piece);
  }

  /** Takes note that the answer is complete. */
  answered(): void {
    this.#status = this.#flushing ? undefined : statusAfter(this.#tail);
  }

  /** Its requests that have not begun are never run, as when a client of a server goes away. */
  close(): void {
    this.#closed = true;
    this.#backend.enqueue(this);
  }

  break(): void {
    this.#status = "I";
    this.#requests = [];
    this.#statements.clear();
    this.onBroken();
  }

  /** What undoes, step by step, all that a connection that is gone left open. */
  #takeCleanUp(): Buffer | undefined {
    this.#flushing = false;
    // It takes at most three steps; what does not help must not be repeated for ever.
    if (this.#cleanUps++ > 3) this.#status = "I";
    if (this.#status === undefined) return Buffer.concat([failing, message("S")]);
    if (this.#status !== "I") return message("Q", "ROLLBACK");
    if (this.#statements.size === 0) return undefined;
    const closes = [...this.#statements.values()].map((name) => message("C", `S${name}`));
    this.#statements.clear();
    return Buffer.concat([...closes, message("S")]);
  }

  #rename(name: string, type: string): string {
    if (name === "") {
      this.#ownsUnnamed ||= type === "P";
      // Parsed in an earlier turn: another session's may have taken its place. This one is nobody's.
      return this.#ownsUnnamed || type === "C" ? name : "unnamed_statement_of_an_earlier_request";
    }
    const known = this.#statements.get(name) ?? this.#backend.nextStatementName();
    if (type === "C") this.#statements.delete(name);
    else this.#statements.set(name, known);
    return known;
  }
}

const typeOf = (received: Buffer | undefined) => String.fromCharCode(received?.[0] ?? 0);

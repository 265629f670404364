import type pg from "pg";
import type { Statement, StatementResult } from "./pipeline.ts";

/** As many as a batch of calls may have. */
const MOST = 20;
/** Nobody waits longer for the packet before it, and for no longer do others join: their patience is the first one's. */
const WAIT_MS = 10;

/** Sends the statements of a party. Until it calls `leave`, later and when it has a connection, others may join. */
type Send = (leave: () => readonly Statement[]) => Promise<StatementResult[]>;

/** Reads of one user that go to the database in one packet. */
export interface Party {
  readonly statements: readonly Statement[];
  /** Of the wall, then of each statement. */
  readonly results: Promise<StatementResult[]>;
  readonly since: number;
}

/** A read's place in its party, from 0 on. */
export interface Place {
  readonly party: Party;
  readonly at: number;
}

const lines = new WeakMap<pg.Pool, Map<string, Line>>();

/**
 * Takes a read to others of the same user that have not left for the database yet. A batch of calls is many
 * reads in one turn of the process: each by itself would take a connection, a packet, and the wall's
 * statement. A read that is alone goes at once.
 *
 * Who joins is told by the user's id and by nothing else, since the wall's one statement in the packet
 * says whose rows it shows. Reads that say the very same are one: none of them has been answered yet, so
 * that the answer is as new as each of them may expect.
 */
export function joinParty(pool: pg.Pool, userId: string, statement: Statement, send: Send): Place {
  const ofPool = lines.get(pool) ?? new Map<string, Line>();
  lines.set(pool, ofPool);
  const line = ofPool.get(userId) ?? new Line(() => ofPool.delete(userId));
  ofPool.set(userId, line);
  return line.join(statement, send);
}

/** A party that others may join. */
interface Open extends Party {
  readonly statements: Statement[];
  readonly places: Map<string, number>;
  /** Sends it, if it is still waiting for those before it. */
  start: () => void;
}

/** The parties of one user. */
class Line {
  #open: Open | undefined;
  #underWay = 0;
  readonly #onEmpty: () => void;

  constructor(onEmpty: () => void) {
    this.#onEmpty = onEmpty;
  }

  join({ text, values }: Statement, send: Send): Place {
    const party = this.#joinable() ?? this.#begin(send);
    const { statements, places } = party;
    const said = `${JSON.stringify(values)} ${text}`;
    const known = places.get(said);
    const at = known ?? statements.push({ text, values }) - 1;
    if (known === undefined) places.set(said, at);
    return { party, at };
  }

  #joinable(): Open | undefined {
    const open = this.#open;
    const late = open && performance.now() - open.since >= WAIT_MS;
    return late || open?.statements.length === MOST ? undefined : open;
  }

  #begin(send: Send): Open {
    this.#open?.start();
    let start = () => {};
    const turn =
      this.#underWay === 0 ? undefined : new Promise<void>((resolve) => (start = resolve));
    const late = turn && setTimeout(start, WAIT_MS);
    const statements: Statement[] = [];
    const leave = () => {
      if (this.#open?.statements === statements) this.#open = undefined;
      return statements;
    };
    const go = async () => {
      clearTimeout(late);
      this.#underWay += 1;
      try {
        return await send(leave);
      } finally {
        leave();
        this.#underWay -= 1;
        this.#open?.start();
        if (this.#underWay === 0 && !this.#open) this.#onEmpty();
      }
    };
    const results = turn ? turn.then(go) : go();
    this.#open = { statements, places: new Map(), results, since: performance.now(), start };
    return this.#open;
  }
}

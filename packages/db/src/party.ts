import type pg from "pg";
import type { Prisma } from "./generated/client.ts";
import type { StatementResult } from "./pipeline.ts";

/** As many as a batch of calls may have. */
const MOST = 20;
/** For no longer do others join: the patience of the first is that of all. */
const JOIN_MS = 10;

/** Reads of one user that go to the database in one packet. */
export interface Party {
  readonly statements: Prisma.Sql[];
  /** Of the wall, then of each statement. */
  readonly results: Promise<StatementResult[]>;
  readonly since: number;
}

/** Sends them when there is a connection; until it calls `join`, others may come. */
type Sending = (join: () => readonly Prisma.Sql[]) => Promise<StatementResult[]>;

const open = new WeakMap<pg.Pool, Map<string, Party>>();

/**
 * The user's reads that wait for a connection to this database, which one more may join. A batch of calls
 * is many reads in one turn of the process: each by itself would take a connection, a packet, and the
 * wall's statement. A read that is alone waits no longer for that, because nobody waits for company.
 *
 * Who joins is told by the user's id and by nothing else, since the wall's one statement in the packet
 * says whose rows it shows.
 */
export function partyOf(pool: pg.Pool, userId: string, send: Sending): Party {
  const parties = open.get(pool) ?? new Map<string, Party>();
  open.set(pool, parties);
  const known = parties.get(userId);
  const since = performance.now();
  if (known && known.statements.length < MOST && since - known.since < JOIN_MS) return known;
  const statements: Prisma.Sql[] = [];
  const leave = () => {
    if (parties.get(userId)?.statements === statements) parties.delete(userId);
    return statements;
  };
  const results = send(leave).finally(leave);
  const party = { statements, results, since };
  parties.set(userId, party);
  return party;
}

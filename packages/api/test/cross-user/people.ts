import type { TestDatabase } from "@taskbridge/db/testing";
import { createUser } from "@taskbridge/db/testing";
import { type Call, restRequest } from "./calls.ts";
import type { Ground } from "./run.ts";

/** Somebody, and what of theirs another could name. */
export interface Person {
  id: string;
  token: string;
  /** In each of their titles, notes and tags, and in nobody else's. */
  mark: string;
  tag: string;
  living: string[];
  deleted: string[];
  /** Of the second page of `listed`, and of their deleted tasks by one. */
  cursor: string;
  deletedCursor: string;
  /** With it they once sent `keyed`. */
  key: string;
  /** What they were told then. */
  keyedAnswer: string;
}

export const markPattern = /mk[0-9a-f]{16}/g;
const newMark = () => `mk${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;

/** What all have said of some tasks. */
export const common = "shared";
export const keyed: Call = { row: "POST /tasks", body: { title: "Sent with a key" } };
export const listed: Call = { row: "GET /tasks", query: { tag: common, limit: 1 } };
export const listedDeleted: Call = { row: "GET /tasks/deleted", query: { limit: 1 } };

const DAY = 86_400_000;

/** Adds a user with `count` living tasks, a third of them completed, and three deleted ones. */
export async function createPerson(ground: Ground, count: number): Promise<Person> {
  const { database, issue } = ground;
  const { id } = await createUser(database.db);
  const token = await issue({ userId: id, sessionId: `session-of-${id}` });
  const mark = newMark();
  const person: Person = {
    ...{ id, token, mark, tag: `${mark}-tag`, key: `${mark}-key` },
    ...nothing,
  };
  await database.client.task.createMany({ data: rowsOf(person, count) });
  const cursorOf = async (call: Call) => {
    const answer = await ground.api.fetch(restRequest(call, person));
    return ((await answer.json()) as { nextCursor: string }).nextCursor;
  };
  person.cursor = await cursorOf(listed);
  person.deletedCursor = await cursorOf(listedDeleted);
  const headers = { "Idempotency-Key": `"${person.key}"` };
  const answer = await ground.api.fetch(restRequest(keyed, person, { headers }));
  person.keyedAnswer = JSON.stringify(await answer.json());
  return person;
}

const nothing = { living: [], deleted: [], cursor: "", deletedCursor: "", keyedAnswer: "" };

const rowsOf = ({ id, mark, tag }: Person, count: number) =>
  Array.from({ length: count + 3 }, (_, at) => {
    const title = `${mark} ${common} ${at}`;
    const createdAt = new Date(Date.now() - at * 1_000);
    return {
      id: crypto.randomUUID(),
      userId: id,
      ...{ title, titleKey: title, searchTitle: title, notes: mark, searchNotes: mark },
      tags: [tag, common],
      completedAt: at % 3 === 0 ? createdAt : null,
      dueDate: at % 4 === 0 ? new Date(Date.UTC(2001, 0, 1)) : null,
      priority: at % 4,
      deletedAt: at < count ? null : new Date(Date.now() - DAY),
      ...{ createdAt, updatedAt: createdAt },
    };
  });

/** Names as this person has, of which there is nothing: what is asked of them must be answered alike. */
export function absentTwin(person: Person): Person {
  const mark = newMark();
  const newIds = (ids: string[]) => ids.map(() => crypto.randomUUID() as string);
  return {
    ...{ id: crypto.randomUUID(), token: "", mark, tag: `${mark}-tag`, key: `${mark}-key` },
    living: newIds(person.living),
    deleted: newIds(person.deleted),
    cursor: `${person.cursor.split(".")[0]}.AAAAAAAAAAAAAAAAAAAAAA`,
    deletedCursor: `${person.deletedCursor.split(".")[0]}.AAAAAAAAAAAAAAAAAAAAAA`,
    keyedAnswer: "",
  };
}

/** What must stay as it is, by the user whose it is; brings everybody's lists of ids up to date. */
export async function takeStock(
  { client }: TestDatabase,
  people: readonly Person[],
): Promise<Map<string, string>> {
  const rows = await client.$queryRawUnsafe<
    { userId: string; id: string; deleted: boolean | null; hash: string }[]
  >(
    `SELECT "userId", "id"::text AS "id", "deletedAt" IS NOT NULL AS "deleted", md5("task"::text) AS "hash"
       FROM "task" WHERE "userId" = ANY ($1)
     UNION ALL
     SELECT "userId", "key", NULL, md5("idempotency_record"::text)
       FROM "idempotency_record" WHERE "userId" = ANY ($1)
     UNION ALL
     SELECT "userId", "id"::text, NULL, md5("task_delta"::text)
       FROM "task_delta" WHERE "userId" = ANY ($1)
     ORDER BY 1, 2`,
    people.map(({ id }) => id),
  );
  const stock = new Map<string, string>();
  const known = new Map(people.map((person) => [person.id, person]));
  for (const person of people) Object.assign(person, { living: [], deleted: [] });
  for (const { userId, id, deleted, hash } of rows) {
    stock.set(userId, `${stock.get(userId) ?? ""}${id} ${hash}\n`);
    if (deleted === null) continue;
    known.get(userId)?.[deleted ? "deleted" : "living"].push(id);
  }
  return stock;
}

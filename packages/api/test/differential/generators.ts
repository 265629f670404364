import fc, { type Arbitrary } from "fast-check";
import {
  type Body,
  changes,
  deleteManyBody,
  goodTask,
  members,
  newTask,
  setCompletedBody,
  strangers,
  taskId,
} from "./bodies.ts";
import { type ImportedText, importedTexts } from "./imports.ts";
import {
  filterFields,
  format,
  type Member,
  mix,
  oneOf,
  paging,
  sortFields,
  today,
} from "./values.ts";

/** One thing to ask of both doors. Plain data, so that a counterexample can be read. */
export interface Operation {
  /** A row of the route table, `GET /tasks/{id}`. */
  route: string;
  by: "ada" | "bob";
  token: (typeof tokens)[number];
  id?: string;
  query: Member[];
  /** Takes the query of a page that was answered before, and its cursor. */
  follow?: number | null;
  body?: Body;
  imported?: ImportedText;
  version?: number | null;
  /** What is odd about how it is sent. */
  twist: Twist;
  /** tRPC: as a batch of one. */
  batch: boolean;
  /** REST: with an Idempotency-Key that no other request has. */
  key: boolean;
}

export const tokens = ["valid", "none", "expired", "forged", "malformed", "basic", "two"] as const;
export type Twist = (typeof anywhere)[number] | (typeof withBody)[number] | "announced body";

export const anywhere = ["plain", "another user's path", "declared too long"] as const;
export const withBody = [
  "text/plain",
  "utf-16",
  "utf-8",
  "gzip",
  "not UTF-8",
  "BOM",
  "too long",
] as const;

interface Generated {
  procedure: string;
  /** The status where REST succeeds; tRPC's is 200. */
  success: number;
  parts: Arbitrary<Pick<Operation, "query" | "id" | "body" | "imported" | "version" | "follow">>;
  weight: number;
}

const version = fc.option(mix([5, oneOf(1, 1, 2, 3)], [1, oneOf(2_147_483_647)]));
const none = fc.constant<Member[]>([]);
/** A query where none is taken. */
const noQuery = mix(
  [8, none],
  [1, strangers.filter(([, value]) => value[0] === '"').map((one) => [one])],
);
const follow = fc.option(fc.nat({ max: 30 }), { freq: 3 });
const page = members({ ...filterFields, ...sortFields, ...paging });
const narrow = mix([5, fc.record(paging, { requiredKeys: ["limit"] })], [1, fc.record(paging)]).map(
  ({ limit }): Member[] => (limit === undefined ? [] : [["limit", limit]]),
);

/** A generator for every row of the route table: a row without one fails the test. */
export const generators: Record<string, Generated> = {
  "GET /tasks": {
    procedure: "task.list",
    success: 200,
    weight: 6,
    parts: fc.record({ query: mix([1, page], [1, narrow]), follow }),
  },
  "POST /tasks": {
    procedure: "task.create",
    success: 201,
    weight: 6,
    parts: mix(
      [12, fc.record({ query: none, body: newTask })],
      [1, fc.record({ query: noQuery, body: goodTask })],
    ),
  },
  "GET /tasks/{id}": {
    procedure: "task.get",
    success: 200,
    weight: 2,
    parts: fc.record({ query: noQuery, id: taskId }),
  },
  "PATCH /tasks/{id}": {
    procedure: "task.update",
    success: 200,
    weight: 5,
    parts: fc.record({ query: none, id: taskId, body: changes, version }),
  },
  "PUT /tasks/{id}": {
    procedure: "task.update",
    success: 200,
    weight: 4,
    parts: mix(
      [12, fc.record({ query: none, id: taskId, body: newTask, version: version.filter(Boolean) })],
      [1, fc.record({ query: none, id: taskId, body: goodTask, version: fc.constant(null) })],
    ),
  },
  "DELETE /tasks/{id}": {
    procedure: "task.delete",
    success: 204,
    weight: 2,
    parts: fc.record({ query: noQuery, id: taskId, version }),
  },
  "POST /tasks/{id}/restore": {
    procedure: "task.restore",
    success: 200,
    weight: 2,
    parts: fc.record({ query: noQuery, id: taskId }),
  },
  "GET /tasks/deleted": {
    procedure: "task.listDeleted",
    success: 200,
    weight: 3,
    parts: fc.record({ query: mix([1, members(paging)], [2, narrow]), follow }),
  },
  "POST /tasks/set-completed": {
    procedure: "task.setCompleted",
    success: 200,
    weight: 3,
    parts: fc.record({ query: none, body: setCompletedBody }),
  },
  "POST /tasks/delete-many": {
    procedure: "task.deleteMany",
    success: 200,
    weight: 2,
    parts: fc.record({ query: none, body: deleteManyBody }),
  },
  "POST /tasks/clear-completed": {
    procedure: "task.clearCompleted",
    success: 200,
    weight: 2,
    parts: fc.record({ query: noQuery }),
  },
  "GET /tasks/counts": {
    procedure: "task.counts",
    success: 200,
    weight: 2,
    parts: fc.record({ query: members({ today }) }),
  },
  "GET /tasks/export": {
    procedure: "task.export",
    success: 200,
    weight: 3,
    parts: fc.record({
      query: mix([1, members({ ...filterFields, format })], [2, members({ format })]),
    }),
  },
  "POST /tasks/import": {
    procedure: "task.import",
    success: 200,
    weight: 2,
    parts: fc.record({ query: none, imported: importedTexts }),
  },
};

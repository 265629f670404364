import { DomainError, type Task, taskSchema } from "@taskbridge/contract";
import type { KeptAnswer, OwnerScope, TaskService } from "@taskbridge/tasks";
import type { Reply } from "./reply.ts";
import { etagOf } from "./rest/entity-tag.ts";

/** Up to this length an answer is kept as it is; of a longer one its tasks' ids and versions are. */
const WHOLE_BYTES = 4 * 1024;

type ReadTasks = Pick<TaskService, "getMany">;

/** A task as it stands in an answer that is kept. */
interface Reference {
  task: string;
  version: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What is kept of an answer for those who ask again. */
export function keep({ status, headers, body }: Reply): KeptAnswer {
  if (body instanceof ReadableStream) throw new TypeError("A stream cannot be kept.");
  const kept = { status, headers: Object.entries(headers) };
  const bytes = typeof body === "string" ? encoder.encode(body) : (body ?? new Uint8Array());
  if (bytes.length <= WHOLE_BYTES) return { ...kept, body: bytes };
  const text = JSON.stringify(mapObjects(JSON.parse(decoder.decode(bytes)), referenceTo));
  return { ...kept, body: encoder.encode(text), refers: true };
}

/**
 * The answer again. Tasks that were kept as references are as they are now, which is as they were where nobody
 * has changed them. Those that have been deleted are `missing` where the answer says what is; an answer about
 * nothing else is `task_not_found`.
 */
export async function restore(
  { status, headers, body, refers }: KeptAnswer,
  { scope, tasks }: { scope: OwnerScope; tasks: ReadTasks },
): Promise<Reply> {
  const kept = { status, headers: Object.fromEntries(headers) };
  if (!refers) return { ...kept, body: body.length > 0 ? body : null };
  const value: unknown = JSON.parse(decoder.decode(body));
  const ids: string[] = [];
  mapObjects(value, (object) => {
    if (isReference(object)) ids.push(object.task);
    return object;
  });
  const present = new Map((await tasks.getMany(scope, ids)).map((task) => [task.id, task]));
  const text = JSON.stringify(mapObjects(value, (object) => filledIn(object, present)));
  if (kept.headers.ETag) kept.headers.ETag = etagOf(text);
  return { ...kept, body: text };
}

function filledIn(object: object, present: ReadonlyMap<string, Task>): unknown {
  if (isReference(object)) {
    const task = present.get(object.task);
    if (task) return task;
    throw new DomainError("task_not_found", "The task of this answer has been deleted since.");
  }
  if (!("items" in object && "missing" in object)) return object;
  if (!Array.isArray(object.items) || !Array.isArray(object.missing)) return object;
  const gone = object.items
    .filter((item) => isReference(item) && !present.has(item.task))
    .map(({ task }: Reference) => task);
  const items = object.items.filter((item) => !isReference(item) || present.has(item.task));
  return { ...object, items, missing: [...object.missing, ...gone] };
}

const taskMembers = Object.keys(taskSchema.shape);

/** Whether it has a task's members and no others. */
const isTask = (object: object): object is Task =>
  Object.keys(object).length === taskMembers.length &&
  taskMembers.every((name) => Object.hasOwn(object, name));

const referenceTo = (object: object): unknown =>
  isTask(object) ? ({ task: object.id, version: object.version } satisfies Reference) : object;

const isReference = (value: unknown): value is Reference =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).length === 2 &&
  "task" in value &&
  "version" in value;

/** The same value with what `change` makes of each object in it, the outermost first. */
function mapObjects(value: unknown, change: (object: object) => unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, change));
  const members = Object.entries(change(value) as object);
  return Object.fromEntries(members.map(([name, member]) => [name, mapObjects(member, change)]));
}

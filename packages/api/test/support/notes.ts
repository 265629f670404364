import { DomainError, taskIdSchema, textSchema } from "@taskbridge/contract";
import { type OwnerScope, ownedTable, Prisma } from "@taskbridge/db";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import type { Doors } from "../../src/create-api.ts";
import { created, data, gone, item } from "../../src/rest/answers.ts";
import { noQuery, type RestMethod, route } from "../../src/rest/route.ts";
import { routes } from "../../src/rest/routes.ts";
import { appRouter } from "../../src/router/index.ts";
import { createCallerFactory, mergeRouters, protectedProcedure, router } from "../../src/trpc.ts";

// A second resource, whole, as docs/guides/add-a-resource.md walks through it.
const { sql } = Prisma;
/** The migration. */
export const createNoteTable = `
  CREATE TABLE "note" (
    "id" uuid PRIMARY KEY,
    "userId" text NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
    "text" text NOT NULL,
    "version" int NOT NULL DEFAULT 1);
  CALL "wall_in"('note')`;
// packages/contract
const noteCreateSchema = z.strictObject({ text: textSchema.min(1).max(1000) });
const noteRefSchema = z.strictObject({ id: taskIdSchema });
const noteDeleteSchema = noteRefSchema.extend({ version: z.int().optional() });
const noteUpdateSchema = noteDeleteSchema.extend(noteCreateSchema.shape);
const noteSchema = noteCreateSchema.extend({ id: z.uuid(), version: z.int() });
type Note = z.infer<typeof noteSchema>;
// packages/notes: the service. Each function takes (scope, input).
const noteTable = ownedTable<Note>("note", { id: "uuid", text: "text", version: "int" });
const columns = ["id", "text", "version"] as const;
const notFound = () => new DomainError("not_found", "There is no such note.");
const ofId = (id: string) => {
  if (!z.uuid().safeParse(id).success) throw notFound();
  return sql`"id" = ${id}::uuid`;
};
const ofVersion = (id: string, version: number | undefined) =>
  version === undefined ? ofId(id) : sql`${ofId(id)} AND "version" = ${version}`;

const notes = {
  list: (scope: OwnerScope) => scope.rows(noteTable).find({ columns, orderBy: sql`"id"` }),
  async get(scope: OwnerScope, { id }: { id: string }): Promise<Note> {
    const [note] = await scope.rows(noteTable).find({ columns, where: ofId(id) });
    if (!note) throw notFound();
    return note;
  },
  create: (scope: OwnerScope, { text }: { text: string }): Promise<Note> =>
    scope.rows(noteTable).insertReturning({ id: crypto.randomUUID(), text }, columns),
  async update(scope: OwnerScope, { id, version, text }: z.infer<typeof noteUpdateSchema>) {
    const set = { text: sql`${text}`, version: sql`"version" + 1` };
    const where = ofVersion(id, version);
    const [note] = await scope.rows(noteTable).updateReturning({ columns, where, set });
    return note ?? (await notes.missed(scope, id));
  },
  async delete(scope: OwnerScope, { id, version }: z.infer<typeof noteDeleteSchema>) {
    const count = await scope.rows(noteTable).delete({ where: ofVersion(id, version) });
    return count > 0 ? { id } : await notes.missed(scope, id);
  },
  async missed(scope: OwnerScope, id: string): Promise<never> {
    await notes.get(scope, { id });
    throw new DomainError("version_mismatch", "The note has changed since.");
  },
};
// packages/api: the procedures.
const noteRouter = {
  list: protectedProcedure.query(({ ctx }) => notes.list(ctx.scope)),
  get: protectedProcedure
    .input(noteRefSchema)
    .query(({ ctx, input }) => notes.get(ctx.scope, input)),
  create: protectedProcedure
    .input(noteCreateSchema)
    .mutation(({ ctx, input }) => notes.create(ctx.scope, input)),
  update: protectedProcedure
    .input(noteUpdateSchema)
    .mutation(({ ctx, input }) => notes.update(ctx.scope, input)),
  delete: protectedProcedure
    .input(noteDeleteSchema)
    .mutation(({ ctx, input }) => notes.delete(ctx.scope, input)),
} satisfies TRPCRouterRecord;
const noteAppRouter = mergeRouters(appRouter, router({ note: noteRouter }));
const callerOf = createCallerFactory(noteAppRouter);
type Caller = ReturnType<typeof callerOf>;
// And the rows of the route table.
const on = (method: RestMethod, resource: string, operationId: string, summary: string) =>
  ({ method, resource, operationId, summary, query: noQuery }) as const;
const noteRoutes = [
  route({
    ...on("GET", "/notes", "listNotes", "List notes"),
    answer: data(z.array(noteSchema)),
    call: (caller: Caller) => caller.note.list(),
  }),
  route({
    ...on("POST", "/notes", "createNote", "Add a note"),
    body: noteCreateSchema,
    answer: created(noteSchema),
    call: (caller: Caller, { body }) => caller.note.create(body),
  }),
  route({
    ...on("GET", "/notes/{id}", "getNote", "Get a note"),
    answer: item(noteSchema),
    call: (caller: Caller, { id }) => caller.note.get({ id }),
  }),
  route({
    ...on("PATCH", "/notes/{id}", "changeNote", "Change a note"),
    body: noteCreateSchema,
    answer: item(noteSchema),
    call: (caller: Caller, { id, version, body }) => caller.note.update({ id, version, ...body }),
  }),
  route({
    ...on("DELETE", "/notes/{id}", "deleteNote", "Delete a note"),
    answer: gone,
    call: (caller: Caller, { id, version }) => caller.note.delete({ id, version }),
  }),
];

export const withNotes: Doors = { router: noteAppRouter, routes: [...routes, ...noteRoutes] };

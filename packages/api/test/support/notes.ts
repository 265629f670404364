import { DomainError, taskIdSchema, textSchema } from "@taskbridge/contract";
import { type OwnerScope, ownedTable, Prisma } from "@taskbridge/db";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import type { Doors } from "../../src/create-api.ts";
import { asCreated, asGone, asItem, data, noQuery, route } from "../../src/rest/route.ts";
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
    "version" int NOT NULL DEFAULT 1)`;

// packages/contract
const noteCreateSchema = z.strictObject({ text: textSchema.min(1).max(1000) });
const noteRefSchema = z.strictObject({ id: taskIdSchema });
const noteDeleteSchema = noteRefSchema.extend({ version: z.int().optional() });
const noteUpdateSchema = noteDeleteSchema.extend(noteCreateSchema.shape);
type Note = { id: string; text: string; version: number };

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
export const createNoteCaller = createCallerFactory(noteAppRouter);
type Caller = ReturnType<typeof createNoteCaller>;

// And the rows of the route table.
const one = { resource: "/notes/{id}", query: noQuery } as const;
const all = { resource: "/notes", query: noQuery } as const;
const body = noteCreateSchema;
const noteRoutes = [
  route({ ...all, method: "GET", call: (caller: Caller) => data(caller.note.list()) }),
  route({
    ...all,
    method: "POST",
    body,
    call: (caller: Caller, input) => asCreated(caller.note.create(input.body)),
  }),
  route({
    ...one,
    method: "GET",
    call: (caller: Caller, { id }) => asItem(caller.note.get({ id })),
  }),
  route({
    ...one,
    method: "PATCH",
    body,
    call: (caller: Caller, { id, version, body: { text } }) =>
      asItem(caller.note.update({ id, version, text })),
  }),
  route({
    ...one,
    method: "DELETE",
    call: (caller: Caller, { id, version }) => asGone(caller.note.delete({ id, version })),
  }),
];

export const withNotes: Doors = { router: noteAppRouter, routes: [...routes, ...noteRoutes] };

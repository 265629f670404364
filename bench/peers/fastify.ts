// The service that one would write by hand: Fastify, its plugin for tokens, its way of validating, and pg.
import { randomUUID } from "node:crypto";
import fastifyJwt from "@fastify/jwt";
import Fastify from "fastify";
import pg from "pg";
import { created, listed, one, renamed, toPage, toTask } from "./rows.ts";
import { peerSettings } from "./settings.ts";

const { databaseUrl, port, key, issuer, audience } = peerSettings();
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const app = Fastify();
app.register(fastifyJwt, {
  secret: key,
  verify: { algorithms: ["HS256"], allowedIss: issuer, allowedAud: audience },
});

const title = { type: "string", minLength: 1, maxLength: 200 } as const;
const body = {
  type: "object",
  required: ["title"],
  properties: { title },
  additionalProperties: false,
};

app.addHook("onRequest", async (request, reply) => {
  await request.jwtVerify();
  const { user } = request.params as { user: string };
  if (user !== (request.user as { sub: string }).sub) {
    return reply.code(403).send({ error: "Forbidden" });
  }
});
type Params = { user: string; id: string };

app.get<{ Params: Params }>("/api/:user/tasks", async ({ params }) =>
  toPage((await pool.query(listed, [params.user])).rows),
);
app.get<{ Params: Params }>("/api/:user/tasks/:id", async ({ params }, reply) => {
  const { rows } = await pool.query(one, [params.user, params.id]);
  return rows[0] ? toTask(rows[0]) : reply.code(404).send({ error: "Not found" });
});
app.post<{ Params: Params; Body: { title: string } }>(
  "/api/:user/tasks",
  { schema: { body } },
  async ({ params, body }, reply) => {
    const { rows } = await pool.query(created, [randomUUID(), params.user, body.title]);
    return reply.code(201).send(toTask(rows[0]));
  },
);
app.patch<{ Params: Params; Body: { title: string } }>(
  "/api/:user/tasks/:id",
  { schema: { body } },
  async ({ params, body }, reply) => {
    const { rows } = await pool.query(renamed, [params.user, params.id, body.title]);
    return rows[0] ? toTask(rows[0]) : reply.code(404).send({ error: "Not found" });
  },
);

await app.listen({ port, host: "127.0.0.1" });
console.log("ready");

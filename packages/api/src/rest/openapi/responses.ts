import { STATUS_CODES } from "node:http";
import { type ProblemCode, problemOf } from "../../error-table.ts";
import { problemSchema } from "../../problem.ts";
import type { RestRoute } from "../route.ts";
import { byStatus, errorCodesOf, everywhere, isConditional } from "./error-codes.ts";
import { bodyExamples, example } from "./examples.ts";
import { countedHeaders, headerRefs, refusalHeaders } from "./headers.ts";
import { type Direction, type Json, nameOf, schemaOrRef } from "./schemas.ts";

/** Bodies by their media types, each with its schema and an example. */
export const contentOf = (content: RestRoute["answer"]["content"], io: Direction): Json =>
  Object.fromEntries(
    Object.entries(content).map(([type, schema]) => [
      // The document's names have no parameters.
      type.split(";")[0],
      { schema: schemaOrRef(schema, io), example: bodyExamples[nameOf(schema) ?? ""] },
    ]),
  );

/** Every answer of a route, by its status. */
export function responsesOf(route: RestRoute): Record<string, Json> {
  const { status, headers, content } = route.answer;
  const replayed = route.method === "POST" ? (["Idempotency-Replayed"] as const) : [];
  const read = route.method === "GET" && isConditional(route);
  return {
    [status]: {
      description: STATUS_CODES[status],
      headers: headerRefs([...headers, ...countedHeaders, ...replayed]),
      ...(Object.keys(content).length > 0 ? { content: contentOf(content, "output") } : {}),
    },
    ...(read
      ? {
          304: {
            description: "Not Modified: the task still has one of the tags in If-None-Match",
            headers: headerRefs([...headers, ...countedHeaders]),
          },
        }
      : {}),
    ...Object.fromEntries(
      byStatus(errorCodesOf(route)).map(([code, codes]) => [
        code,
        everywhere.some(([common]) => common === code)
          ? { $ref: `#/components/responses/${componentName(code)}` }
          : refusal(code, codes),
      ]),
    ),
  };
}

/** The refusals that are the same at every route. */
export const responseComponents = (): Record<string, Json> =>
  Object.fromEntries(
    everywhere.map(([status, codes]) => [componentName(status), refusal(status, codes)]),
  );

/** What a refusal of each code that these routes answer may look like. */
export const problemExamples = (routes: readonly RestRoute[]): Record<string, Json> =>
  Object.fromEntries(
    routes.flatMap(errorCodesOf).map((code) => [code, { value: problemExample(code) }]),
  );

const componentName = (status: number) => (STATUS_CODES[status] ?? "").replace(/[^A-Za-z]/g, "");

function refusal(status: number, codes: readonly ProblemCode[]): Json {
  return {
    description: `${STATUS_CODES[status]}: ${codes.map((code) => `\`${code}\``).join(", ")}`,
    headers: headerRefs(refusalHeaders(status)),
    content: {
      "application/problem+json": {
        schema: {
          allOf: [
            schemaOrRef(problemSchema, "output"),
            { type: "object", properties: { status: { const: status }, code: { enum: codes } } },
          ],
        },
        examples: Object.fromEntries(
          codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
        ),
      },
    },
  };
}

function problemExample(code: ProblemCode): Json {
  const { title, status, when } = problemOf(code);
  const errors = [{ pointer: "/title", message: "Must have 1 to 200 characters after trimming." }];
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail: when,
    code,
    requestId: example.requestId,
    ...(code === "validation_failed" ? { errors } : {}),
  };
}

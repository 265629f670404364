import type { z } from "zod";
import { idempotencyKeyPattern } from "../../idempotency.ts";
import { conditionPattern } from "../preconditions.ts";
import type { RestRoute } from "../route.ts";
import { isConditional } from "./error-codes.ts";
import { example } from "./examples.ts";
import { type Json, portable, toJsonSchema } from "./schemas.ts";

/**
 * The parameters that more than one route has. Headers have no example: a viewer would send it where
 * nobody asked for it.
 */
export const parameterComponents: Record<string, Json> = {
  UserId: {
    name: "user_id",
    in: "path",
    required: true,
    description: "Your own id, which the token names. Any other is 403.",
    schema: { type: "string", minLength: 1, maxLength: 64 },
    example: example.userId,
  },
  TaskId: {
    name: "id",
    in: "path",
    required: true,
    description: "A task's id.",
    schema: { type: "string", format: "uuid" },
    example: example.taskId,
  },
  IfMatch: {
    name: "If-Match",
    in: "header",
    description: `Only if the task's ETag is one of these, such as \`${example.etag}\` (\`*\`: any); else 412.`,
    schema: { type: "string", pattern: portable(conditionPattern.source) },
  },
  IfNoneMatch: {
    name: "If-None-Match",
    in: "header",
    description: "Only if the task's ETag is none of these; else 304 to a read, 412 to a change.",
    schema: { type: "string", pattern: portable(conditionPattern.source) },
  },
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    description:
      'A string of your own in double quotes, such as `"8e03978e-40d5"`. For a day, the same request with it is carried out once and gets the first answer again.',
    schema: { type: "string", pattern: idempotencyKeyPattern.source },
  },
  RequestId: {
    name: "X-Request-Id",
    in: "header",
    description: "Your name for the request: repeated where it is 1 to 64 of `A-Za-z0-9._-`.",
    schema: { type: "string" },
  },
};

const ref = (name: string): Json => ({ $ref: `#/components/parameters/${name}` });

/** What a route takes from its path, which all its methods share. */
export const pathParametersOf = (resource: string): Json[] => [
  ref("UserId"),
  ...(resource.includes("{id}") ? [ref("TaskId")] : []),
];

/** What a route takes from its query and its headers. */
export function parametersOf(route: RestRoute): Json[] {
  const ifMatch = { ...parameterComponents.IfMatch, required: true };
  return [
    ...queryParameters(route.query),
    ...(isConditional(route)
      ? [route.versionRequired ? ifMatch : ref("IfMatch"), ref("IfNoneMatch")]
      : []),
    ...(route.method === "POST" ? [ref("IdempotencyKey")] : []),
    ref("RequestId"),
  ];
}

/** As the values are once they are read: a number is written as one. */
const queryParameters = ({ shape }: z.ZodObject): Json[] =>
  Object.entries(shape).map(([name, field]) => {
    const { description, ...schema } = toJsonSchema(field as z.ZodType, "output");
    return { name, in: "query", description, schema };
  });

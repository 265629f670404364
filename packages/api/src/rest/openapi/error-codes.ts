import { bridgeErrorCodes } from "@taskbridge/bridge";
import { type ProblemCode, problemCodes, problemOf } from "../../error-table.ts";
import { guardsOneItem, type RestRoute } from "../route.ts";

/** What can go wrong at every route. */
const always: readonly ProblemCode[] = [
  ...bridgeErrorCodes,
  "forbidden",
  "method_not_allowed",
  "malformed_request",
  "validation_failed",
  "rate_limited",
  "too_many_calls_at_once",
  "internal_error",
  "unavailable",
  "storage_full",
];

/** Whether a route reads or changes the one task that its path names, whose version has a say. */
export const isConditional = (route: RestRoute): boolean =>
  guardsOneItem(route) || (route.method === "GET" && route.resource.endsWith("{id}"));

const missing = ({ resource }: RestRoute): ProblemCode =>
  resource.startsWith("/tasks/") ? "task_not_found" : "not_found";

/** Every code that a route can answer: what follows from its row, and what the row adds. */
export function errorCodesOf(route: RestRoute): readonly ProblemCode[] {
  const when = (condition: boolean, ...codes: ProblemCode[]) => (condition ? codes : []);
  return [
    ...always,
    ...when(route.resource.includes("{id}"), missing(route), "route_not_found"),
    ...when(!!route.body, "malformed_body", "body_too_large", "unsupported_media_type"),
    ...when(isConditional(route), "version_mismatch"),
    ...when(!!route.versionRequired, "version_required"),
    ...when(
      route.method === "POST",
      "invalid_idempotency_key",
      "idempotency_in_progress",
      "idempotency_key_reused",
    ),
    ...(route.errors ?? []),
  ];
}

/** The codes by their status, the statuses in their order. */
export function byStatus(codes: readonly ProblemCode[]): [status: number, codes: ProblemCode[]][] {
  const statuses = [...new Set(codes.map((code) => problemOf(code).status))].sort((a, b) => a - b);
  return statuses.map((status) => [
    status,
    codes.filter((code) => problemOf(code).status === status),
  ]);
}

/** The statuses that mean the same at every route. */
export const everywhere = byStatus(always).filter(([status]) =>
  problemCodes.every((code) => problemOf(code).status !== status || always.includes(code)),
);

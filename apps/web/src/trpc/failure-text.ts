import type { ErrorCode } from "@taskbridge/api";
import type { PlainKey, Translate } from "../strings/translate.ts";
import { fieldOf } from "../tasks/model/refused-field.ts";
import type { CallFailure } from "./failure.ts";

/** What the pages say of each code of the error table. */
export const problemSentences: Record<ErrorCode, PlainKey> = {
  // These pages would not ask so: they are of another version than the server.
  forbidden: "problem.outdated",
  idempotency_key_reused: "problem.outdated",
  invalid_idempotency_key: "problem.outdated",
  invalid_request: "problem.outdated",
  malformed_body: "problem.outdated",
  malformed_import: "problem.outdated",
  malformed_request: "problem.outdated",
  method_not_allowed: "problem.outdated",
  route_not_found: "problem.outdated",
  unsupported_media_type: "problem.outdated",
  version_required: "problem.outdated",
  body_too_large: "problem.tooLarge",
  idempotency_in_progress: "problem.inProgress",
  internal_error: "problem.internal",
  not_found: "problem.gone",
  rate_limited: "problem.tooManyCalls",
  too_many_calls_at_once: "problem.tooManyCalls",
  too_many_tasks: "problem.tooManyTasks",
  task_not_found: "problem.gone",
  storage_full: "problem.storage_full",
  unavailable: "problem.unavailable",
  validation_failed: "problem.invalid",
  version_mismatch: "problem.changed",
};

const isKnown = (code: string): code is ErrorCode => Object.hasOwn(problemSentences, code);

/** What a failed call comes to, in words of the pages' own. */
export function failureKey({ code, status }: Pick<CallFailure, "code" | "status">): PlainKey {
  if (code === "unreachable") return "auth.unreachable";
  if (code === "between") return "problem.between";
  if (code === "too_large_on_the_way") return "problem.tooLargeOnTheWay";
  if (code === "signed_out") return "problem.signedOut";
  if (code === "token_not_yet_valid") return "problem.clocks";
  if (isKnown(code)) return problemSentences[code];
  // The bridge has a code for each thing that can be wrong with a token.
  return status === 401 ? "problem.notAuthenticated" : "problem.internal";
}

/** The same with the first field that was refused. */
export function failureText(failure: CallFailure, t: Translate): string {
  const [first] = failure.errors;
  const field = first && fieldOf(first.pointer);
  if (failure.code !== "validation_failed" || !field) return t(failureKey(failure));
  return `${t(`field.${field}`)}: ${t(`rule.${field}`)}`;
}

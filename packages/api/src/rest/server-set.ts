import { DomainError, pointerOf } from "@taskbridge/contract";

type Members = Record<string, unknown>;

/** A body in two: what only the server sets, and what is to be set. */
export function splitBody(
  body: unknown,
  serverSet: readonly string[] = [],
): { repeated: Members; rest: unknown } {
  if (serverSet.length === 0) return { repeated: {}, rest: body };
  const members = Object.entries(body as Members);
  const isRepeated = ([name]: [string, unknown]) => serverSet.includes(name);
  return {
    repeated: Object.fromEntries(members.filter(isRepeated)),
    rest: Object.fromEntries(members.filter((member) => !isRepeated(member))),
  };
}

/** Refuses what only the server sets where it is not what is there. */
export function assertUnchanged(repeated: Members, present: object): void {
  const changed = Object.keys(repeated).filter(
    (name) => !isSame(repeated[name], (present as Members)[name]),
  );
  if (changed.length === 0) return;
  const message = "Is read-only: leave it out, or as it is.";
  throw new DomainError(
    "validation_failed",
    "The input has fields that cannot be accepted.",
    changed.map((name) => ({ pointer: pointerOf([name]), message })),
  );
}

/** Libraries write ids in capitals, and instants without their zeros or with another zone. */
function isSame(given: unknown, there: unknown): boolean {
  if (typeof given !== "string" || typeof there !== "string") return given === there;
  return given.toLowerCase() === there.toLowerCase() || Date.parse(given) === Date.parse(there);
}

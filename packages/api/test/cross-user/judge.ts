import { markPattern, type Person } from "./people.ts";

/** An answer as far as it must not depend on the request. */
export interface Answer {
  status: number;
  headers: string;
  body: string;
}

/** What differs by chance: RFC 9110's `Date`, and the request's id, which stands in the body too. */
const byChance = ["date", "x-request-id"];

export async function readAnswer(response: Response): Promise<Answer> {
  const headers = [...response.headers].filter(([name]) => !byChance.includes(name));
  const id = response.headers.get("x-request-id") ?? "";
  const body = (await response.text()).replaceAll(id, "⟨request id⟩");
  // tRPC's streams begin before anything has failed.
  const streamed = body.startsWith('{"0":[[');
  const failed = streamed ? /"httpStatus":(\d+)/.exec(body)?.[1] : undefined;
  const status = Number(failed ?? response.status);
  return { status, headers: JSON.stringify(headers.sort()), body };
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Whose every id and mark is. */
export function ownersOf(people: readonly Person[]): Map<string, Person> {
  const owners = new Map<string, Person>();
  for (const person of people) {
    const names = [person.id, person.mark, ...person.living, ...person.deleted];
    for (const name of names) owners.set(name, person);
  }
  return owners;
}

/** What an answer to `me` has of others', but for ids that were sent and are said to be missing. */
export function leakIn(
  { headers, body }: Answer,
  me: Person,
  owners: Map<string, Person>,
): string | undefined {
  const known = body.replace(/"missing":\[[^\]]*\]/g, "");
  for (const [name] of [
    ...`${headers}${known}`.matchAll(uuid),
    ...`${headers}${body}`.matchAll(markPattern),
  ]) {
    const owner = owners.get(name.toLowerCase());
    if (owner && owner !== me) return name;
  }
  return undefined;
}

/** Both answers are the same, each with the ids that it was asked for. */
export function sameAnswer(foreign: Answer, absent: Answer, them: Person, nobody: Person): boolean {
  const pairs = (["living", "deleted"] as const).flatMap((kind) =>
    nobody[kind].map((id, at) => [id, them[kind][at] ?? ""] as const),
  );
  const inTheirNames = (text: string) =>
    pairs
      .concat([[nobody.id, them.id]])
      .filter(([id]) => text.includes(id))
      .reduce((result, [id, their]) => result.replaceAll(id, their), text);
  return (
    foreign.status === absent.status &&
    foreign.headers === absent.headers &&
    (foreign.body === absent.body || foreign.body === inTheirNames(absent.body))
  );
}

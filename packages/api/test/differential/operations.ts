import fc, { type Arbitrary } from "fast-check";
import {
  anywhere,
  generators,
  type Operation,
  type Twist,
  tokens,
  withBody,
} from "./generators.ts";
import { mix, oneOf } from "./values.ts";

function twists(route: string): Arbitrary<Twist> {
  const odd: Arbitrary<Twist>[] = [oneOf(...anywhere)];
  if (route.startsWith("GET")) odd.push(oneOf("announced body"));
  if (/^(POST \/tasks(\/(set-completed|change-many))?|P(UT|ATCH) .*)$/.test(route))
    odd.push(oneOf(...withBody));
  // More text around an import is more text in it, at one door; a byte order mark is some.
  if (route === "POST /tasks/import")
    odd.push(oneOf(...withBody.filter((twist) => !ofText.has(twist))));
  return mix([20, oneOf("plain")], ...odd.map((some): [number, Arbitrary<Twist>] => [1, some]));
}
const ofText = new Set<Twist>(["BOM", "too long"]);

export const operations: Arbitrary<Operation> = fc.oneof(
  ...Object.entries(generators).map(([route, { weight, parts }]) => ({
    weight,
    arbitrary: fc
      .tuple(
        parts,
        fc.record({
          route: fc.constant(route),
          by: mix([3, oneOf("ada" as const)], [1, oneOf("bob" as const)]),
          token: mix([30, oneOf<Operation["token"]>("valid")], [2, oneOf(...tokens)]),
          twist: twists(route),
          batch: mix([4, oneOf(false)], [1, oneOf(true)]),
          key: mix([15, oneOf(false)], [1, oneOf(true)]),
        }),
      )
      .map(([some, rest]): Operation => ({ ...some, ...rest })),
  })),
);

/** What every history begins with: each user has some tasks, and their ids are known. */
export const opening: Operation[] = (["ada", "bob"] as const).flatMap((by) => {
  const plain = {
    by,
    token: "valid",
    query: [],
    twist: "plain",
    batch: false,
    key: false,
  } as const;
  const text =
    '[{"title":"Milk"},{"title":"Two","completed":true,"tags":["home"]},{"title":"Zoo"}]';
  return [
    { ...plain, query: [], route: "POST /tasks/import", imported: { format: "json", text } },
    { ...plain, query: [], route: "GET /tasks" },
  ];
});

import { cases } from "./cases.ts";
import { crossUsers, type Ground } from "./run.ts";
import { sitesOf } from "./sites.ts";
import { taken } from "./taken.ts";

/** Those that change what is there. */
const writes = Object.keys(cases).filter((row) =>
  /^(PATCH|PUT|DELETE)|restore|completed/.test(row),
);
/** The condition of all that is read, and of the rows that a write chooses. */
const ofReads = sitesOf("ownerIs(").filter(({ line }) => line.includes("isOwn"));

/** All, and most often those that a key can be sent with. */
const rows = [...Object.keys(cases), ...Array.from({ length: 6 }, () => "POST /tasks")];

/** What a few requests see to be wrong with the walls; "" if nothing. */
export async function noticed(ground: Ground): Promise<string> {
  const plan = { seed: 1, requests: 450, groups: [2, 3, 4], rows, turn: 15 };
  try {
    const [found] = (await crossUsers(ground, plan)).found;
    if (found || !(taken.conditions instanceof Set)) return found ?? "";
    // A write has two conditions, the rows it chooses and its own: each of them holds alone.
    taken.conditions = new Set([...taken.conditions, ...ofReads.map(({ at }) => at)]);
    const changes = { ...plan, rows: writes, answers: false, own: false };
    return (await crossUsers(ground, changes)).found[0] ?? "";
  } catch (error) {
    return `They could not even begin: ${error}`;
  }
}

import { account } from "./account.ts";
import { crowded } from "./crowded.ts";
import { drafts } from "./drafts.ts";
import { offline } from "./offline.ts";
import { reference, signedOut } from "./signed-out.ts";
import type { Stage } from "./stage.ts";
import { acting, finding, writing } from "./tasks.ts";
import { transfer } from "./transfer.ts";
import { trouble } from "./trouble.ts";

/**
 * Ways through the pages that come by every page and every state. The pictures are taken along them,
 * and every state is checked for what holds everywhere.
 */
export const journeys: Record<string, (stage: Stage) => Promise<void>> = {
  "signed out": signedOut,
  "the API's pages": reference,
  account,
  writing,
  finding,
  acting,
  drafts,
  crowded,
  transfer,
  trouble,
  offline,
};

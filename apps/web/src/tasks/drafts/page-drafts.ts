import { holdPage } from "../../forms/hold-page.ts";
import { forgetKept } from "../../offline/kept-tasks.ts";
import { hasSignedOut } from "../../shell/signed-in-user.ts";
import { madeAs } from "../outbox/kept/made-tasks.ts";
import { createDrafts, type Drafts, isDraftKey } from "./drafts.ts";
import { taskOf } from "./task-draft.ts";

let ofThisPage: Drafts | undefined;

/** Those of this page; in a browser alone. */
export function pageDrafts(): Drafts {
  if (ofThisPage) return ofThisPage;
  const drafts = createDrafts({
    storage: localStorage,
    makeRoom: forgetKept,
    hasSignedOut,
    isMoved: (key) => {
      const { userId, id } = taskOf(key);
      return madeAs(userId, id) !== undefined;
    },
    onUnkept: (unkept) => holdPage("drafts", unkept),
  });
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key && isDraftKey(key)) drafts.hear(key, newValue);
  });
  ofThisPage = drafts;
  return drafts;
}

export const countDrafts = (userId: string): number => pageDrafts().keysOf(userId).length;

/** Signed out: nothing of it stays, or of what the browser keeps only what is not `lost`. */
export const forgetDrafts = (userId: string, lost?: ReadonlySet<string>): void =>
  pageDrafts().forget(userId, lost);

/** Signed out in another page, which has removed what all of them kept. */
export const forgetOwnDrafts = (): void => pageDrafts().forgetOwn();

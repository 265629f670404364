import { vi } from "vitest";
import type { Change } from "../../src/tasks/model/change.ts";
import { createOutboxStorage } from "../../src/tasks/outbox/kept/storage.ts";
import { createOutbox } from "../../src/tasks/outbox/outbox.ts";
import type { Outcome } from "../../src/tasks/outbox/outcome.ts";
import type { TakeTurn } from "../../src/tasks/outbox/turn.ts";

/** Pages of one user in one browser take turns, as its locks would have it. */
export function inTurns(): TakeTurn {
  let last = Promise.resolve();
  return (work) => {
    last = last.then(() => work(() => true));
    return last;
  };
}

/** The outbox of one of Ada's pages, over the browser's storage, and what it tells of. */
export function outboxOfAda(
  send: (change: Change) => Promise<Outcome>,
  takeTurn: TakeTurn = inTurns(),
) {
  const events = {
    onDone: vi.fn(),
    onGone: vi.fn(),
    onRefused: vi.fn(),
    onConflict: vi.fn(),
    onSignedOut: vi.fn(),
  };
  const storage = createOutboxStorage("ada");
  return { outbox: createOutbox({ send, storage, takeTurn }, events), events };
}

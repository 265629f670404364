import { createOutboxStorage, type OutboxStorage } from "./kept/storage.ts";
import { createTurns, type TakeTurn } from "./turn.ts";

/** Where an outbox keeps what it has to do, and when it may send it. */
interface Place {
  storage: OutboxStorage;
  takeTurn: TakeTurn;
}

export const inBrowser = (userId: string): Place => ({
  storage: createOutboxStorage(userId),
  takeTurn: createTurns(`taskbridge.turn.${userId}`),
});

/** While the server draws the page, nobody does anything. */
export const onServer: Place = {
  storage: {
    read: () => [],
    has: () => false,
    write: () => true,
    remove: () => {},
    countOthers: () => 0,
    noteMade: () => {},
    madeAs: () => undefined,
    adopt: async () => {},
    subscribe: () => () => {},
    names: () => [],
    clear: () => {},
  },
  takeTurn: async () => {},
};

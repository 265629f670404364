import type { Task } from "@taskbridge/contract";
import type { CallFailure } from "../../trpc/failure.ts";
import type { Change } from "../model/change.ts";
import type { Conflict } from "./outcome.ts";

/** What the page that sends tells the user's other pages in this browser. */
export type Told =
  | {
      kind: "done";
      change: Pick<Change, "id">;
      /** By which id the task was known before. */
      knownAs: string;
      id: string;
      /** As it was; null where there was none. */
      before: Task | null;
      task: Task | null;
    }
  | { kind: "conflict"; conflict: Conflict }
  | { kind: "gone"; change: Change }
  | { kind: "refused"; change: Change; failure: CallFailure }
  | { kind: "retried"; id: string };

/** Opened in the browser alone: Node has such channels too, and keeps an open one for ever. */
export function openTold(userId: string, onTold: (told: Told) => void) {
  if (typeof BroadcastChannel === "undefined") return undefined;
  const channel = new BroadcastChannel(`taskbridge.outbox.${userId}`);
  channel.onmessage = ({ data }: MessageEvent<Told>) => onTold(data);
  return { tell: (told: Told) => channel.postMessage(told), close: () => channel.close() };
}

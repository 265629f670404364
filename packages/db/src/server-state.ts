import type { SessionAttributes } from "./server-address.ts";
import { asUnavailable } from "./unavailable.ts";

/** There are servers, and none of them is of the kind that `target_session_attrs` asks for. */
export class WrongServerError extends Error {
  override readonly name = "WrongServerError";
  constructor(wanted: string) {
    super(`no server of the address is what target_session_attrs asks for, ${wanted}`);
    asUnavailable(this);
  }
}

/** What a server says of itself. */
export interface ServerState {
  readOnly: boolean;
  standby: boolean;
}

/** Whether a server is one that `target_session_attrs` asks for, at the first go. */
export function suits({ readOnly, standby }: ServerState, wanted: SessionAttributes): boolean {
  switch (wanted) {
    case "any":
      return true;
    case "read-write":
      return !readOnly;
    case "read-only":
      return readOnly;
    case "primary":
      return !standby;
    case "standby":
    case "prefer-standby":
      return standby;
  }
}

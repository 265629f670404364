/** For the commands that copy, restore and move an embedded database. */
export { DataDirError } from "./data-dir.ts";
export { startEmbedded } from "./embedded.ts";
export { backUpEmbedded, restoreEmbedded } from "./embedded-copies.ts";
export { MoveError, moveData } from "./move-data.ts";

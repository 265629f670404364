import { followRevocations } from "../../src/index.ts";

/** Follows and never stops: the process ends all the same. */
await followRevocations(process.argv[2] ?? "");
process.stdout.write("following");

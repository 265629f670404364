import { casual } from "chrono-node/en";
import { daysBy } from "./find-days.ts";

export const findDays = daysBy(casual);

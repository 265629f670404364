import { casual } from "chrono-node/de";
import { daysBy } from "./find-days.ts";

export const findDays = daysBy(casual);

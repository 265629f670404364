import { assertUniqueNames } from "@taskbridge/bridge/json";
import { MAX_IMPORT_BYTES, taskImportSchema } from "@taskbridge/contract";
import type { z } from "zod";
import type { ApiRequest } from "./api-request.ts";
import { readText } from "./body.ts";

/** An import as both doors take it: JSON in it is as strict as JSON around it. */
export const importInputSchema = taskImportSchema.refine(
  ({ format, text }) => format === "csv" || namesUnique(text),
  { path: ["text"], message: "Has an object that names a member twice." },
);

/** A body of either format, as the procedure's input; its media type has been looked at. */
export async function readImport(request: ApiRequest): Promise<z.input<typeof importInputSchema>> {
  const csv = /^text\/csv\b/i.test(request.headers.get("content-type") ?? "");
  const text = await readText(request, { limit: MAX_IMPORT_BYTES, plain: csv });
  return { format: csv ? "csv" : "json", text };
}

function namesUnique(text: string): boolean {
  try {
    assertUniqueNames(text);
    return true;
  } catch {
    return false;
  }
}

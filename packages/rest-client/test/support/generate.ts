import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import openapiTypes, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";

const test = fileURLToPath(new URL("..", import.meta.url));

export interface Generated {
  folder: string;
  /** The lines of a script that the compiler refuses, counted from 1, with what it says. */
  typeErrors: (script: string) => [line: number, message: string][];
  remove: () => Promise<void>;
}

/** A folder of its own with the scripts, beside the types that are made from a document. */
export async function generateClient(document: OpenAPI3): Promise<Generated> {
  const folder = await mkdtemp(join(test, ".run-"));
  await cp(join(test, "scripts"), folder, { recursive: true });
  await writeFile(
    join(folder, "api.ts"),
    astToString(await openapiTypes(document, { defaultNonNullable: false })),
  );
  return {
    folder,
    typeErrors: (script) => typeErrors(join(folder, script)),
    remove: () => rm(folder, { recursive: true }),
  };
}

/** The lines of a script that it says itself are wrong. */
export async function wrongLines({ folder }: Generated, script: string): Promise<number[]> {
  const lines = (await readFile(join(folder, script), "utf8")).split("\n");
  return lines.flatMap((line, at) => (line.endsWith("// wrong") ? [at + 1] : []));
}

function typeErrors(file: string): [line: number, message: string][] {
  const { config } = ts.readConfigFile(join(test, "../tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [file] }, ts.sys, test);
  const program = ts.createProgram([file], options);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file: source, start = 0, messageText }) => [
      (source?.getLineAndCharacterOfPosition(start).line ?? -1) + 1,
      `${source?.fileName.split("/").at(-1)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    ]);
}

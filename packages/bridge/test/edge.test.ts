import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const source = new URL("../src/", import.meta.url);
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".ts"),
);

it.each(files)("%s needs jose and the web's standards alone, as edge runtimes do", (name) => {
  const text = readFileSync(new URL(name, source), "utf8");
  const imported = [...text.matchAll(/from "([^"]+)"/g)].map(([, specifier]) => specifier);
  expect(imported.filter((specifier) => !/^(?:jose$|\.)/.test(specifier ?? ""))).toEqual([]);
  expect(text).not.toMatch(/\b(?:Buffer[.(]|process\.|require\()/);
});

import type { TestProject } from "vitest/node";
import { prepareEmbeddedBase } from "./test-base.ts";

/** Vitest's global set-up of the project that runs on embedded databases. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { base, remove } = await prepareEmbeddedBase();
  project.provide("testBase", base);
  return remove;
}

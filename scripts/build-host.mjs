// Makes of a host's TypeScript what Node runs as it is, in the host's folder `.host`; run in that folder with
// the entries as arguments. Why: docs/decisions/0031-built-hosts.md.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename, dirname, join, relative, sep } from "node:path";
import { build } from "esbuild";

const outdir = join(process.cwd(), ".host");

/** Leaves what was installed where it is; what `.host` would not find is named by its file. */
const installedStays = {
  name: "installed-stays",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      const ours = path.startsWith("@taskbridge/");
      if (kind === "entry-point" || pluginData === "asked" || ours) return undefined;
      const found = isBuiltin(path) || folderOf(path, resolveDir) === folderOf(path, outdir);
      if (found) return { path, external: true };
      const file = await resolve(path, { kind, resolveDir, pluginData: "asked" });
      const name = relative(outdir, file.path).split(sep).join("/");
      return { path: name, external: true, errors: file.errors };
    });
  },
};

/** The `node_modules` that Node would find a package in. */
function folderOf(path, from) {
  const name = path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");
  const folder = join(from, "node_modules");
  return existsSync(join(folder, name)) || dirname(from) === from
    ? folder
    : folderOf(path, dirname(from));
}

// Several hosts may be started at once, and each builds: what is the same is moved to the same place.
const made = mkdtempSync(`${outdir}-`);
try {
  await build({
    entryPoints: process.argv.slice(2).map((entry) => ({ in: entry, out: basename(entry, ".ts") })),
    outdir: made,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    // As Node finds packages, not as bundlers do.
    conditions: [],
    sourcemap: "linked",
    sourcesContent: false,
    plugins: [installedStays],
    logLevel: "warning",
  });
  mkdirSync(outdir, { recursive: true });
  const names = readdirSync(made);
  for (const name of names) renameSync(join(made, name), join(outdir, name));
  const former = readdirSync(outdir).filter((name) => !names.includes(name));
  for (const name of former) rmSync(join(outdir, name), { force: true });
} finally {
  rmSync(made, { recursive: true, force: true });
}

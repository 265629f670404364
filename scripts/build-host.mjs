// Makes of a host's TypeScript what Node runs as it is, in the host's folder `.host`; run in that folder with
// the entries as arguments. Why: docs/decisions/0031-built-hosts.md.
import { existsSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const outdir = join(process.cwd(), ".host");
const entries = process.argv.slice(2);

/** Leaves what was installed where it is; what a package of ours has for itself is named by its file. */
const installedStays = {
  name: "installed-stays",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      const ours = path.startsWith("@taskbridge/");
      if (kind === "entry-point" || pluginData === "asked" || ours) return undefined;
      const bare = { path, external: true };
      if (isBuiltin(path) || folderOf(path, resolveDir) === join(root, "node_modules")) return bare;
      const found = await resolve(path, { kind, resolveDir, pluginData: "asked" });
      const file = relative(outdir, found.path).split(sep).join("/");
      return { path: file, external: true, errors: found.errors };
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

rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: entries.map((entry) => ({ in: entry, out: basename(entry, ".ts") })),
  outdir,
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

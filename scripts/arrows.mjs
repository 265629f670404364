// The arrows between packages. Two halves: this table says which packages a manifest may name,
// and `turbo boundaries` says that no file imports what its own manifest does not name.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** @type {Record<string, { to: string[], external?: string[], forbidden?: string[] }>} */
const arrows = {
  "packages/bridge": { to: [], external: ["jose"] },
  "packages/contract": { to: [], external: ["zod"] },
  "packages/config": { to: [], external: [] },
  "packages/db": { to: [] },
  "packages/tasks": { to: ["db", "contract"] },
  "packages/auth": { to: ["db", "bridge"] },
  "packages/rest-client": { to: [] },
  "packages/api": { to: ["tasks", "bridge", "contract"], forbidden: ["better-auth", "next"] },
  "packages/host": { to: ["api", "tasks", "db", "bridge"], forbidden: ["better-auth", "next"] },
  "apps/api": { to: ["host", "db", "bridge"], forbidden: ["better-auth", "next"] },
  "apps/web": {
    to: ["host", "api", "auth", "db", "bridge", "contract"],
    forbidden: ["better-auth"],
  },
};

/**
 * Says which manifests break the table, one sentence each.
 * @param {string} root the repository's folder
 */
export function brokenArrows(root) {
  const folders = ["packages", "apps"].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => `${parent}/${name}`),
  );
  return folders.flatMap((folder) => {
    const rule = arrows[folder];
    if (!rule) return [`${folder} has no row in scripts/arrows.mjs.`];
    const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const allowed = rule.to.map((name) => `@taskbridge/${name}`);
    return Object.keys(manifest.dependencies ?? {})
      .filter((name) =>
        name.startsWith("@taskbridge/")
          ? !allowed.includes(name)
          : rule.forbidden?.includes(name) || (rule.external && !rule.external.includes(name)),
      )
      .map((name) => `${folder} may not depend on ${name}.`);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const broken = brokenArrows(root);
  for (const sentence of broken) console.error(sentence);
  const turbo = spawnSync("npx", ["--no-install", "turbo", "boundaries"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  process.exit(broken.length > 0 ? 1 : (turbo.status ?? 1));
}

import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

const root = fileURLToPath(new URL("../..", import.meta.url));

export default {
  poweredByHeader: false,
  // A path with a slash at its end is another path, as under the host.
  skipTrailingSlashRedirect: true,
  reactStrictMode: true,
  // No page has any that are to be resized: the host closes /_next/image, and here nothing is read for it.
  images: { unoptimized: true },
  // The packages export their TypeScript as it is.
  transpilePackages: ["api", "auth", "bridge", "contract", "db", "host"].map(
    (name) => `@taskbridge/${name}`,
  ),
  // These load WebAssembly or pick drivers by themselves, and must find their own files.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@prisma/adapter-pg",
    "@prisma/client",
    "pg",
    "undici",
  ],
  turbopack: { root },
  // A page is loaded when somebody first asks for it: all of them at once are 60 MB, and a wait at the start.
  experimental: { preloadEntriesOnStart: false },
  outputFileTracingRoot: root,
  // `npm run typecheck` looks at everything, tests included; twice would only cost time.
  typescript: { ignoreBuildErrors: true },
  // Pages have theirs from src/proxy.ts, the API from packages/host.
  headers: async () => [
    {
      source: "/_next/static/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
      ],
    },
  ],
} satisfies NextConfig;

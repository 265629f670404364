// Where the pages' thread begins. It reads TypeScript by itself, as the one that starts it does.
(await import("tsx/esm/api")).register();
const { servePages } = await import("./src/host/serve-pages.ts");
await servePages();

// Where the pages' thread begins.
import { servePages } from "./src/host/serve-pages.ts";

await servePages();

import { startTestServer } from "../../src/testing/test-server.ts";

const server = await startTestServer();
process.stdout.write(server?.url ?? "");
setInterval(() => {}, 60_000);

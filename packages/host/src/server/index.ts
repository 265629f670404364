export { captureConsole } from "../log/capture-console.ts";
export { apiListener, hearing, type Listener, requestListener } from "./listener.ts";
export { type HostServer, type ListenAt, openServer } from "./open-server.ts";
export { stopOnSignals } from "./signals.ts";
export { pass } from "./write.ts";

export { captureConsole } from "../log/capture-console.ts";
export { apiListener, hearing, type Listener, requestListener } from "./listener.ts";
export { watchMainThread } from "./main-thread-watch.ts";
export { type HostServer, type ListenAt, openServer } from "./open-server.ts";
export { stopOnSignals } from "./signals.ts";
export { pass } from "./write.ts";

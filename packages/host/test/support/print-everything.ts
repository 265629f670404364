/* biome-ignore-all lint/suspicious/noConsole: this is about what libraries print. */
import { captureConsole } from "../../src/log/capture-console.ts";

captureConsole();
console.log("plain", { password: "CANARY" }, 42);
console.error("\u001b[31m⨯\u001b[0m", new Error("a page's"));
console.warn('refused "CANARY\nCANARY"');
console.info({ email: "CANARY" });
process.emitWarning("old ways");
setImmediate(() => {
  throw new TypeError("nobody's");
});

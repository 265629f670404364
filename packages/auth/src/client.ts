// Safe for the browser: nothing here reaches the server's half of this package.
export { createAuthClient } from "better-auth/react";

export { type Auth, type AuthOptions, createAuth } from "./create-auth.ts";

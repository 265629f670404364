export { type Conformance, createConformance, type Sent } from "./conformance.ts";

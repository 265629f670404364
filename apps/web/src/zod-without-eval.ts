import { config } from "zod";

// zod would try whether it may compile its checks. The pages' policy forbids that, and counts the try.
config({ jitless: true });

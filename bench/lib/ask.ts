// Loads a service in a process of its own: the address, what is asked as JSON, the seconds.
import { load } from "./load.ts";

const [url = "", asked = "", seconds] = process.argv.slice(2);
await load(url, JSON.parse(asked), Number(seconds));

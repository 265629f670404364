import { redirect } from "next/navigation";
import { currentSession } from "../session.ts";

export default async function Home() {
  redirect((await currentSession()) ? "/tasks" : "/sign-in");
}

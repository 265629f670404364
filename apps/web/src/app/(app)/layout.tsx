import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { currentSession } from "../../session.ts";
import { TrpcProvider } from "../../trpc/provider.tsx";

export default async function AppLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  if (!session) redirect("/sign-in?next=/tasks");
  return <TrpcProvider userId={session.user.id}>{children}</TrpcProvider>;
}

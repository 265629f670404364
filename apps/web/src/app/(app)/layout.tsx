import type { ReactNode } from "react";
import { TrpcProvider } from "../../trpc/provider.tsx";

export default function AppLayout({ children }: { children: ReactNode }) {
  return <TrpcProvider>{children}</TrpcProvider>;
}

"use client";

import { CircleUser } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { Button } from "../components/button.tsx";
import { lazyPart, usePreloaded } from "../components/lazy-part.tsx";
import { type Press, pressOf } from "../components/press.ts";
import { MenuFallback } from "../loading/menu-fallback.tsx";
import type { Theme } from "../preferences/preferences.ts";
import { useT } from "../strings/provider.tsx";

const AccountMenuPopup = lazyPart(
  () => import("./account-menu-popup.tsx").then((m) => m.AccountMenuPopup),
  MenuFallback,
);

/** Who is signed in, and all that is about them and not about their tasks. */
export function AccountMenu({ name, theme }: { name: string; theme: Theme }) {
  const t = useT();
  const [wanted, setWanted] = useState<Press>();
  usePreloaded(AccountMenuPopup);

  const button: ComponentProps<typeof Button> = {
    kind: "quiet",
    compact: true,
    "aria-label": t("account.menu", { name }),
    className: "min-w-11 max-w-56",
    children: (
      <>
        <CircleUser aria-hidden size={20} className="shrink-0 text-muted" />
        <span className="truncate max-sm:hidden" dir="auto">
          {name}
        </span>
      </>
    ),
  };
  if (wanted)
    return <AccountMenuPopup trigger={<Button {...button} />} openedBy={wanted} theme={theme} />;
  return (
    <Button
      {...button}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={(event) => setWanted(pressOf(event))}
    />
  );
}

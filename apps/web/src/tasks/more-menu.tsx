"use client";

import { EllipsisVertical } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../components/button.tsx";
import { lazyPart } from "../components/lazy-part.tsx";
import { type Press, pressOf } from "../components/press.ts";
import { MenuFallback } from "../loading/menu-fallback.tsx";
import { useT } from "../strings/provider.tsx";
import type { Command } from "./use-commands.tsx";

const MoreMenuPopup = lazyPart(
  () => import("./more-menu-popup.tsx").then((m) => m.MoreMenuPopup),
  MenuFallback,
);

/** The commands that have no button of their own. */
export function MoreMenu({ commands }: { commands: readonly Command[] }) {
  const t = useT();
  const [wanted, setWanted] = useState<Press>();
  const look = {
    label: t("menu.more"),
    children: <EllipsisVertical aria-hidden size={20} />,
  };
  if (wanted)
    return (
      <MoreMenuPopup trigger={<IconButton {...look} />} openedBy={wanted} commands={commands} />
    );
  return (
    <IconButton
      {...look}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={(event) => setWanted(pressOf(event))}
    />
  );
}

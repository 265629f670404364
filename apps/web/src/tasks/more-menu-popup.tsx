"use client";

import type { ReactElement } from "react";
import type { ButtonProps } from "../components/button.tsx";
import { Menu, MenuItem } from "../components/menu.tsx";
import type { Press } from "../components/press.ts";
import type { Command } from "./use-commands.tsx";

const shown = ["select", "clearCompleted", "undo", "export", "import", "print", "help"];

interface MoreMenuPopupProps {
  trigger: ReactElement<ButtonProps>;
  openedBy: Press;
  commands: readonly Command[];
}

/** Opens as it is loaded: somebody pressed the button for it. */
export function MoreMenuPopup({ trigger, openedBy, commands }: MoreMenuPopupProps) {
  return (
    <Menu trigger={trigger} openedBy={openedBy}>
      {shown.flatMap((id) => {
        const command = commands.find((candidate) => candidate.id === id);
        return command ? (
          <MenuItem key={id} onPress={() => requestAnimationFrame(command.run)}>
            {command.label}
          </MenuItem>
        ) : (
          []
        );
      })}
    </Menu>
  );
}

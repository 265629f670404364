"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";
import type { Press } from "./press.ts";

const itemLook =
  "flex min-h-11 items-center gap-3 rounded-control px-3 outline-none select-none data-highlighted:bg-calm";

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  /** For one that was loaded because somebody pressed its button; keys have the first item chosen. */
  openedBy: Press;
  children: ReactNode;
}

/** A menu below its button. It is a good deal of script: load it when it is opened. */
export function Menu({ trigger, openedBy, children }: MenuProps) {
  // Beside its button, so that it is part of the same landmark.
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (openedBy === "keys") button.current?.click();
  }, [openedBy]);
  return (
    <Base.Root defaultOpen={openedBy === "pointer"}>
      <Base.Trigger ref={button} render={trigger} />
      <div ref={place} className="absolute" />
      <Base.Portal container={place}>
        <Base.Positioner sideOffset={6} align="end" className="z-30 outline-none">
          <Base.Popup
            data-takes-keys
            className="max-h-(--available-height) w-64 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-card border border-line bg-surface p-1.5 shadow-lifted outline-none"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({ onPress, children }: { onPress: () => void; children: ReactNode }) {
  return (
    <Base.Item className={itemLook} onClick={onPress}>
      {children}
    </Base.Item>
  );
}

export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Base.LinkItem className={itemLook} href={href}>
      {children}
    </Base.LinkItem>
  );
}

interface MenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; lang?: string }[];
  onChange: (value: Value) => void;
}

/** One of several, ticked. */
export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: MenuChoiceProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChange}>
      <Base.GroupLabel className="px-3 pt-2 pb-1 text-sm text-muted">{label}</Base.GroupLabel>
      {options.map((option) => (
        <Base.RadioItem
          key={option.value}
          value={option.value}
          lang={option.lang}
          className={itemLook}
        >
          <span className="flex-1">{option.label}</span>
          <Base.RadioItemIndicator>
            <Check aria-hidden size={18} className="text-accent" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

export const MenuSeparator = () => <Base.Separator className="mx-1 my-1.5 h-px bg-line" />;

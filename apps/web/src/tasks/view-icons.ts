import {
  CalendarArrowUp,
  CalendarDays,
  CircleAlert,
  CircleCheck,
  Inbox,
  Layers,
  type LucideIcon,
  Trash2,
} from "lucide-react";
import type { View } from "./model/view.ts";

export const viewIcons: Record<View, LucideIcon> = {
  open: Inbox,
  today: CalendarDays,
  upcoming: CalendarArrowUp,
  overdue: CircleAlert,
  completed: CircleCheck,
  all: Layers,
  deleted: Trash2,
};

export interface ToastOptions {
  /** To dismiss it by, where whoever does so has not shown it. */
  id?: string;
  text: string;
  tone?: "plain" | "danger";
  action?: { label: string; onPress: () => void };
  /** In milliseconds; 0 keeps it until it is dismissed. */
  timeout?: number;
}

export type ToastEvent =
  | { kind: "show"; id: string; options: ToastOptions }
  | { kind: "dismiss"; id: string };

export interface ToastQueue {
  show: (options: ToastOptions) => string;
  dismiss: (id: string) => void;
  /** Takes what has been asked for, from the first on, whenever that was. */
  receive: (receiver: (event: ToastEvent) => void) => () => void;
  /** Whether anything was ever shown. */
  isWanted: () => boolean;
  subscribe: (listener: () => void) => () => void;
}

/** Keeps messages until what shows them is there. */
export function createToastQueue(): ToastQueue {
  let waiting: ToastEvent[] = [];
  let receiver: ((event: ToastEvent) => void) | undefined;
  let shown = 0;
  const listeners = new Set<() => void>();
  const send = (event: ToastEvent) => {
    if (receiver) receiver(event);
    else waiting.push(event);
  };
  return {
    show: (options) => {
      shown += 1;
      const id = options.id ?? `toast-${shown}`;
      send({ kind: "show", id, options });
      for (const listener of listeners) listener();
      return id;
    },
    dismiss: (id) => send({ kind: "dismiss", id }),
    receive: (next) => {
      receiver = next;
      const late = waiting;
      waiting = [];
      for (const event of late) next(event);
      return () => {
        receiver = undefined;
      };
    },
    isWanted: () => shown > 0,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

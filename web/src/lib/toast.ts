import { createStore } from './store';

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
  traceId?: string | undefined;
  undo?: (() => void) | undefined;
  /** Where one goes from here, e.g. to what was made. */
  action?: { label: string; run: () => void };
  download?: { label: string; address: string };
}
export const toasts = createStore<Toast[]>([]);
export const toastMs = 8000;

let next = 1;
export function toast(text: string, more: Partial<Omit<Toast, 'id' | 'text'>> = {}) {
  const made: Toast = { id: next++, text, tone: 'plain', ...more };
  toasts.set([...toasts.get().slice(-2), made]);
}
export function dismiss(id: number) {
  toasts.set(toasts.get().filter((item) => item.id !== id));
}
/** Returns the last action, if it can be returned. */
export function undoLast() {
  const last = toasts.get().findLast((item) => item.undo);
  if (!last) return;
  dismiss(last.id);
  last.undo?.();
}

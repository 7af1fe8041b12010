import { useLayoutEffect, useRef } from 'react';
import { createStore } from './store';

/** Shortcuts by key position (`KeyK`), so that they work in every layout. «KeyG KeyD» is a sequence. */
export type Bindings = Record<string, (event: KeyboardEvent) => void>;

/** Single letters can be switched off in the profile; combinations with Ctrl stay. */
export const singleKeys = createStore(true);

const layers: { bindings: () => Bindings }[] = [];
const sequenceMs = 1200;
/** A busy page handles a key late; the second one has its time from then, not from the press. */
let prefix: { code: string; handledAt: number } | undefined;

export function combination(event: KeyboardEvent): string {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  if (event.shiftKey) parts.push('Shift');
  return [...parts, event.code].join('+');
}

export function inField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target.closest('[role="menu"],[role="listbox"],[role="combobox"]')) return true;
  return target.matches('input:not([type="checkbox"]):not([type="radio"]),textarea,select');
}

function dispatch(event: KeyboardEvent) {
  if (event.defaultPrevented || event.repeat || event.isComposing) return;
  const pressed = combination(event);
  const withModifier = event.ctrlKey || event.metaKey || event.altKey;
  if (!withModifier && (inField(event.target) || !singleKeys.get())) return;
  if (pressed !== 'Ctrl+KeyK' && document.querySelector('[data-modal]')) return;
  const inTime = prefix && event.timeStamp - prefix.handledAt < sequenceMs;
  const started = inTime ? prefix?.code : undefined;
  prefix = undefined;
  const candidates = started ? [`${started} ${pressed}`, pressed] : [pressed];
  for (const candidate of candidates) {
    for (const layer of [...layers].reverse()) {
      const handler = layer.bindings()[candidate];
      if (!handler) continue;
      event.preventDefault();
      handler(event);
      return;
    }
  }
  const begins = layers.some((layer) =>
    Object.keys(layer.bindings()).some((key) => key.startsWith(`${pressed} `)),
  );
  if (begins) prefix = { code: pressed, handledAt: performance.now() };
}

let listening = false;
/** The newest layer answers first. Keys work as soon as what they act on is seen. */
export function useKeys(bindings: Bindings, enabled = true) {
  const latest = useRef(bindings);
  latest.current = bindings;
  useLayoutEffect(() => {
    if (!listening) {
      window.addEventListener('keydown', dispatch);
      listening = true;
    }
    if (!enabled) return;
    const layer = { bindings: () => latest.current };
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
    };
  }, [enabled]);
}

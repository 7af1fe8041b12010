import { lazyRouteComponent } from '@tanstack/react-router';
import { loadWords, type Namespace } from '@/lib/i18n';
import { arrival } from '@/lib/lazy';

/**
 * A screen: its code and its words come together, when somebody is about to open it. `words` names
 * what its code needs at once; what a dialog adds comes with the dialog.
 */
export function screen<T extends Record<string, unknown>, Name extends keyof T>(
  load: () => Promise<T>,
  name: Name,
  ...words: Namespace[]
) {
  const both = async () => {
    const [code] = await Promise.all([arrival(load), loadWords(...words)]);
    return code;
  };
  return lazyRouteComponent<T, Name>(both, name);
}

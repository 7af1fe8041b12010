import { currentLanguage, switchLanguage } from '@/lib/i18n';
import { singleKeys } from '@/lib/keys';
import type { Preferences } from '@/lib/types';

function keep(key: string, value: string | undefined) {
  try {
    if (value) localStorage.setItem(key, value);
  } catch {
    // A browser without storage only forgets the theme until the next sign-in.
  }
}

/** Theme and language are kept in the browser too: they are needed before the first paint. */
export async function applyPreferences({ theme, language, density, single_keys }: Preferences) {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const root = document.documentElement;
  root.dataset.theme = theme === 'light' || theme === 'dark' ? theme : system;
  root.dataset.density = density || 'normal';
  singleKeys.set(single_keys === true);
  keep('theme', theme);
  keep('density', density);
  keep('language', language);
  if ((language === 'ru' || language === 'en') && language !== currentLanguage()) {
    await switchLanguage(language);
  }
}

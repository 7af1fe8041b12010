import i18next, { type ReadCallback } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { arrival } from '../lazy';
import type { words } from './ru';

export const languages = ['ru', 'en'] as const;
export type Language = (typeof languages)[number];
export type Namespace = keyof typeof words;
export const locales: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' };

/** What every screen says; the words of a feature come with its screen. */
const everywhere: Namespace[] = ['common'];
/** Said when something fails: not before the first paint. */
const afterwards: Namespace[] = ['errors'];

const files = import.meta.glob<object>('./{ru,en}/*.json', { import: 'default' });

const backend = {
  type: 'backend' as const,
  init() {},
  read(language: string, namespace: string, done: ReadCallback) {
    const load = files[`./${language}/${namespace}.json`];
    if (!load) return done(new Error(`no words ${language}/${namespace}`), false);
    arrival(load).then(
      (words) => done(null, words as never),
      (failure: Error) => done(failure, false),
    );
  },
};

/** Begins to load the words of a screen together with its code. */
export const loadWords = (...namespaces: Namespace[]) => i18next.loadNamespaces(namespaces);

export async function startI18n(language: Language, ...namespaces: Namespace[]) {
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      load: 'currentOnly',
      ns: [...everywhere, ...namespaces],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
    });
  void loadWords(...afterwards);
}

export async function switchLanguage(language: Language) {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'ru');
export const currentLocale = () => locales[currentLanguage()];

import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['ru', 'en'] as const;
export type Language = (typeof languages)[number];
export const locales: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' };

const loaders = { ru: () => import('./ru'), en: () => import('./en') };

async function load(language: Language) {
  const { words } = await loaders[language]();
  for (const [namespace, keys] of Object.entries(words)) {
    i18next.addResourceBundle(language, namespace, keys, true, true);
  }
}

export async function startI18n(language: Language) {
  await i18next.use(initReactI18next).init({
    lng: language,
    defaultNS: 'common',
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await load(language);
  await i18next.changeLanguage(language);
}

export async function switchLanguage(language: Language) {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'ru');
export const currentLocale = () => locales[currentLanguage()];

import { type ReactNode, useEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { locales } from '@/lib/i18n';
import { Toasts } from '@/ui/toasts';

export function App({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'ru';
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <I18nProvider locale={locales[language]}>
      {children}
      <Toasts />
    </I18nProvider>
  );
}

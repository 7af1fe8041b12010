import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '@/lib/i18n';
import { lostAt } from '@/lib/live';
import { useStore } from '@/lib/store';

const patienceMs = 2500;

/** Says quietly that what is shown may be old; short breaks are not worth a word. */
export function ConnectionBar({ waiting }: { waiting: number }) {
  const { t } = useTranslation();
  const since = useStore(lostAt);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (since === undefined) return setShown(false);
    const timer = setTimeout(() => setShown(true), patienceMs);
    return () => clearTimeout(timer);
  }, [since]);
  const time = new Intl.DateTimeFormat(currentLocale(), { hour: '2-digit', minute: '2-digit' });
  const text =
    waiting > 0
      ? t('retry_in', { count: waiting })
      : shown && since !== undefined
        ? t('lost', { time: time.format(since) })
        : undefined;
  return (
    <div role="status">
      {text && <p className="bg-warn-soft px-5 py-1 text-center text-small text-warn">{text}</p>}
    </div>
  );
}

import { formatInstant } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';

/** An instant as a cell shows it: a time today, a day otherwise. */
export function Stamp({ at }: { at: string | undefined }) {
  const { time_zone, today } = useSession();
  if (!at) return null;
  return (
    <time dateTime={at} className="tabular text-ink2">
      {formatInstant(at, currentLocale(), time_zone, today)}
    </time>
  );
}

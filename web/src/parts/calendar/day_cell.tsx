import { useTranslation } from 'react-i18next';
import type { Day } from '@/lib/dates';
import { formatDay } from '@/lib/dates';
import { useFlash } from '@/lib/flash';
import { currentLocale } from '@/lib/i18n';
import { formatCompact } from '@/lib/money';
import { isDayOff } from '@/lib/month';
import { useSession } from '@/lib/session';
import { useDrop, useLift } from '@/parts/dragging';
import { cx } from '@/ui/cx';
import type { DayOf, DayWords } from './month_calendar';

/** What is the same for all days. */
export interface DayProps {
  words: DayWords;
  /** There is room for rows. */
  roomy: boolean;
  onOpen: (day: Day) => void;
  /** Rows are carried from day to day. */
  movable: boolean;
  takes: (row: unknown, day: Day) => boolean;
}

interface DayCellProps extends DayProps {
  day: Day;
  /** Of the month that is shown, not of a neighbour. */
  inside: boolean;
  /** Tab leads to this day. */
  reached: boolean;
  found: DayOf | undefined;
}
export function DayCell(props: DayCellProps) {
  const { day, inside, reached, found, words, roomy, onOpen, movable, takes } = props;
  const { element, over } = useDrop<unknown, HTMLTableCellElement>(day, (row) => takes(row, day));
  const { today } = useSession();
  const name = useDayName(words);
  const quiet = !inside || isDayOff(day, currentLocale());
  return (
    <td
      ref={element}
      data-day={day}
      aria-current={day === today ? 'date' : undefined}
      className={cx(
        'relative h-20 border border-line p-1.5 align-top max-md:h-14',
        roomy && 'h-28',
        quiet && 'bg-canvas',
        over && 'outline-2 -outline-offset-2 outline-accent',
      )}
    >
      {inside && (
        <button
          type="button"
          aria-label={name(day, found)}
          tabIndex={reached ? 0 : -1}
          onClick={() => onOpen(day)}
          className="absolute inset-0 hover:bg-hover focus-visible:-outline-offset-2"
        />
      )}
      <div aria-hidden className="pointer-events-none relative flex items-baseline gap-1.5">
        <DayNumber day={day} quiet={!inside} />
        {inside && found && (
          <span className="ml-auto flex min-w-0 items-baseline gap-1.5 tabular max-lg:flex-col max-lg:items-end max-lg:gap-0">
            <Sums found={found} words={words} />
            <b className="font-semibold">{found.count}</b>
          </span>
        )}
      </div>
      {inside && found && found.lines.length > 0 && <Lines found={found} movable={movable} />}
    </td>
  );
}

/** «28 ноября 2026: 3 платежа, 120 000 ₽, сегодня». */
export function useDayName(words: DayWords) {
  const { t } = useTranslation('calendar');
  const { today } = useSession();
  return (day: Day, found: DayOf | undefined) => {
    const said = [
      words.count(found?.count ?? 0),
      words.sum(found?.sums),
      day === today && t('today'),
    ];
    const records = said.filter(Boolean).join(', ');
    return t('day_is', { day: formatDay(day, currentLocale()), records });
  };
}

export function DayNumber({ day, quiet }: { day: Day; quiet?: boolean }) {
  const { today } = useSession();
  return (
    <span
      className={cx(
        'tabular text-small',
        quiet ? 'text-ink3' : 'text-ink2',
        day === today && 'rounded-chip bg-warn-soft px-1 font-semibold text-warn',
      )}
    >
      {Number(day.slice(8))}
    </span>
  );
}

/** Sums in few digits, for there is little room; the whole ones are in the name of the day. */
function Sums({ found, words }: { found: DayOf; words: DayWords }) {
  if (words.sum(found.sums) === undefined) return null;
  return found.sums?.map(({ amount }) => (
    <span key={amount?.currency} className="max-w-full truncate text-chip text-ink2 max-md:hidden">
      {formatCompact(
        { amount: amount?.amount ?? '0', currency: amount?.currency ?? 'RUB' },
        currentLocale(),
      )}
    </span>
  ));
}

const room = 3;
/** The first rows of the day: all of them, or as many as leave a line that says how many more. */
function Lines({ found, movable }: { found: DayOf; movable: boolean }) {
  const { t } = useTranslation('calendar');
  const shown = found.lines.slice(0, found.count > room ? room - 1 : room);
  const more = found.count - shown.length;
  return (
    <ul className="pointer-events-none relative flex flex-col text-chip">
      {shown.map((line) => (
        <Line key={line.id} {...line} movable={movable} />
      ))}
      {more > 0 && (
        <li aria-hidden className="flex min-h-6 items-center text-ink2">
          {t('more', { count: more })}
        </li>
      )}
    </ul>
  );
}

type LineProps = DayOf['lines'][number] & { movable: boolean };
function Line({ id, row, line, movable }: LineProps) {
  const { element, lifted } = useLift(row, () => movable);
  const flashing = useFlash(id);
  return (
    <li
      ref={element}
      className={cx(
        'flex min-h-6 min-w-0 items-center',
        movable ? 'pointer-events-auto cursor-grab' : '*:pointer-events-auto',
        lifted && 'opacity-40',
        flashing && 'flash',
      )}
    >
      {line}
    </li>
  );
}

import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Day } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { filterText, withCondition } from '@/lib/list/filter';
import type { ListSum, Resource } from '@/lib/list/resource';
import { type Month, monthAfter, monthOf, monthText } from '@/lib/month';
import { useSession } from '@/lib/session';
import { useNumber } from '@/parts/deal_bits';
import { useDragged } from '@/parts/dragging';
import { sumText } from '@/parts/list/sums';
import type { LayoutProps } from '@/parts/list/types';
import { Button, IconButton } from '@/ui/button';
import { ChevronLeft, ChevronRight } from '@/ui/icons';
import { useMedia } from '@/ui/media';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { DayList } from './day_list';
import { type Elsewhere, useMonthData, useMonthRows } from './month_data';
import { MonthGrid } from './month_grid';

/** What one day adds up to, and its rows where there is room for them. */
export interface DayOf {
  count: number;
  sums: ListSum[] | undefined;
  lines: { id: string; row: unknown; line: ReactNode }[];
}
/** How a row is carried to another day. */
export interface MoveOf<Row> {
  /** Why this row stays where it is; nothing when it may be carried. */
  refusal: (row: Row) => string | undefined;
  to: (row: Row, day: Day) => void;
}
/** How a list speaks of its days. */
export interface DayWords {
  /** «3 задачи». */
  count: (count: number) => string;
  /** «120 000 ₽»; nothing where no sum is shown. */
  sum: (sums: ListSum[] | undefined) => string | undefined;
}

interface MonthCalendarProps<Row extends { id: string }> extends LayoutProps {
  resource: Resource<Row>;
  /** The date of the list that the days are of. */
  field: string;
  /** The sum of the server's that a day shows. */
  sum?: string;
  count: (count: number, formatted: string) => string;
  dayOf: (row: Row) => Day | undefined;
  /** One row in a line of its day. */
  line: (row: Row) => ReactNode;
  move?: MoveOf<Row>;
}
/** The list by the days of a month; a day opens it as rows. The counts are the server's. */
export function MonthCalendar<Row extends { id: string }>(props: MonthCalendarProps<Row>) {
  const { resource, field, query, filter, go, onMonth, empty, dayOf, line } = props;
  const { today } = useSession();
  const number = useNumber();
  const narrow = useMedia('(max-width: 480px)');
  const roomy = useMedia('(min-width: 1100px)');
  const dated = { resource, field, query, today, month: props.month };
  const { month, days, count, elsewhere, nothing } = useMonthData(dated);
  const rows = useMonthRows(dated, month ?? monthOf(today), count, roomy);
  const groups = days.data?.groups;
  const found = useMemo(() => {
    const byDay = new Map<Day, DayOf>();
    for (const { value = '', count = 0, sums } of groups ?? []) {
      byDay.set(value, { count, sums, lines: [] });
    }
    for (const row of rows) {
      byDay.get(dayOf(row) ?? '')?.lines.push({ id: row.id, row, line: line(row) });
    }
    return byDay;
  }, [groups, rows, dayOf, line]);
  const dragged = useDragged<Row, Day>((row, day) => props.move?.to(row, day));
  if (days.error && !days.data) {
    return <ErrorState failure={days.error} onRetry={() => void days.refetch()} />;
  }
  if (nothing) return empty;
  if (!month) return <RowsSkeleton />;

  const words: DayWords = {
    count: (count) => props.count(count, number(count)),
    sum: (sums) => props.sum && sumText(sums, props.sum),
  };
  const open = (op: 'is' | 'empty', ...values: Day[]) =>
    go({ layout: 'table', f: filterText(withCondition(filter, { field, op, values })) });
  const { move } = props;
  const refused = dragged && move?.refusal(dragged);
  const takes = (row: unknown, day: Day) =>
    move !== undefined && move.refusal(row as Row) === undefined && dayOf(row as Row) !== day;
  const drawn = { month, days: found, words, onOpen: (day: Day) => open('is', day) };
  const total = days.data && [words.count(count), words.sum(days.data.sums)];
  return (
    <>
      <Head
        month={month}
        total={total?.filter(Boolean).join(' · ')}
        elsewhere={elsewhere}
        onMonth={onMonth}
        onUndated={() => open('empty')}
      />
      <div
        className="min-h-0 flex-1 overflow-y-auto px-5 pb-5 max-md:px-4 max-md:pb-20"
        aria-busy={days.isPending}
      >
        {refused && <p className="pb-2 text-small text-ink2">{refused}</p>}
        {narrow ? (
          <DayList {...drawn} />
        ) : (
          <MonthGrid
            {...drawn}
            onMonth={onMonth}
            roomy={roomy}
            movable={move !== undefined}
            takes={takes}
            refused={refused !== undefined}
          />
        )}
      </div>
    </>
  );
}

interface HeadProps {
  month: Month;
  total: string | undefined;
  elsewhere: Elsewhere;
  onMonth: (month: Month) => void;
  onUndated: () => void;
}
/** Which month it is and what it adds up to; what stands elsewhere, so that all is accounted for. */
function Head({ month, total, elsewhere, onMonth, onUndated }: HeadProps) {
  const { t } = useTranslation('calendar');
  const { today } = useSession();
  const number = useNumber();
  const { earlier, later, undated } = elsewhere;
  return (
    <div className="flex flex-wrap items-center gap-1 px-5 pb-2 max-md:px-4">
      <IconButton label={t('month_before')} onPress={() => onMonth(monthAfter(month, -1))}>
        <ChevronLeft />
      </IconButton>
      <IconButton label={t('month_after')} onPress={() => onMonth(monthAfter(month, 1))}>
        <ChevronRight />
      </IconButton>
      <div aria-live="polite" className="flex flex-wrap items-baseline gap-x-2 px-1">
        <h2 className="text-head font-semibold first-letter:uppercase">
          {monthText(month, currentLocale())}
        </h2>
        <span className="tabular text-small text-ink2">{total}</span>
      </div>
      {month !== monthOf(today) && (
        <Button variant="quiet" onPress={() => onMonth(monthOf(today))}>
          {t('this_month')}
        </Button>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-1">
        {earlier && (
          <Button variant="quiet" onPress={() => onMonth(earlier.month)}>
            {t('earlier', { formatted: number(earlier.count) })}
          </Button>
        )}
        {later && (
          <Button variant="quiet" onPress={() => onMonth(later.month)}>
            {t('later', { formatted: number(later.count) })}
          </Button>
        )}
        {undated > 0 && (
          <Button variant="quiet" onPress={onUndated}>
            {t('undated', { formatted: number(undated) })}
          </Button>
        )}
      </div>
    </div>
  );
}

import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useNumber } from '@/parts/deal_bits';
import { cx } from '@/ui/cx';
import type { Load } from './load';
import { shownAtMost, useTeamLoad } from './use_team_load';

/** Who of the team has how much, and how much of it is late. */
export function TeamLoad() {
  const { t } = useTranslation('today');
  const number = useNumber();
  const { ready, loads, rows, undated } = useTeamLoad();
  if (!ready) return null;
  return (
    <section aria-labelledby="load" className="pt-4 max-md:px-4">
      <h2 id="load" className="mb-2 text-head">
        {t('load')}
      </h2>
      {rows.length === 0 ? (
        <p className="text-ink2">{t('load_empty')}</p>
      ) : (
        <LoadTable rows={rows} />
      )}
      {loads.length > shownAtMost && (
        <p className="py-2 text-ink2">
          {t('load_more', { shown: number(shownAtMost), all: number(loads.length) })}
        </p>
      )}
      <NoNextDate count={undated} />
    </section>
  );
}

const columns = ['deals', 'late', 'tasks', 'tasks_late'] as const;
type Column = (typeof columns)[number];
type LoadRow = Load & { full_name: string };

const behind: Record<Column, { to: '/deals' | '/tasks'; of: string; f: string }> = {
  deals: { to: '/deals', of: 'lead_agent_id', f: 'status.not.closed' },
  late: { to: '/deals', of: 'lead_agent_id', f: 'status.not.closed*deadline_on.before.today' },
  tasks: { to: '/tasks', of: 'assignee_id', f: 'open.is.true' },
  tasks_late: { to: '/tasks', of: 'assignee_id', f: 'open.is.true*overdue.is.true' },
};

/** A number that opens the list it counts; what is late is red. */
function Behind({ person, column, count }: { person: string; column: Column; count: number }) {
  const number = useNumber();
  const { to, of, f } = behind[column];
  if (count === 0) return <span className="text-ink3">{number(count)}</span>;
  return (
    <Link
      to={to}
      search={{ view: 'all', layout: 'table', f: `${of}.is.${person}*${f}` }}
      className={cx(
        'inline-flex min-h-6 items-center justify-end hover:underline coarse:min-h-11 coarse:min-w-11',
        column.includes('late') && 'text-bad',
      )}
    >
      {number(count)}
    </Link>
  );
}

function LoadTable({ rows }: { rows: LoadRow[] }) {
  const { t } = useTranslation('today');
  return (
    <div role="group" aria-label={t('load')} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse">
        <thead>
          <tr className="h-9 border-b border-line text-small text-ink2">
            <th scope="col" className="text-left font-medium">
              {t('load_person')}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="px-2 text-right font-medium">
                {t(`load_${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className="h-(--row) border-b border-line">
              <th scope="row" className="text-left font-normal">
                {row.full_name}
              </th>
              {columns.map((column) => (
                <td key={column} className="tabular px-2 text-right">
                  <Behind person={row.id} column={column} count={row[column]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NoNextDate({ count }: { count: number }) {
  const { t } = useTranslation('today');
  const number = useNumber();
  if (count === 0) return null;
  return (
    <p className="py-3">
      <Link
        to="/deals"
        search={{ view: 'all', layout: 'table', f: 'deadline_on.empty*status.not.closed' }}
        className="inline-flex min-h-6 items-center text-accent-ink hover:underline"
      >
        {t('no_next')}: {number(count)}
      </Link>
    </p>
  );
}

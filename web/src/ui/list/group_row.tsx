import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/number';
import { cx } from '../cx';
import { ChevronDown } from '../icons';
import type { ListItem } from './types';

interface GroupRowProps {
  item: Extract<ListItem<never>, { kind: 'group' }>;
  span: number;
  onFold?: (group: string) => void;
}
/** The head of a group: folds and unfolds it, says how many and how much. */
export function GroupRow({ item, span, onFold }: GroupRowProps) {
  const { t } = useTranslation('list');
  const { value, label, count, note, folded } = item.group;
  const shown = formatNumber(count);
  return (
    <tr aria-rowindex={item.position + 2} className="h-(--row) border-b border-line bg-canvas">
      <th scope="rowgroup" colSpan={span} className="px-3 text-left font-normal">
        <button
          type="button"
          aria-expanded={!folded}
          onClick={() => onFold?.(value)}
          className="sticky left-3 inline-flex min-h-6 items-center gap-2 rounded-chip px-2 hover:bg-hover"
        >
          <span aria-hidden className={cx('inline-flex', folded && '-rotate-90')}>
            <ChevronDown />
          </span>
          <span className="font-semibold">{label}</span>
          <span className="tabular text-small text-ink2">
            <span className="sr-only">{t('group_count')} </span>
            {shown}
          </span>
          {note && <span className="tabular text-small text-ink2">{note}</span>}
        </button>
      </th>
    </tr>
  );
}

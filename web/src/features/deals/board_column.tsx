import type { UIEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '@/lib/data/deal_cache';
import { useRole } from '@/lib/session';
import type { Deal, DealStatus } from '@/lib/types';
import { creating } from '@/parts/commands';
import { useNumber } from '@/parts/deal_bits';
import { refusal } from '@/parts/deal_rules';
import { useDrop } from '@/parts/dragging';
import { mayCreate } from '@/parts/rights';
import { Button, IconButton } from '@/ui/button';
import { cx } from '@/ui/cx';
import { ChevronLeft, Plus } from '@/ui/icons';
import { DealCard } from './deal_card';

interface DropProps {
  status: DealStatus;
  dragged: Deal | undefined;
}
function useColumn({ status, dragged }: DropProps) {
  const drop = useDrop<Deal>(status, (deal) => refusal(deal, status) === undefined);
  return { ...drop, why: dragged && refusal(dragged, status) };
}

interface BoardColumnProps extends DropProps {
  column: Column;
  peeked: string | undefined;
  onMore: () => void;
  onPeek: (id: string) => void;
  onFold?: () => void;
}
export function BoardColumn(props: BoardColumnProps) {
  const { status, column, dragged, peeked, onMore, onPeek, onFold } = props;
  const { t } = useTranslation(['deals', 'common']);
  const role = useRole();
  const number = useNumber();
  const { element, over, why } = useColumn({ status, dragged });
  const name = t(`deals:status_is.${status}`);
  const loadAhead = (event: UIEvent<HTMLElement>) => {
    const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
    if (column.next && scrollTop + clientHeight > scrollHeight * 0.7) onMore();
  };
  return (
    <section
      ref={element}
      aria-label={name}
      data-column={status}
      className={cx(
        'flex min-h-0 max-w-[340px] min-w-[216px] flex-1 snap-center flex-col rounded-panel bg-canvas transition-opacity max-md:min-w-[84%]',
        over && 'outline-2 outline-accent',
        why && why !== 'same' && 'opacity-50',
      )}
    >
      <header className="flex h-12 shrink-0 items-center gap-2 pr-2 pl-3">
        <h2 className="font-semibold">{name}</h2>
        <span className="tabular text-small text-ink3">{number(column.count)}</span>
        <span className="flex-1" />
        {status === 'draft' && mayCreate(role) && (
          <IconButton label={t('deals:new_title')} onPress={() => creating.set({ what: 'deal' })}>
            <Plus />
          </IconButton>
        )}
        {onFold && (
          <IconButton label={t('common:collapse')} onPress={onFold}>
            <ChevronLeft />
          </IconButton>
        )}
      </header>
      {why && why !== 'same' && (
        <p className="mx-3 mb-2 text-small text-ink2">{t(`deals:refused.${why}`)}</p>
      )}
      <div
        className="min-h-0 flex-1 overflow-y-auto px-2 pb-2"
        onScroll={loadAhead}
        tabIndex={0}
        role="group"
        aria-label={name}
      >
        {column.deals.length === 0 && (
          <p className="px-1 py-4 text-small text-ink3">{t('deals:column_empty')}</p>
        )}
        <ul className="flex flex-col gap-2">
          {column.deals.map((deal) => (
            <DealCard key={deal.id} deal={deal} peeked={peeked === deal.id} onPeek={onPeek} />
          ))}
        </ul>
        {column.next && (
          <Button variant="quiet" className="mt-2 w-full" onPress={onMore}>
            {t('common:next_page')}
          </Button>
        )}
      </div>
    </section>
  );
}

interface RailProps extends DropProps {
  count: number;
  onOpen: () => void;
}
export function Rail({ status, dragged, count, onOpen }: RailProps) {
  const { t } = useTranslation('deals');
  const number = useNumber();
  const { element, over, why } = useColumn({ status, dragged });
  const name = t(`status_is.${status}`);
  return (
    <section
      ref={element}
      aria-label={name}
      data-column={status}
      className={cx(
        'relative w-10 shrink-0 snap-center rounded-panel bg-canvas transition-opacity',
        over && 'outline-2 outline-accent',
        why && 'opacity-50',
      )}
    >
      <button
        type="button"
        title={why ? t(`refused.${why}`) : t('rail_open', { status: name })}
        onClick={onOpen}
        className="flex h-full w-full flex-col items-center gap-3 rounded-panel pt-3.5 hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="tabular text-small text-ink2">{number(count)}</span>
        <span className="rotate-180 font-semibold [writing-mode:vertical-rl]">{name}</span>
      </button>
    </section>
  );
}

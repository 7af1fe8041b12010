import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFlash } from '@/lib/flash';
import type { Deal } from '@/lib/types';
import { Due, objectText, useMoveText, WhoseMove } from '@/parts/deal_bits';
import { useLift } from '@/parts/dragging';
import { Avatar } from '@/ui/avatar';
import { cx } from '@/ui/cx';
import { Renewals } from '@/ui/icons';
import { CardMenu } from './card_menu';

const isMovable = ({ allowed_statuses }: Deal) => (allowed_statuses ?? []).length > 0;

interface DealCardProps {
  deal: Deal;
  peeked: boolean;
  onPeek: (id: string) => void;
}
export function DealCard({ deal, peeked, onPeek }: DealCardProps) {
  const { t } = useTranslation('deals');
  const { element, lifted } = useLift(deal, isMovable);
  const flashing = useFlash(deal.id);
  const moveText = useMoveText();
  const object = objectText(deal);
  return (
    <li
      ref={element}
      data-row={deal.id}
      className={cx(
        'group relative rounded-card border border-line bg-raised shadow-1 [contain-intrinsic-size:auto_120px] [content-visibility:auto] hover:border-line-strong',
        peeked && 'border-accent hover:border-accent',
        lifted && 'opacity-40',
        flashing && 'flash',
      )}
    >
      <div className="p-2.5 pb-2">
        <div className="flex items-start gap-2">
          <h3 className="flex min-w-0 flex-1 items-center gap-1.5 text-head">
            <Link
              to="/deals/$dealId"
              params={{ dealId: deal.id }}
              draggable={false}
              className="min-w-0 truncate rounded-chip after:absolute after:inset-0 after:rounded-card focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
            >
              {deal.client_name || deal.title}
            </Link>
            {deal.renews_policy_id && (
              <span title={t('renews_policy')} className="shrink-0 text-ink3">
                <Renewals />
                <span className="sr-only">{t('renews_policy')}</span>
              </span>
            )}
          </h3>
          <CardMenu deal={deal} onPeek={onPeek} />
          {deal.lead_agent_name && <Avatar name={deal.lead_agent_name} size="small" />}
        </div>
        <p className="truncate text-small">
          <span className="font-medium">{deal.title}</span>
          {object && object !== deal.title && <span className="text-ink2"> · {object}</span>}
        </p>
        {!!deal.calculation_count && (
          <p className="truncate text-small text-ink3">
            {t('quotes_count', {
              count: deal.calculation_count,
              ready: deal.ready_calculation_count ?? 0,
            })}
          </p>
        )}
      </div>
      <div className="border-t border-line px-2.5 py-2">
        <p className="truncate text-small">{moveText(deal)}</p>
        <p className="mt-0.5 flex h-5 items-center justify-between gap-2">
          {deal.deadline ? <WhoseMove deal={deal} /> : <span />}
          {deal.status === 'closed' ? (
            <span className="truncate text-chip text-ink3">{deal.lost_reason}</span>
          ) : (
            <Due day={deal.deadline?.date} />
          )}
        </p>
      </div>
      <span className="sr-only">
        {t('number')} {deal.number}
      </span>
    </li>
  );
}

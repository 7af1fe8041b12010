import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dealQuery } from '@/lib/data/deals';
import { formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useKeys } from '@/lib/keys';
import { DealStatusChip, Due, useMoveText, WhoseMove } from '@/parts/deal_bits';
import { mayPostpone, PostponeMenu } from '@/parts/postpone';
import { Avatar } from '@/ui/avatar';
import { Button } from '@/ui/button';
import { ChevronDown, Open } from '@/ui/icons';
import { SidePanel } from '@/ui/side_panel';
import { ErrorState, RowsSkeleton } from '@/ui/states';

export function Peek({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('deals');
  const navigate = useNavigate();
  const { data: deal, error, refetch } = useQuery(dealQuery(id));
  const moveText = useMoveText();
  const open = () => void navigate({ to: '/deals/$dealId', params: { dealId: id } });
  useKeys({ Enter: open });
  return (
    <SidePanel
      label={t('peek')}
      onClose={onClose}
      actions={
        <Button variant="quiet" icon={<Open />} onPress={open}>
          {t('open_card')}
        </Button>
      }
    >
      {error && !deal && <ErrorState failure={error} onRetry={() => void refetch()} />}
      {!deal && !error && <RowsSkeleton rows={6} />}
      {deal && (
        <div className="flex flex-col gap-4">
          <div>
            <h2 className="text-record">{deal.client_name || deal.title}</h2>
            <p className="text-ink2">
              {deal.title} · <span className="tabular">{deal.number}</span>
            </p>
            <p className="mt-2 flex items-center gap-2">
              <DealStatusChip status={deal.status} />
            </p>
          </div>
          <div className="rounded-card border border-line bg-canvas p-3">
            <p className="font-medium">{moveText(deal)}</p>
            <p className="mt-1 flex items-center gap-3">
              {deal.deadline && <WhoseMove deal={deal} />}
              <Due day={deal.deadline?.date} />
            </p>
            {mayPostpone(deal) && (
              <div className="mt-2">
                <PostponeMenu
                  deal={deal}
                  trigger={
                    <Button>
                      {t('postpone')}
                      <ChevronDown />
                    </Button>
                  }
                />
              </div>
            )}
          </div>
          {deal.description && <p className="whitespace-pre-wrap">{deal.description}</p>}
          <dl className="grid grid-cols-[140px_1fr] gap-y-1.5">
            {deal.objects?.map((object, index) => (
              <div key={index} className="contents">
                <dt className="text-ink2">{t(`object_kind.${object.kind}`)}</dt>
                <dd>{object.title}</dd>
              </div>
            ))}
            {deal.expected_close_date && (
              <>
                <dt className="text-ink2">{t('expected_close_date')}</dt>
                <dd>{formatDay(deal.expected_close_date, currentLocale())}</dd>
              </>
            )}
          </dl>
          <ul className="flex flex-col gap-2">
            {deal.members?.map((member) => (
              <li key={member.user_id} className="flex items-center gap-2">
                <Avatar name={member.full_name} size="small" />
                <span className="flex-1">{member.full_name}</span>
                <span className="text-small text-ink3">{t(`function.${member.function}`)}</span>
              </li>
            ))}
          </ul>
          <Link
            to="/clients/$clientId"
            params={{ clientId: deal.client_id }}
            className="inline-flex min-h-6 items-center gap-1 text-accent-ink hover:underline"
          >
            {deal.client_name}
            <Open />
          </Link>
        </div>
      )}
    </SidePanel>
  );
}

import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useContinueDeal } from '@/lib/data/deals';
import { dayOf, daysBetween } from '@/lib/dates';
import { toastFailure } from '@/lib/messages';
import { useSession } from '@/lib/session';
import { useStore } from '@/lib/store';
import { toast } from '@/lib/toast';
import { type Deal, type DealStatus, dealStatuses, may } from '@/lib/types';
import { objectText } from '@/parts/deal_bits';
import { refusal } from '@/parts/deal_rules';
import { usePageTitle } from '@/parts/page';
import { neighbours, place } from '@/parts/place';
import { mayCreate } from '@/parts/rights';
import { useMoveDeal } from '@/parts/transition';
import { Button, IconButton } from '@/ui/button';
import { cx } from '@/ui/cx';
import { Check, ChevronLeft, ChevronRight, More, Pencil } from '@/ui/icons';
import { usePhone } from '@/ui/media';
import { Menu } from '@/ui/menu';

export function DealHead({ deal, onEdit }: { deal: Deal; onEdit: () => void }) {
  const { t } = useTranslation(['deals', 'common']);
  const { user } = useSession();
  const name = deal.client_name || deal.title;
  const heading = usePageTitle(`${name} · ${deal.number}`);
  const object = objectText(deal);
  const resume = useContinue(deal);
  const phone = usePhone();
  return (
    <header className="shrink-0 px-5 pt-3 pb-3 max-md:px-4">
      <div className="flex h-7 items-center justify-between text-small text-ink2">
        <span className="flex items-center gap-1">
          <Link to="/deals" className="flex min-h-6 items-center gap-1 hover:text-ink">
            <ChevronLeft />
            {t('deals:title')}
          </Link>
          <span aria-hidden>/</span>
          <span className="tabular">{deal.number}</span>
        </span>
        <Neighbours deal={deal} />
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 ref={heading} tabIndex={-1} className="text-record">
          {name}
        </h1>
        <p className="min-w-0 flex-1 truncate text-head text-ink2 max-md:basis-full">
          {deal.title}
          {object && object !== deal.title && ` · ${object}`}
        </p>
        {deal.status === 'closed' && mayCreate(user.role) && (
          <Button variant="primary" onPress={resume.run} isPending={resume.busy}>
            {t('deals:continue')}
          </Button>
        )}
        {deal.status !== 'closed' && may(deal, 'update') && (
          <Button icon={<Pencil />} onPress={onEdit}>
            {t('common:edit')}
          </Button>
        )}
        <StatusMenu deal={deal} />
      </div>
      {phone ? <ShortSteps deal={deal} /> : <Steps deal={deal} />}
    </header>
  );
}

function useContinue(deal: Deal) {
  const { t } = useTranslation('deals');
  const navigate = useNavigate();
  const resume = useContinueDeal();
  const run = () =>
    resume.mutate(deal.id, {
      onSuccess: (created) => {
        toast(t('continued', { number: created.number }));
        void navigate({ to: '/deals/$dealId', params: { dealId: created.id } });
      },
      onError: toastFailure,
    });
  return { run, busy: resume.isPending };
}

function Neighbours({ deal }: { deal: Deal }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const near = neighbours(useStore(place), deal.id);
  if (!near) return null;
  const go = (dealId: string | undefined) => () => {
    if (dealId) void navigate({ to: '/deals/$dealId', params: { dealId } });
  };
  return (
    <span className="tabular flex items-center">
      <IconButton
        label={t('keys.alt_arrows')}
        keys="Alt ←"
        isDisabled={!near.before}
        onPress={go(near.before)}
      >
        <ChevronLeft />
      </IconButton>
      {t('of', near)}
      <IconButton
        label={t('keys.alt_arrows')}
        keys="Alt →"
        isDisabled={!near.after}
        onPress={go(near.after)}
      >
        <ChevronRight />
      </IconButton>
    </span>
  );
}

function StatusMenu({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals');
  const move = useMoveDeal();
  const actions = dealStatuses
    .filter((status) => status !== deal.status && status !== 'draft')
    .map((status) => {
      const why = refusal(deal, status);
      return {
        id: status,
        label: t(`status_is.${status}`),
        detail: why && t(`refused.${why}`),
        disabled: why !== undefined,
        run: () => move(deal, status),
      };
    });
  return (
    <Menu
      label={t('status_menu')}
      trigger={
        <IconButton label={t('status_menu')} variant="quiet">
          <More />
        </IconButton>
      }
      actions={actions}
    />
  );
}

function useDaysInStatus(deal: Deal) {
  const { time_zone, today } = useSession();
  return deal.status_changed_at ? daysBetween(dayOf(deal.status_changed_at, time_zone), today) : 0;
}

/** Past steps are ticked, the current one says for how long; a click moves the deal there. */
function Steps({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals');
  return (
    <ol aria-label={t('steps')} className="mt-3 flex gap-1">
      {dealStatuses.map((status) => (
        <Step key={status} deal={deal} status={status} />
      ))}
    </ol>
  );
}

function Step({ deal, status }: { deal: Deal; status: DealStatus }) {
  const { t } = useTranslation('deals');
  const move = useMoveDeal();
  const days = useDaysInStatus(deal);
  const current = deal.status === status;
  const past = dealStatuses.indexOf(status) < dealStatuses.indexOf(deal.status);
  const ticked = past && deal.status !== 'closed';
  const why = refusal(deal, status);
  const name = t(`status_is.${status}`);
  const shape = cx(
    'flex h-8 w-full min-w-0 items-center justify-center gap-1.5 rounded-control px-2',
    current && 'bg-accent font-medium text-on-accent',
    ticked && 'bg-accent-soft text-accent-ink',
    !current && !ticked && 'bg-idle-soft text-ink2',
    !why && 'hover:outline-1 hover:outline-line-strong',
  );
  const inside = (
    <>
      {ticked && <Check />}
      <span className="truncate">{name}</span>
      {current && days > 0 && (
        <span className="tabular truncate text-chip">· {t('step_current', { count: days })}</span>
      )}
    </>
  );
  return (
    <li className="min-w-0 flex-1" aria-current={current ? 'step' : undefined}>
      {why ? (
        <span className={shape} title={why === 'same' ? undefined : t(`refused.${why}`)}>
          {inside}
        </span>
      ) : (
        <button type="button" className={shape} onClick={() => move(deal, status)}>
          {inside}
        </button>
      )}
    </li>
  );
}

function ShortSteps({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals');
  const position = dealStatuses.indexOf(deal.status) + 1;
  const total = dealStatuses.length;
  return (
    <div className="mt-2">
      <p className="flex justify-between text-small">
        <span className="font-medium">{t(`status_is.${deal.status}`)}</span>
        <span className="text-ink2">{t('step_of', { position, total })}</span>
      </p>
      <div aria-hidden className="mt-1 flex gap-1">
        {dealStatuses.map((status, index) => (
          <span
            key={status}
            className={cx(
              'h-1.5 flex-1 rounded-full',
              index < position ? 'bg-accent' : 'bg-sunken',
            )}
          />
        ))}
      </div>
    </div>
  );
}

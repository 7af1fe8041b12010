import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useStore } from '@/lib/store';
import { type Deal, dealStatuses } from '@/lib/types';
import { refusal } from '@/parts/deal_rules';
import { mayPostpone, postponeTo, usePostponeActions } from '@/parts/postpone';
import { useMoveDeal } from '@/parts/transition';
import { IconButton } from '@/ui/button';
import { More } from '@/ui/icons';
import { Menu, type MenuAction } from '@/ui/menu';
import { openMenu } from './use_deal_keys';

/** Everything a drag can do, without one. */
export function CardMenu({ deal, onPeek }: { deal: Deal; onPeek: (id: string) => void }) {
  const { t } = useTranslation('deals');
  const navigate = useNavigate();
  const asked = useStore(openMenu);
  const statuses = useStatusActions(deal);
  const dates = usePostponeActions(deal);
  const rest: (MenuAction | 'line')[] = [
    ...(mayPostpone(deal)
      ? ([
          'line',
          { id: 'postpone', label: t('postpone'), keys: 'H', run: () => postponeTo(deal) },
        ] as const)
      : []),
    'line',
    { id: 'peek', label: t('peek'), keys: '␣', run: () => onPeek(deal.id) },
    {
      id: 'open',
      label: t('open_card'),
      keys: '↵',
      run: () => void navigate({ to: '/deals/$dealId', params: { dealId: deal.id } }),
    },
  ];
  return (
    <span className="relative z-10 -my-1.5 -mr-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 has-[[data-pressed]]:opacity-100 coarse:opacity-100">
      <Menu
        label={t('actions')}
        isOpen={asked?.id === deal.id}
        onOpenChange={(open) => openMenu.set(open ? { id: deal.id, menu: 'status' } : undefined)}
        trigger={
          <IconButton label={t('actions')}>
            <More />
          </IconButton>
        }
        actions={
          asked?.id === deal.id && asked.menu === 'postpone' ? dates : [...statuses, ...rest]
        }
      />
    </span>
  );
}

export function useStatusActions(deal: Deal): MenuAction[] {
  const { t } = useTranslation('deals');
  const move = useMoveDeal();
  return dealStatuses
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
}

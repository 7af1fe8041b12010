import { useTranslation } from 'react-i18next';
import { useRole } from '@/lib/session';
import { creating, dealHere } from '@/parts/commands';
import { mayCreate, mayPlanMoney } from '@/parts/rights';
import { Plus } from '@/ui/icons';
import type { Command } from './use_commands';

/** What this person may make, wherever they stand. */
export function useCreations(): Command[] {
  const { t } = useTranslation('palette');
  const role = useRole();
  return [
    ...(mayCreate(role)
      ? [
          {
            id: 'new_deal',
            label: t('new_deal'),
            icon: <Plus />,
            keys: 'C D',
            run: () => creating.set({ what: 'deal' }),
          },
          {
            id: 'new_client',
            label: t('new_client'),
            icon: <Plus />,
            keys: 'C K',
            run: () => creating.set({ what: 'client' }),
          },
          {
            id: 'new_policy',
            label: t('new_policy'),
            icon: <Plus />,
            keys: 'C P',
            run: () => creating.set({ what: 'policy', ...dealHere() }),
          },
        ]
      : []),
    ...(mayPlanMoney(role)
      ? [
          {
            id: 'new_payment',
            label: t('new_payment'),
            icon: <Plus />,
            keys: 'C M',
            run: () => creating.set({ what: 'payment', ...dealHere() }),
          },
        ]
      : []),
    {
      id: 'new_task',
      label: t('new_task'),
      icon: <Plus />,
      keys: 'C T',
      run: () => creating.set({ what: 'task', ...dealHere() }),
    },
  ];
}

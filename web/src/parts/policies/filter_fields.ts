import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { policyInsurersQuery, policyProducts } from '@/lib/data/policies';
import { usePeopleOptions } from '@/parts/list/people';
import type { FilterField } from '@/ui/list/types';

export function useInsurerOptions() {
  const { data } = useQuery(policyInsurersQuery);
  return (data ?? []).map(({ id, name, short_name }) => ({ id, label: short_name || name }));
}

/** What, with whom and by whom policies are sold: lists and reports are narrowed by these. */
export function useSaleFields(): FilterField[] {
  const { t } = useTranslation('policies');
  return [
    {
      id: 'product',
      label: t('product'),
      kind: 'enum',
      options: policyProducts.map((id) => ({ id, label: t(`product_is.${id}`) })),
    },
    { id: 'insurer_id', label: t('insurer'), kind: 'enum', options: useInsurerOptions() },
    {
      id: 'lead_agent_id',
      label: t('lead'),
      kind: 'person',
      options: usePeopleOptions('agent', 'admin'),
    },
  ];
}

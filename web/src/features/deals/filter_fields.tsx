import { useTranslation } from 'react-i18next';
import { useColleagues } from '@/lib/data/people';
import { dealStatuses } from '@/lib/types';
import { Select } from '@/ui/select';
import type { Change } from './deals_page';
import { type DealsSearch, deadlineWords } from './search';

interface FilterFieldsProps {
  search: DealsSearch;
  change: Change;
}
export function FilterFields({ search, change }: FilterFieldsProps) {
  const { t } = useTranslation(['deals', 'common']);
  const people = useColleagues();
  const everybody = { id: '', label: t('common:all') };
  const me = { id: 'me', label: t('deals:filter_me') };
  const options = (roles: string[]) => [
    everybody,
    me,
    ...people
      .filter(({ role }) => roles.includes(role))
      .map(({ id, full_name }) => ({ id, label: full_name })),
  ];
  const pick = (field: keyof DealsSearch) => (id: string) => change({ [field]: id || undefined });
  const statuses = dealStatuses.map((id) => ({ id, label: t(`deals:status_is.${id}`) }));
  const deadlines = deadlineWords.map((id) => ({ id, label: t(`deals:filter_deadline_is.${id}`) }));
  return (
    <>
      <Select
        label={t('deals:filter_lead')}
        options={options(['agent', 'admin'])}
        value={search.lead ?? ''}
        onChange={pick('lead')}
      />
      <Select
        label={t('deals:filter_executor')}
        options={options(['agent', 'executor'])}
        value={search.executor ?? ''}
        onChange={pick('executor')}
      />
      <Select
        label={t('deals:filter_status')}
        options={[{ id: '', label: t('deals:all_statuses') }, ...statuses]}
        value={search.status ?? ''}
        onChange={pick('status')}
      />
      <Select
        label={t('deals:filter_deadline')}
        options={[everybody, ...deadlines]}
        value={search.deadline ?? ''}
        onChange={pick('deadline')}
      />
    </>
  );
}

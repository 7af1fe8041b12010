import { useTranslation } from 'react-i18next';
import { useColleagues } from '@/lib/data/people';
import { dealStatuses } from '@/lib/types';
import { FilterBar, type FilterChip } from '@/ui/filter_bar';
import { Select } from '@/ui/select';
import type { Change } from './deals_page';
import { type DealsSearch, deadlineWords } from './search';

interface DealFiltersProps {
  search: DealsSearch;
  change: Change;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
}
export function DealFilters({ search, change, isOpen, onOpenChange }: DealFiltersProps) {
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
    <FilterBar
      chips={useChips(search, change)}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      search={search.q ?? ''}
      searchLabel={t('deals:search')}
      onSearch={(q) => change({ q: q || undefined })}
      end={<SortSelect search={search} change={change} />}
    >
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
    </FilterBar>
  );
}

function useChips(search: DealsSearch, change: Change): FilterChip[] {
  const { t } = useTranslation('deals');
  const people = useColleagues();
  const name = (id: string) =>
    id === 'me' ? t('filter_me') : (people.find((person) => person.id === id)?.full_name ?? '…');
  const chip = (id: keyof DealsSearch, field: string, value: string): FilterChip => ({
    id,
    field: `${field} ${t('filter_value')}`,
    value,
    onRemove: () => change({ [id]: undefined }),
  });
  return [
    search.lead && chip('lead', t('filter_lead'), name(search.lead)),
    search.executor && chip('executor', t('filter_executor'), name(search.executor)),
    search.status && chip('status', t('filter_status'), t(`status_is.${search.status}`)),
    search.deadline &&
      chip('deadline', t('filter_deadline'), t(`filter_deadline_is.${search.deadline}`)),
  ].filter((item) => typeof item === 'object');
}

function SortSelect({ search, change }: { search: DealsSearch; change: Change }) {
  const { t } = useTranslation('deals');
  const options = [
    { id: 'deadline_on', label: t('by_deadline') },
    { id: 'created_at desc', label: t('by_created') },
    { id: 'updated_at desc', label: t('by_updated') },
  ];
  return (
    <div className="w-44">
      <Select
        label={t('sort')}
        hideLabel
        options={options}
        value={search.sort ?? 'deadline_on'}
        onChange={(sort) => change({ sort: sort === 'deadline_on' ? undefined : sort })}
      />
    </div>
  );
}

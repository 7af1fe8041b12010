import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useColleagues } from '@/lib/data/people';
import { Button } from '@/ui/button';
import { FilterBar, type FilterChip } from '@/ui/filter_bar';
import { ChevronDown } from '@/ui/icons';
import { Menu } from '@/ui/menu';
import type { Change } from './deals_page';
import type { DealsSearch } from './search';

const FilterFields = lazy(() =>
  import('./filter_fields').then(({ FilterFields }) => ({ default: FilterFields })),
);

interface DealFiltersProps {
  search: DealsSearch;
  change: Change;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
}
export function DealFilters({ search, change, isOpen, onOpenChange }: DealFiltersProps) {
  const { t } = useTranslation('deals');
  return (
    <FilterBar
      chips={useChips(search, change)}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      search={search.q ?? ''}
      searchLabel={t('search')}
      onSearch={(q) => change({ q: q || undefined })}
      end={<SortMenu search={search} change={change} />}
      fields={() => (
        <Suspense>
          <FilterFields search={search} change={change} />
        </Suspense>
      )}
    />
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

const orders = [
  { id: 'deadline_on', label: 'by_deadline' },
  { id: 'created_at desc', label: 'by_created' },
  { id: 'updated_at desc', label: 'by_updated' },
] as const;

function SortMenu({ search, change }: { search: DealsSearch; change: Change }) {
  const { t } = useTranslation('deals');
  const current = orders.find(({ id }) => id === (search.sort ?? 'deadline_on'));
  return (
    <Menu
      label={t('sort')}
      trigger={
        <Button variant="quiet">
          <span className="sr-only">{t('sort')}:</span>
          {current ? t(current.label) : t('sort')}
          <ChevronDown />
        </Button>
      }
      actions={orders.map(({ id, label }) => ({
        id,
        label: t(label),
        run: () => change({ sort: id === 'deadline_on' ? undefined : id }),
      }))}
    />
  );
}

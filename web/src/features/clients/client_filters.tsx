import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterBar, type FilterChip } from '@/ui/filter_bar';
import type { Change } from './clients_page';
import { useFilterOptions } from './filter_options';
import type { ClientsSearch } from './search';

const FilterFields = lazy(() =>
  import('./filter_fields').then(({ FilterFields }) => ({ default: FilterFields })),
);

interface ClientFiltersProps {
  search: ClientsSearch;
  change: Change;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
}
export function ClientFilters({ search, change, isOpen, onOpenChange }: ClientFiltersProps) {
  const { t } = useTranslation(['clients', 'deals']);
  const { owners, types, statuses, archive } = useFilterOptions();
  const labelOf = (options: { id: string; label: string }[], id: string) =>
    options.find((option) => option.id === id)?.label ?? '…';
  const chip = (id: keyof ClientsSearch, field: string, value: string): FilterChip => ({
    id,
    field: `${field} ${t('deals:filter_value')}`,
    value,
    onRemove: () => change({ [id]: undefined }),
  });
  const chips = [
    search.owner && chip('owner', t('clients:filter_owner'), labelOf(owners, search.owner)),
    search.type && chip('type', t('clients:filter_type'), labelOf(types, search.type)),
    search.status && chip('status', t('clients:filter_status'), labelOf(statuses, search.status)),
    search.archived && chip('archived', t('clients:filter_archived'), labelOf(archive, 'yes')),
  ].filter((item) => typeof item === 'object');
  return (
    <FilterBar
      chips={chips}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      search={search.q ?? ''}
      searchLabel={t('clients:search')}
      onSearch={(q) => change({ q: q || undefined })}
      fields={() => (
        <Suspense>
          <FilterFields search={search} change={change} />
        </Suspense>
      )}
    />
  );
}

import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useColleagues } from '@/lib/data/people';
import { formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useActionName } from '@/parts/history';
import { FilterBar, type FilterChip } from '@/ui/filter_bar';
import type { AuditSearch } from './search';

export type Change = (change: Partial<Record<keyof AuditSearch, string | undefined>>) => void;
export const kinds = ['deal', 'client', 'journal', 'user', 'session', 'insurer'] as const;

const AuditFields = lazy(() =>
  import('./audit_fields').then(({ AuditFields }) => ({ default: AuditFields })),
);

interface AuditFiltersProps {
  search: AuditSearch;
  change: Change;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
}
export function AuditFilters({ search, change, isOpen, onOpenChange }: AuditFiltersProps) {
  const { t } = useTranslation('admin');
  return (
    <FilterBar
      chips={useChips(search, change)}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      search={search.id ?? ''}
      searchLabel={t('audit.search')}
      onSearch={(id) => change({ id: id || undefined })}
      fields={() => (
        <Suspense>
          <AuditFields search={search} change={change} />
        </Suspense>
      )}
    />
  );
}

function useChips(search: AuditSearch, change: Change): FilterChip[] {
  const { t } = useTranslation('admin');
  const people = useColleagues();
  const actionName = useActionName();
  const day = (value: string | undefined) => value && formatDay(value, currentLocale(), 'numeric');
  const kind = kinds.find((name) => name === search.kind);
  const chips: [keyof AuditSearch, string, string | undefined][] = [
    ['actor', t('audit.filter_actor'), people.find(({ id }) => id === search.actor)?.full_name],
    ['action', t('audit.filter_action'), search.action && actionName(search.action)],
    ['kind', t('audit.filter_kind'), kind && t(`entity.${kind}`)],
    ['service', t('audit.filter_service'), search.service],
    ['from', t('audit.filter_from'), day(search.from)],
    ['to', t('audit.filter_to'), day(search.to)],
  ];
  return chips
    .filter(([id]) => search[id])
    .map(([id, field, value]) => ({
      id,
      field,
      value: value ?? '…',
      onRemove: () => change({ [id]: undefined }),
    }));
}

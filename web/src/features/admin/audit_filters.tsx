import { useTranslation } from 'react-i18next';
import { useColleagues } from '@/lib/data/people';
import { formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useActionName } from '@/parts/history';
import { DateField } from '@/ui/date_field';
import { FilterBar, type FilterChip } from '@/ui/filter_bar';
import { Select } from '@/ui/select';
import type { AuditSearch } from './search';

export type Change = (change: Partial<Record<keyof AuditSearch, string | undefined>>) => void;
const services = ['auth', 'crm', 'audit'];
const kinds = ['deal', 'client', 'journal', 'user', 'session', 'insurer'] as const;
const actions = [
  'crm.deal.created',
  'crm.deal.updated',
  'crm.deal.status_changed',
  'crm.deal.team_changed',
  'crm.deal.closed',
  'crm.journal.added',
  'crm.journal.edited',
  'crm.client.created',
  'crm.client.updated',
  'auth.user.created',
  'auth.user.updated',
  'auth.user.blocked',
  'auth.user.unblocked',
  'auth.role.changed',
  'auth.session.opened',
  'auth.session.ended',
  'auth.session.refused',
];

interface AuditFiltersProps {
  search: AuditSearch;
  change: Change;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
}
export function AuditFilters({ search, change, isOpen, onOpenChange }: AuditFiltersProps) {
  const { t } = useTranslation('admin');
  const { today } = useSession();
  const people = useColleagues();
  const actionName = useActionName();
  const any = { id: '', label: t('audit.any') };
  const pick = (field: keyof AuditSearch) => (id: string | undefined) =>
    change({ [field]: id || undefined });
  return (
    <FilterBar
      chips={useChips(search, change)}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      search={search.id ?? ''}
      searchLabel={t('audit.search')}
      onSearch={pick('id')}
    >
      <Select
        label={t('audit.filter_actor')}
        options={[any, ...people.map(({ id, full_name }) => ({ id, label: full_name }))]}
        value={search.actor ?? ''}
        onChange={pick('actor')}
      />
      <Select
        label={t('audit.filter_action')}
        options={[any, ...actions.map((id) => ({ id, label: actionName(id) }))]}
        value={search.action ?? ''}
        onChange={pick('action')}
      />
      <Select
        label={t('audit.filter_kind')}
        options={[any, ...kinds.map((id) => ({ id, label: t(`entity.${id}`) }))]}
        value={search.kind ?? ''}
        onChange={pick('kind')}
      />
      <Select
        label={t('audit.filter_service')}
        options={[any, ...services.map((id) => ({ id, label: id }))]}
        value={search.service ?? ''}
        onChange={pick('service')}
      />
      <DateField
        label={t('audit.filter_from')}
        value={search.from}
        onChange={pick('from')}
        today={today}
      />
      <DateField
        label={t('audit.filter_to')}
        value={search.to}
        onChange={pick('to')}
        today={today}
      />
    </FilterBar>
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

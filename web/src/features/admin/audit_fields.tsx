import { useTranslation } from 'react-i18next';
import { useColleagues } from '@/lib/data/people';
import { useSession } from '@/lib/session';
import { useActionName } from '@/parts/history';
import { DateField } from '@/ui/date_field';
import { Select } from '@/ui/select';
import { type Change, kinds } from './audit_filters';
import type { AuditSearch } from './search';

const services = ['auth', 'crm', 'audit'];
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

export function AuditFields({ search, change }: { search: AuditSearch; change: Change }) {
  const { t } = useTranslation('admin');
  const { today } = useSession();
  const people = useColleagues();
  const actionName = useActionName();
  const any = { id: '', label: t('audit.any') };
  const pick = (field: keyof AuditSearch) => (id: string | undefined) =>
    change({ [field]: id || undefined });
  return (
    <>
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
    </>
  );
}

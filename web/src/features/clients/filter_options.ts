import { useTranslation } from 'react-i18next';
import { useColleagues } from '@/lib/data/people';
import { clientStatuses, clientTypes } from './search';

/** What each filter of the client list offers. */
export function useFilterOptions() {
  const { t } = useTranslation(['clients', 'common', 'deals']);
  const people = useColleagues().filter(({ role }) => role === 'agent' || role === 'admin');
  const everybody = { id: '', label: t('common:all') };
  const owners = [
    everybody,
    { id: 'me', label: t('deals:filter_me') },
    ...people.map(({ id, full_name }) => ({ id, label: full_name })),
  ];
  const types = clientTypes.map((id) => ({ id, label: t(`clients:${id}`) }));
  const statuses = clientStatuses.map((id) => ({ id, label: t(`clients:status_is.${id}`) }));
  const archive = [
    { id: '', label: t('clients:filter_archived_is.no') },
    { id: 'yes', label: t('clients:filter_archived_is.yes') },
  ];
  return { everybody, owners, types, statuses, archive };
}

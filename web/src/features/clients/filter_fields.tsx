import { useTranslation } from 'react-i18next';
import { Select } from '@/ui/select';
import type { Change } from './clients_page';
import { useFilterOptions } from './filter_options';
import type { ClientsSearch } from './search';

export function FilterFields({ search, change }: { search: ClientsSearch; change: Change }) {
  const { t } = useTranslation('clients');
  const { everybody, owners, types, statuses, archive } = useFilterOptions();
  return (
    <>
      <Select
        label={t('filter_owner')}
        options={owners}
        value={search.owner ?? ''}
        onChange={(id) => change({ owner: id || undefined })}
      />
      <Select
        label={t('filter_type')}
        options={[everybody, ...types]}
        value={search.type ?? ''}
        onChange={(id) => change({ type: id || undefined })}
      />
      <Select
        label={t('filter_status')}
        options={[everybody, ...statuses]}
        value={search.status ?? ''}
        onChange={(id) => change({ status: id || undefined })}
      />
      <Select
        label={t('filter_archived')}
        options={archive}
        value={search.archived ? 'yes' : ''}
        onChange={(id) => change({ archived: id === 'yes' || undefined })}
      />
    </>
  );
}

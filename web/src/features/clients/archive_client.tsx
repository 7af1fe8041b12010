import { useTranslation } from 'react-i18next';
import { useArchiveClient } from '@/lib/data/clients';
import { toastFailure } from '@/lib/messages';
import { toast } from '@/lib/toast';
import type { Client } from '@/lib/types';
import { FormDialog } from '@/ui/dialog';

export function ArchiveClient({ client, onClose }: { client: Client; onClose: () => void }) {
  const { t } = useTranslation('clients');
  const archive = useArchiveClient();
  const submit = () =>
    archive.mutate(
      { id: client.id, version: client.version, archived: true },
      {
        onSuccess: () => toast(t('archived_done')),
        onError: toastFailure,
        onSettled: onClose,
      },
    );
  return (
    <FormDialog
      title={t('archive_title', { name: client.short_name || client.full_name })}
      submit={t('archive')}
      tone="danger"
      busy={archive.isPending}
      onClose={onClose}
      onSubmit={submit}
    >
      <p>{t('archive_text')}</p>
    </FormDialog>
  );
}

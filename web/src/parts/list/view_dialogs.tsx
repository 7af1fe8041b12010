import { useTranslation } from 'react-i18next';
import { useCreateView, useDeleteView, useUpdateView, type ViewFields } from '@/lib/data/views';
import { useForm } from '@/lib/form';
import { toastFailure } from '@/lib/messages';
import { toast } from '@/lib/toast';
import type { View } from '@/lib/types';
import { Button } from '@/ui/button';
import { Dialog, DialogBody, DialogFoot, FormDialog } from '@/ui/dialog';
import { TextField } from '@/ui/field';
import { Segmented } from '@/ui/segmented';

interface SaveViewProps {
  resource: string;
  fields: ViewFields;
  /** The view to rename or share; a new one when absent. */
  known?: { id: string; version: number; name: string; shared: boolean };
  onClose: () => void;
  onSaved?: (view: View) => void;
}
export function SaveView({ resource, fields, known, onClose, onSaved }: SaveViewProps) {
  const { t } = useTranslation(['list', 'common']);
  const create = useCreateView();
  const update = useUpdateView();
  const form = useForm({
    name: known?.name ?? '',
    scope: (known?.shared ? 'shared' : 'personal') as 'personal' | 'shared',
  });
  const submit = () => {
    const name = form.values.name.trim();
    if (!name) return form.refuse({ name: t('list:view_name_required') });
    const { scope } = form.values;
    const answers = {
      onSuccess: (view: View) => {
        onClose();
        onSaved?.(view);
        toast(t('list:view_saved'));
      },
      onError: (failure: unknown) => form.fail(failure),
    };
    if (known) {
      const { id, version } = known;
      update.mutate({ id, version, fields: { ...fields, name, scope } }, answers);
    } else create.mutate({ resource, ...fields, name, scope }, answers);
  };
  return (
    <FormDialog
      title={known ? t('list:view_rename') : t('list:view_new')}
      submit={t('common:save')}
      busy={create.isPending || update.isPending}
      problem={form.problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('list:view_name')}
        autoFocus
        maxLength={100}
        value={form.values.name}
        onChange={(name) => form.set('name', name)}
        error={form.errors.name}
      />
      <Segmented
        label={t('list:view_scope')}
        value={form.values.scope}
        onChange={(scope) => form.set('scope', scope)}
        options={[
          { value: 'personal', label: t('list:view_scope_is.personal') },
          { value: 'shared', label: t('list:view_scope_is.shared') },
        ]}
      />
      {form.values.scope === 'shared' && (
        <p className="text-small text-ink2">{t('list:view_scope_hint')}</p>
      )}
    </FormDialog>
  );
}

interface DeleteViewProps {
  id: string;
  name: string;
  shared: boolean;
  onClose: () => void;
  onDeleted: () => void;
}
export function DeleteView({ id, name, shared, onClose, onDeleted }: DeleteViewProps) {
  const { t } = useTranslation(['list', 'common']);
  const remove = useDeleteView();
  const confirm = () =>
    remove.mutate(id, {
      onSuccess: () => {
        onClose();
        onDeleted();
        toast(t('list:view_deleted'));
      },
      onError: toastFailure,
    });
  return (
    <Dialog title={t('list:view_delete_title', { name })} onClose={onClose}>
      <DialogBody>
        <p>{shared ? t('list:view_delete_shared') : t('list:view_delete_text')}</p>
      </DialogBody>
      <DialogFoot>
        <Button variant="primary" onPress={onClose}>
          {t('common:cancel')}
        </Button>
        <Button variant="danger" isPending={remove.isPending} onPress={confirm}>
          {t('list:view_delete')}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

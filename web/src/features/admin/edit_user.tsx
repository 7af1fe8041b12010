import { useTranslation } from 'react-i18next';
import { useUpdateUser } from '@/lib/data/people';
import { useForm } from '@/lib/form';
import { toast } from '@/lib/toast';
import type { Role, User } from '@/lib/types';
import { EditDialog } from '@/parts/edit_dialog';
import { TextField } from '@/ui/field';
import { Select } from '@/ui/select';
import { roles } from './invite_user';

export function EditUser({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation(['admin', 'common']);
  const update = useUpdateUser();
  const form = useForm({ full_name: user.full_name, role: user.role });
  const submit = () => {
    if (!form.values.full_name.trim()) {
      return form.refuse({ full_name: t('admin:name_required') });
    }
    if (!form.dirty) return onClose();
    update.mutate(
      { user, fields: form.changed() },
      {
        onSuccess: () => {
          toast(t('admin:saved'));
          onClose();
        },
        onError: (failure) => form.fail(failure),
      },
    );
  };
  return (
    <EditDialog
      title={user.full_name}
      onClose={onClose}
      onSubmit={submit}
      busy={update.isPending}
      form={form}
    >
      <TextField
        label={t('admin:full_name')}
        value={form.values.full_name}
        onChange={(text) => form.set('full_name', text)}
        error={form.errors.full_name}
        maxLength={200}
        autoFocus
      />
      <Select
        label={t('admin:role')}
        options={roles.map((id) => ({ id, label: t(`common:role.${id}`) }))}
        value={form.values.role}
        onChange={(role) => form.set('role', role as Role)}
        error={form.errors.role}
        hint={form.values.role === user.role ? undefined : t('admin:change_role_text')}
      />
    </EditDialog>
  );
}

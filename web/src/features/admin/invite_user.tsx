import { useTranslation } from 'react-i18next';
import { type Invitation, useCreateUser } from '@/lib/data/people';
import { useForm } from '@/lib/form';
import type { Role } from '@/lib/types';
import { useUnsavedGuard } from '@/parts/conflict';
import { FormDialog } from '@/ui/dialog';
import { TextField } from '@/ui/field';
import { Select } from '@/ui/select';

export const roles: Role[] = ['agent', 'executor', 'finance', 'head', 'admin'];

interface InviteUserProps {
  onClose: () => void;
  onDone: (invitation: Invitation) => void;
}
export function InviteUser({ onClose, onDone }: InviteUserProps) {
  const { t } = useTranslation(['admin', 'common']);
  const create = useCreateUser();
  const form = useForm({ full_name: '', email: '', role: 'agent' as Role });
  const guard = useUnsavedGuard(form.dirty, onClose);
  const submit = () => {
    const full_name = form.values.full_name.trim();
    const email = form.values.email.trim();
    if (!full_name) return form.refuse({ full_name: t('admin:name_required') });
    if (!email) return form.refuse({ email: t('admin:email_required') });
    create.mutate(
      { full_name, email, role: form.values.role },
      { onSuccess: onDone, onError: (failure) => form.fail(failure) },
    );
  };
  return (
    <FormDialog
      title={t('admin:invite_title')}
      submit={t('admin:invite')}
      onClose={guard.close}
      onSubmit={submit}
      busy={create.isPending}
      problem={form.problem}
    >
      <TextField
        label={t('admin:full_name')}
        value={form.values.full_name}
        onChange={(text) => form.set('full_name', text)}
        error={form.errors.full_name}
        maxLength={200}
        autoComplete="off"
        autoFocus
      />
      <TextField
        label={t('admin:email')}
        type="email"
        value={form.values.email}
        onChange={(text) => form.set('email', text)}
        error={form.errors.email}
        maxLength={254}
        autoComplete="off"
      />
      <Select
        label={t('admin:role')}
        options={roles.map((id) => ({ id, label: t(`common:role.${id}`) }))}
        value={form.values.role}
        onChange={(role) => form.set('role', role as Role)}
        error={form.errors.role}
      />
      {guard.question}
    </FormDialog>
  );
}

import { useTranslation } from 'react-i18next';
import { type Policy, useClosePolicy } from '@/lib/data/policies';
import { useForm } from '@/lib/form';
import { useSession } from '@/lib/session';
import { DateField } from '@/ui/date_field';
import { FormDialog } from '@/ui/dialog';
import { TextField } from '@/ui/field';

export function ClosePolicy({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const { t } = useTranslation('policies');
  const { today } = useSession();
  const close = useClosePolicy();
  const form = useForm({ reason: '', closed_on: today as string | undefined });
  const submit = () => {
    const { reason, closed_on } = form.values;
    if (!reason.trim()) return form.refuse({ reason: t('reason_required') });
    close.mutate(
      { policy, reason, closed_on: closed_on ?? today },
      { onSuccess: onClose, onError: form.fail },
    );
  };
  return (
    <FormDialog
      title={t('close_title', { number: policy.number })}
      submit={t('close')}
      tone="danger"
      onClose={onClose}
      onSubmit={submit}
      busy={close.isPending}
      problem={form.problem}
    >
      <p className="text-ink2">{t('close_text')}</p>
      <TextField
        label={t('reason')}
        value={form.values.reason}
        onChange={(reason) => form.set('reason', reason)}
        error={form.errors.reason}
        maxLength={500}
        autoFocus
      />
      <DateField
        label={t('closed_on')}
        value={form.values.closed_on}
        onChange={(day) => form.set('closed_on', day)}
        today={today}
        leaning="nearest"
        error={form.errors.closed_on}
      />
    </FormDialog>
  );
}

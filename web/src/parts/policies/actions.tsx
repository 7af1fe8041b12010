import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Policy,
  useActivatePolicy,
  useClosePolicy,
  useMovePolicy,
  useRenewPolicy,
} from '@/lib/data/policies';
import { useForm } from '@/lib/form';
import { toastFailure } from '@/lib/messages';
import { useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import { may } from '@/lib/types';
import { Button } from '@/ui/button';
import { DateField } from '@/ui/date_field';
import { FormDialog } from '@/ui/dialog';
import { TextField } from '@/ui/field';

const PolicyForm = lazy(() =>
  import('./policy_form').then(({ PolicyForm }) => ({ default: PolicyForm })),
);

/** What may be done with a policy now, as the server says it. */
export function PolicyActions({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  const [open, setOpen] = useState<'edit' | 'close'>();
  const activate = useActivatePolicy();
  const renew = useRenewPolicy();
  const move = useMovePolicy();
  const failed = { onError: toastFailure };
  const say = (words: string) => ({ ...failed, onSuccess: () => void toast(words) });
  const prolong =
    policy.status === 'renewal_pending' && policy.allowed_statuses?.includes('active');
  return (
    <div className="flex flex-wrap gap-2">
      {may(policy, 'activate') && (
        <Button
          variant="primary"
          isPending={activate.isPending}
          onPress={() => activate.mutate(policy, say(t('activated')))}
        >
          {t('activate')}
        </Button>
      )}
      {may(policy, 'renew') && (
        <Button isPending={renew.isPending} onPress={() => renew.mutate(policy, say(t('renewed')))}>
          {t('renew')}
        </Button>
      )}
      {prolong && (
        <Button
          isPending={move.isPending}
          onPress={() => move.mutate({ policy, status: 'active' }, failed)}
        >
          {t('prolonged')}
        </Button>
      )}
      {may(policy, 'update') && <Button onPress={() => setOpen('edit')}>{t('edit')}</Button>}
      {may(policy, 'close') && <Button onPress={() => setOpen('close')}>{t('close')}</Button>}
      <Suspense>
        {open === 'edit' && (
          <PolicyForm dealId={policy.deal_id} policy={policy} onClose={() => setOpen(undefined)} />
        )}
      </Suspense>
      {open === 'close' && <ClosePolicy policy={policy} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

function ClosePolicy({ policy, onClose }: { policy: Policy; onClose: () => void }) {
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
        error={form.errors.closed_on}
      />
    </FormDialog>
  );
}

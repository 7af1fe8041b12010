import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Amendment,
  amendmentsQuery,
  type Policy,
  useSaveAmendment,
} from '@/lib/data/policies';
import { useForm } from '@/lib/form';
import { toastFailure } from '@/lib/messages';
import { useSession } from '@/lib/session';
import { may } from '@/lib/types';
import { dayNumeric } from '@/parts/policies/bits';
import { Button } from '@/ui/button';
import { Chip } from '@/ui/chip';
import { DateField } from '@/ui/date_field';
import { FormDialog } from '@/ui/dialog';
import { TextArea } from '@/ui/field';
import { ErrorState, RowsSkeleton } from '@/ui/states';

const tones = { planned: 'info', done: 'ok', cancelled: 'idle' } as const;

/** Agreed changes of a policy: planned, done or cancelled. */
export function Amendments({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  const { data, error, refetch } = useQuery(amendmentsQuery(policy.id));
  const [adding, setAdding] = useState(false);
  const save = useSaveAmendment(policy.id);
  if (error && !data) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton />;
  const finish = (amendment: Amendment, status: 'done' | 'cancelled') => () =>
    save.mutate({ amendment, fields: { status } }, { onError: toastFailure });
  return (
    <>
      {data.length === 0 && <p className="text-ink2">{t('no_amendments')}</p>}
      <ul className="flex flex-col gap-2">
        {data.map((amendment) => (
          <li key={amendment.id} className="flex flex-col gap-1 border-b border-line pb-2">
            <div className="flex flex-wrap items-center gap-2">
              <span className="tabular">{dayNumeric(amendment.due_on)}</span>
              <Chip tone={tones[amendment.status]}>{t(`amendment_is.${amendment.status}`)}</Chip>
              <span className="ml-auto text-small text-ink2">{amendment.handler_name}</span>
            </div>
            <p>{amendment.description}</p>
            {may(amendment, 'update') && (
              <div className="flex gap-2">
                <Button onPress={finish(amendment, 'done')}>{t('amendment_done')}</Button>
                <Button variant="quiet" onPress={finish(amendment, 'cancelled')}>
                  {t('amendment_cancel')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {may(policy, 'amend') && (
        <div>
          <Button onPress={() => setAdding(true)}>{t('amend')}</Button>
        </div>
      )}
      {adding && <NewAmendment policy={policy} onClose={() => setAdding(false)} />}
    </>
  );
}

function NewAmendment({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const { t } = useTranslation(['policies', 'common']);
  const { today } = useSession();
  const save = useSaveAmendment(policy.id);
  const form = useForm({ description: '', due_on: undefined as string | undefined });
  const submit = () => {
    const { description, due_on } = form.values;
    if (!description.trim())
      return form.refuse({ description: t('policies:what_changes_required') });
    if (!due_on) return form.refuse({ due_on: t('policies:date_required') });
    save.mutate(
      { amendment: undefined, fields: { description, due_on } },
      { onSuccess: onClose, onError: form.fail },
    );
  };
  return (
    <FormDialog
      title={t('policies:amend')}
      submit={t('common:save')}
      onClose={onClose}
      onSubmit={submit}
      busy={save.isPending}
      problem={form.problem}
    >
      <TextArea
        label={t('policies:what_changes')}
        value={form.values.description}
        onChange={(text) => form.set('description', text)}
        error={form.errors.description}
        maxLength={1000}
        autoFocus
      />
      <DateField
        label={t('policies:amendment_due')}
        value={form.values.due_on}
        onChange={(day) => form.set('due_on', day)}
        today={today}
        error={form.errors.due_on}
      />
    </FormDialog>
  );
}

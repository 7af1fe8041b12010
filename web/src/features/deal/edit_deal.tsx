import { useTranslation } from 'react-i18next';
import { type DealFields, dealQuery, useUpdateDeal } from '@/lib/data/deals';
import { useForm } from '@/lib/form';
import { queryClient } from '@/lib/query';
import { useSession } from '@/lib/session';
import type { Deal } from '@/lib/types';
import { EditDialog } from '@/parts/edit_dialog';
import { useRevision } from '@/parts/revision';
import { DateField } from '@/ui/date_field';
import { TextArea, TextField } from '@/ui/field';

const editable = [
  'title',
  'description',
  'start_date',
  'expected_close_date',
  'next_review_at',
] as const;
type Editable = { [K in (typeof editable)[number]]: string | undefined };
const fieldsOf = (deal: Deal): Editable =>
  Object.fromEntries(editable.map((field) => [field, deal[field]])) as Editable;

const sent = (fields: Partial<Editable>) =>
  Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, value || null]),
  ) as DealFields;

export function EditDeal({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const { t } = useTranslation(['deals', 'common']);
  const { today } = useSession();
  const form = useForm<Editable>(fieldsOf(deal));
  const update = useUpdateDeal();
  const revision = useRevision<Deal, Editable>({
    record: deal,
    fieldsOf,
    fresh: () => queryClient.fetchQuery({ ...dealQuery(deal.id), staleTime: 0 }),
    send: (fields, { id, version }) => update.mutateAsync({ id, version, fields: sent(fields) }),
    onSaved: onClose,
    onFailed: form.fail,
    onClose,
  });
  if (revision.conflict) return revision.conflict;
  const submit = () => {
    if (!form.values.title?.trim()) return form.refuse({ title: t('deals:title_required') });
    revision.save(form.changed());
  };
  const day = (field: 'start_date' | 'expected_close_date' | 'next_review_at') => (
    <DateField
      label={t(`deals:${field}`)}
      value={form.values[field]}
      onChange={(value) => form.set(field, value)}
      today={today}
      error={form.errors[field]}
    />
  );
  return (
    <EditDialog
      title={t('deals:edit_title')}
      onClose={onClose}
      onSubmit={submit}
      busy={revision.busy}
      form={form}
    >
      <TextField
        label={t('deals:title_field')}
        value={form.values.title ?? ''}
        onChange={(text) => form.set('title', text)}
        error={form.errors.title}
        maxLength={200}
        autoFocus
      />
      <TextArea
        label={t('deals:description')}
        value={form.values.description ?? ''}
        onChange={(text) => form.set('description', text || undefined)}
        error={form.errors.description}
        maxLength={5000}
      />
      {day('next_review_at')}
      {day('expected_close_date')}
      {day('start_date')}
    </EditDialog>
  );
}

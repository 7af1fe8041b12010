import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreateDeal } from '@/lib/data/deals';
import { useForm } from '@/lib/form';
import { useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import { ClientCombo } from '@/parts/client_combo';
import { creating } from '@/parts/commands';
import { useUnsavedGuard } from '@/parts/conflict';
import { Button } from '@/ui/button';
import { DateField } from '@/ui/date_field';
import { FormDialog } from '@/ui/dialog';
import { TextArea, TextField } from '@/ui/field';
import { Plus } from '@/ui/icons';

interface Chosen {
  id: string;
  name: string;
}
interface CreateDealProps {
  client: Chosen | undefined;
  onClose: () => void;
}
interface Fields {
  client_id: Chosen | undefined;
  title: string;
  description: string;
  next_review_at: string | undefined;
}
export function CreateDeal({ client, onClose }: CreateDealProps) {
  const { t } = useTranslation(['deals', 'common', 'clients']);
  const navigate = useNavigate();
  const { today } = useSession();
  const create = useCreateDeal();
  const form = useForm<Fields>({
    client_id: client,
    title: '',
    description: '',
    next_review_at: undefined,
  });
  const guard = useUnsavedGuard(form.dirty, onClose);
  const opens = useRef(false);
  const submit = () => {
    const { client_id, title, description, next_review_at } = form.values;
    if (!client_id) return form.refuse({ client_id: t('deals:client_required') });
    if (!title.trim()) return form.refuse({ title: t('deals:title_required') });
    create.mutate(
      {
        client_id: client_id.id,
        title: title.trim(),
        description: description.trim(),
        next_review_at,
      },
      {
        onSuccess: (deal) => {
          onClose();
          if (opens.current) void navigate({ to: '/deals/$dealId', params: { dealId: deal.id } });
          else toast(t('deals:created', { number: deal.number }));
        },
        onError: form.fail,
      },
    );
  };
  return (
    <FormDialog
      title={t('deals:new_title')}
      submit={t('common:create')}
      onClose={guard.close}
      onSubmit={() => {
        opens.current = false;
        submit();
      }}
      busy={create.isPending}
      problem={form.problem}
      extra={
        <Button
          isDisabled={create.isPending}
          onPress={() => {
            opens.current = true;
            submit();
          }}
        >
          {t('common:create_open')}
        </Button>
      }
    >
      <ClientCombo
        label={t('deals:client')}
        value={form.values.client_id}
        onChange={(chosen) => form.set('client_id', chosen)}
        error={form.errors.client_id}
        autoFocus={!client}
      />
      <div>
        <Button
          variant="quiet"
          icon={<Plus />}
          className="-mt-1"
          onPress={() => creating.set({ what: 'client' })}
        >
          {t('clients:new_title')}
        </Button>
      </div>
      <TextField
        label={t('deals:title_field')}
        placeholder={t('deals:title_hint')}
        value={form.values.title}
        onChange={(title) => form.set('title', title)}
        error={form.errors.title}
        maxLength={200}
        isRequired
        validationBehavior="aria"
        autoFocus={Boolean(client)}
      />
      <TextArea
        label={t('deals:description')}
        value={form.values.description}
        onChange={(description) => form.set('description', description)}
        error={form.errors.description}
        maxLength={5000}
        rows={2}
      />
      <DateField
        label={t('deals:next_review_at')}
        value={form.values.next_review_at}
        onChange={(day) => form.set('next_review_at', day)}
        today={today}
        error={form.errors.next_review_at}
      />
      {guard.question}
    </FormDialog>
  );
}

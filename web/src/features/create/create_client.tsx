import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreateClient, useMarkDistinct } from '@/lib/data/clients';
import { useForm } from '@/lib/form';
import { taxNumberChecks } from '@/lib/tax_number';
import { toast } from '@/lib/toast';
import type { Client, ClientType } from '@/lib/types';
import { useUnsavedGuard } from '@/parts/conflict';
import { Duplicates } from '@/parts/duplicates';
import { Button } from '@/ui/button';
import { FormDialog } from '@/ui/dialog';
import { TextField } from '@/ui/field';
import { Segmented } from '@/ui/segmented';

interface CreateClientProps {
  name: string | undefined;
  onClose: () => void;
}
export function CreateClient({ name, onClose }: CreateClientProps) {
  const { t } = useTranslation(['clients', 'common']);
  const navigate = useNavigate();
  const create = useCreateClient();
  const distinct = useMarkDistinct();
  const [different, setDifferent] = useState<string[]>([]);
  const form = useForm({
    type: 'individual' as ClientType,
    full_name: name ?? '',
    phone: '',
    email: '',
    tax_number: '',
  });
  const guard = useUnsavedGuard(form.dirty, onClose);
  const opens = useRef(false);
  const { values } = form;
  const done = (client: Client) => {
    for (const other_id of different) distinct.mutate({ id: client.id, other_id });
    onClose();
    if (opens.current) void navigate({ to: '/clients/$clientId', params: { clientId: client.id } });
    else toast(t('clients:created'));
  };
  const submit = () => {
    if (!values.full_name.trim()) {
      return form.refuse({ full_name: t('clients:full_name_required') });
    }
    const { phone, email } = values;
    const contact = { name: values.full_name.trim(), is_primary: true };
    create.mutate(
      {
        type: values.type,
        full_name: values.full_name.trim(),
        tax_number: values.tax_number.trim(),
        ...((phone || email) && {
          contacts: [{ ...contact, ...(phone && { phone }), ...(email && { email }) }],
        }),
      },
      { onSuccess: done, onError: (failure) => form.fail(failure) },
    );
  };
  return (
    <FormDialog
      title={t('clients:new_title')}
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
      <Segmented<ClientType>
        label={t('clients:type')}
        value={values.type}
        onChange={(type) => form.set('type', type)}
        options={[
          { value: 'individual', label: t('clients:individual') },
          { value: 'company', label: t('clients:company') },
        ]}
      />
      <TextField
        label={values.type === 'company' ? t('clients:full_name_company') : t('clients:full_name')}
        value={values.full_name}
        onChange={(text) => form.set('full_name', text)}
        error={form.errors.full_name}
        maxLength={300}
        isRequired
        validationBehavior="aria"
        autoComplete="off"
        autoFocus
      />
      <TextField
        label={t('clients:contact_phone')}
        type="tel"
        value={values.phone}
        onChange={(text) => form.set('phone', text)}
        error={form.errors.phone ?? form.errors['contacts[0].phone']}
        maxLength={40}
        autoComplete="off"
      />
      <TextField
        label={t('clients:contact_email')}
        type="email"
        value={values.email}
        onChange={(text) => form.set('email', text)}
        error={form.errors.email ?? form.errors['contacts[0].email']}
        maxLength={254}
        autoComplete="off"
      />
      <TextField
        label={t('clients:tax_number')}
        inputMode="numeric"
        value={values.tax_number}
        onChange={(text) => form.set('tax_number', text)}
        error={form.errors.tax_number}
        hint={
          values.tax_number && !taxNumberChecks(values.tax_number)
            ? t('clients:warning.tax_number')
            : undefined
        }
        maxLength={20}
        autoComplete="off"
      />
      <Duplicates
        like={{
          full_name: values.full_name.trim(),
          phone: values.phone.trim(),
          email: values.email.includes('@') ? values.email.trim() : '',
          tax_number: values.tax_number.trim(),
        }}
        different={different}
        onDifferent={(id) => setDifferent([...different, id])}
        onOpen={onClose}
      />
      {guard.question}
    </FormDialog>
  );
}

import { useTranslation } from 'react-i18next';
import { type ClientFields, clientQuery, useUpdateClient } from '@/lib/data/clients';
import { useForm } from '@/lib/form';
import { queryClient } from '@/lib/query';
import { useSession } from '@/lib/session';
import { taxNumberChecks } from '@/lib/tax_number';
import type { Client, Contact } from '@/lib/types';
import { EditDialog } from '@/parts/edit_dialog';
import { useRevision } from '@/parts/revision';
import { Button, IconButton } from '@/ui/button';
import { DateField } from '@/ui/date_field';
import { CheckboxField, TextArea, TextField } from '@/ui/field';
import { Close, Plus } from '@/ui/icons';

const textFields = [
  'full_name',
  'short_name',
  'tax_number',
  'registration_number',
  'segment',
  'address',
] as const;
const limits = {
  full_name: 300,
  short_name: 100,
  tax_number: 20,
  registration_number: 20,
  segment: 60,
  address: 500,
};
type Form = Record<(typeof textFields)[number], string> & {
  notes: string;
  birth_date: string | undefined;
  contacts: Contact[];
  consent: { given_on?: string } | undefined;
};

const formOf = (client: Client): Form => ({
  full_name: client.full_name,
  short_name: client.short_name ?? '',
  tax_number: client.tax_number ?? '',
  registration_number: client.registration_number ?? '',
  segment: client.segment ?? '',
  address: client.address ?? '',
  notes: client.notes ?? '',
  birth_date: client.birth_date,
  contacts: (client.contacts ?? []).map(({ phone_e164: _, ...contact }) => contact),
  consent: client.consent,
});

const sent = (fields: Partial<Form>) =>
  Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, value || null]),
  ) as ClientFields;

export function EditClient({ client, onClose }: { client: Client; onClose: () => void }) {
  const { t } = useTranslation(['clients', 'common']);
  const { today } = useSession();
  const form = useForm<Form>(formOf(client));
  const update = useUpdateClient();
  const revision = useRevision<Client, Form>({
    record: client,
    fieldsOf: formOf,
    fresh: () => queryClient.fetchQuery({ ...clientQuery(client.id), staleTime: 0 }),
    send: (fields, { id, version }) => update.mutateAsync({ id, version, fields: sent(fields) }),
    onSaved: onClose,
    onFailed: form.fail,
    onClose,
  });
  if (revision.conflict) return revision.conflict;
  const { values } = form;
  const warning =
    values.tax_number && !taxNumberChecks(values.tax_number)
      ? t('clients:warning.tax_number')
      : undefined;
  return (
    <EditDialog
      wide
      title={t('clients:edit_title')}
      onClose={onClose}
      onSubmit={() =>
        values.full_name.trim()
          ? revision.save(form.changed())
          : form.refuse({ full_name: t('clients:full_name_required') })
      }
      busy={revision.busy}
      form={form}
    >
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        {textFields.map((field) => (
          <TextField
            key={field}
            label={t(`clients:${field}`)}
            value={values[field]}
            onChange={(text) => form.set(field, text)}
            error={form.errors[field]}
            hint={field === 'tax_number' ? warning : undefined}
            maxLength={limits[field]}
            autoComplete="off"
            autoFocus={field === 'full_name'}
          />
        ))}
        {client.type === 'individual' && (
          <DateField
            label={t('clients:birth_date')}
            value={values.birth_date}
            onChange={(day) => form.set('birth_date', day)}
            today={today}
            leaning="birth"
            error={form.errors.birth_date}
          />
        )}
        <div className="flex items-end">
          <CheckboxField
            label={t('clients:consent_set')}
            value={Boolean(values.consent?.given_on)}
            onChange={(given) => form.set('consent', given ? { given_on: today } : undefined)}
          />
        </div>
      </div>
      <TextArea
        label={t('clients:notes')}
        value={values.notes}
        onChange={(text) => form.set('notes', text)}
        error={form.errors.notes}
        maxLength={5000}
      />
      <ContactsEditor contacts={values.contacts} onChange={(list) => form.set('contacts', list)} />
    </EditDialog>
  );
}

interface ContactsEditorProps {
  contacts: Contact[];
  onChange: (contacts: Contact[]) => void;
}
function ContactsEditor({ contacts, onChange }: ContactsEditorProps) {
  const { t } = useTranslation('clients');
  const change = (at: number, fields: Partial<Contact>) =>
    onChange(contacts.map((item, index) => (index === at ? { ...item, ...fields } : item)));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-small text-ink2">{t('contacts')}</legend>
      {contacts.map((contact, index) => (
        <div key={index} className="flex flex-wrap items-end gap-2">
          {(['name', 'position', 'phone', 'email'] as const).map((field) => (
            <TextField
              key={field}
              className="min-w-32 flex-1"
              label={t(`contact_${field}`)}
              value={contact[field] ?? ''}
              onChange={(text) => change(index, { [field]: text })}
              maxLength={field === 'phone' ? 40 : 200}
              autoComplete="off"
            />
          ))}
          <IconButton
            label={t('contact_remove')}
            onPress={() => onChange(contacts.filter((_, at) => at !== index))}
          >
            <Close />
          </IconButton>
        </div>
      ))}
      <div>
        <Button
          variant="quiet"
          icon={<Plus />}
          onPress={() => onChange([...contacts, { is_primary: contacts.length === 0 }])}
        >
          {t('add_contact')}
        </Button>
      </div>
    </fieldset>
  );
}

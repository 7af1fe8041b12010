import { useTranslation } from 'react-i18next';
import { type AgencyFields, fetchAgency, useUpdateAgency } from '@/lib/data/agency';
import { useForm } from '@/lib/form';
import { toast } from '@/lib/toast';
import type { Agency } from '@/lib/types';
import { useRevision } from '@/parts/revision';
import { Button } from '@/ui/button';
import { SwitchField, TextField } from '@/ui/field';
import { LogoField } from './logo_field';
import { base64Of } from './logo_file';

interface Fields {
  name: string;
  phone: string;
  address: string;
  share_names_in_messages: boolean;
  /** The digest of the one that is kept, the address of a chosen one, or nothing. */
  logo: string;
}
const fieldsOf = (agency: Agency): Fields => ({
  name: agency.name,
  phone: agency.phone ?? '',
  address: agency.address ?? '',
  share_names_in_messages: agency.share_names_in_messages ?? false,
  logo: agency.logo_digest ?? '',
});
const sent = ({ logo, ...rest }: Partial<Fields>): AgencyFields =>
  logo === undefined ? rest : { ...rest, logo: logo ? base64Of(logo) : null };

/** What is typed about the agency. */
export function AgencyForm({ agency, onAnew }: { agency: Agency; onAnew: () => void }) {
  const { t } = useTranslation(['admin', 'common']);
  const update = useUpdateAgency();
  const form = useForm(fieldsOf(agency));
  const revision = useRevision<Agency, Fields>({
    record: agency,
    fieldsOf,
    fresh: fetchAgency,
    send: (fields, over) => update.mutateAsync({ agency: over, fields: sent(fields) }),
    onSaved: () => {
      toast(t('admin:saved'));
      onAnew();
    },
    onFailed: form.fail,
    onClose: onAnew,
    nameOf: (field) => t(`admin:agency.${field as keyof Fields}`),
    show: (field, value) =>
      field === 'logo' ? t(value ? 'admin:agency.logo_some' : 'admin:agency.logo_none') : undefined,
  });
  const { values, errors, set } = form;
  const submit = () => {
    if (!values.name.trim()) return form.refuse({ name: t('admin:agency.name_required') });
    revision.save(form.changed());
  };
  return (
    <>
      <form
        noValidate
        className="flex max-w-xl flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className="text-ink2">{t('admin:agency.text')}</p>
        <TextField
          label={t('admin:agency.name')}
          value={values.name}
          onChange={(text) => set('name', text)}
          error={errors.name}
          maxLength={120}
        />
        <LogoField
          value={values.logo}
          error={errors.logo}
          onChange={(logo) => set('logo', logo)}
          onRefuse={(sentence) => form.refuse({ logo: sentence })}
        />
        <TextField
          label={t('admin:agency.phone')}
          value={values.phone}
          onChange={(text) => set('phone', text)}
          error={errors.phone}
          maxLength={60}
          type="tel"
        />
        <TextField
          label={t('admin:agency.address')}
          value={values.address}
          onChange={(text) => set('address', text)}
          error={errors.address}
          maxLength={300}
        />
        <div>
          <SwitchField
            label={t('admin:agency.share_names_in_messages')}
            value={values.share_names_in_messages}
            onChange={(on) => set('share_names_in_messages', on)}
          />
          <p className="text-small text-ink3">{t('admin:agency.share_hint')}</p>
        </div>
        <dl>
          <dt className="text-small text-ink2">{t('admin:agency.time_zone')}</dt>
          <dd>{agency.time_zone}</dd>
          <dd className="text-small text-ink3">{t('admin:agency.time_zone_hint')}</dd>
        </dl>
        {form.problem && (
          <p role="alert" className="text-bad">
            {form.problem}
          </p>
        )}
        <div className="flex gap-2">
          <Button
            type="submit"
            variant="primary"
            isPending={revision.busy}
            isDisabled={!form.dirty}
          >
            {t('common:save')}
          </Button>
          {form.dirty && (
            <Button variant="quiet" onPress={onAnew}>
              {t('common:cancel')}
            </Button>
          )}
        </div>
      </form>
      {revision.conflict}
    </>
  );
}

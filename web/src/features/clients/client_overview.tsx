import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf, formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import type { Client } from '@/lib/types';
import { PhoneLink } from '@/parts/contact_lines';
import { Avatar } from '@/ui/avatar';
import { WarningBig } from '@/ui/icons';
import { premiumText } from './bits';
import { ClientDeals } from './client_deals';
import { ClientPolicies } from './client_policies';
import { CoverageGaps } from './coverage_gaps';

const isWarning = (field: string | undefined): field is 'tax_number' | 'registration_number' =>
  field === 'tax_number' || field === 'registration_number';

export function ClientOverview({ client }: { client: Client }) {
  const { t } = useTranslation('clients');
  const { time_zone } = useSession();
  const day = (value: string | undefined) => value && formatDay(value, currentLocale());
  const consent = client.consent?.given_on && !client.consent.withdrawn_on;
  return (
    <div className="grid gap-5 p-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,380px)] max-md:p-4">
      <div className="flex min-w-0 flex-col gap-3">
        {!consent && (
          <p className="flex items-center gap-2 rounded-card bg-warn-soft px-3 py-2 text-warn">
            <WarningBig />
            {t('consent_missing')}
          </p>
        )}
        {client.warnings?.map(
          ({ field }) =>
            isWarning(field) && (
              <p
                key={field}
                className="flex items-center gap-2 rounded-card bg-warn-soft px-3 py-2 text-warn"
              >
                <WarningBig />
                {t(`warning.${field}`)}
              </p>
            ),
        )}
        <CoverageGaps clientId={client.id} />
        <Contacts client={client} />
        <section aria-label={t('tab.deals')} className="flex flex-col">
          <h2 className="mb-2 text-head">{t('tab.deals')}</h2>
          <ClientDeals client={client} />
        </section>
        <section aria-label={t('in_force')} className="flex flex-col">
          <h2 className="mb-2 text-head">{t('in_force')}</h2>
          <ClientPolicies client={client} current />
        </section>
      </div>
      <dl className="flex h-fit flex-col gap-1 rounded-card border border-line bg-canvas p-4">
        <Line name={t('in_force')}>{String(client.policies_in_force ?? 0)}</Line>
        <Line name={t('premium_a_year')}>{premiumText(client)}</Line>
        <Line name={t('next_date')}>{day(client.next_date)}</Line>
        <Line name={t('type')}>{t(client.type)}</Line>
        <Line name={t('short_name')}>{client.short_name}</Line>
        <Line name={t('tax_number')}>{client.tax_number}</Line>
        <Line name={t('registration_number')}>{client.registration_number}</Line>
        <Line name={t('birth_date')}>{day(client.birth_date)}</Line>
        <Line name={t('segment')}>{client.segment}</Line>
        <Line name={t('address')}>{client.address}</Line>
        <Line name={t('owner')}>{client.owner_name}</Line>
        <Line name={t('consent')}>
          {consent && t('consent_given', { date: day(client.consent?.given_on) })}
        </Line>
        <Line name={t('created_at')}>
          {client.created_at && day(dayOf(client.created_at, time_zone))}
        </Line>
        {client.notes && <Line name={t('notes')}>{client.notes}</Line>}
      </dl>
    </div>
  );
}

function Contacts({ client }: { client: Client }) {
  const { t } = useTranslation('clients');
  if (!client.contacts?.length) return null;
  return (
    <section aria-label={t('contacts')}>
      <h2 className="mb-2 text-head">{t('contacts')}</h2>
      <ul className="divide-y divide-line rounded-card border border-line bg-raised">
        {client.contacts.map((contact, index) => (
          <li key={index} className="flex flex-wrap items-center gap-x-3 px-3 py-2">
            <Avatar name={contact.name || client.full_name} />
            <span className="min-w-40 flex-1">
              <span className="block font-medium">{contact.name}</span>
              <span className="block text-small text-ink2">{contact.position}</span>
            </span>
            {contact.phone && <PhoneLink contact={contact} />}
            {contact.email && (
              <a
                href={`mailto:${contact.email}`}
                className="inline-flex min-h-6 items-center hover:underline"
              >
                {contact.email}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <div className="flex min-h-6 gap-2">
      <dt className="w-36 shrink-0 text-small text-ink2">{name}</dt>
      <dd className="min-w-0 flex-1 break-words whitespace-pre-wrap">{children}</dd>
    </div>
  );
}

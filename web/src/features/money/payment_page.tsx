import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Payment, paymentQuery } from '@/lib/data/payments';
import { isWho } from '@/parts/deal_bits';
import { Back, PageHead } from '@/parts/page';
import { PaymentActions } from '@/parts/payment_actions';
import {
  dayText,
  moneyText,
  PaymentStatusChip,
  useVoidReason,
  Versions,
  Why,
} from '@/parts/payment_bits';
import { ErrorState, RowsSkeleton } from '@/ui/states';

export function PaymentPage() {
  const { paymentId } = useParams({ strict: false }) as { paymentId: string };
  const { data, error, refetch } = useQuery(paymentQuery(paymentId));
  if (error && !data) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton />;
  return <Card payment={data} />;
}

function Card({ payment }: { payment: Payment }) {
  const { t } = useTranslation('money');
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="-mb-2 px-5 pt-3 max-md:px-4">
        <Back to="/money/payments" label={t('title')} number={payment.number} />
      </div>
      <PageHead
        title={`${t(`type_is.${payment.type}`)} · ${moneyText(payment.amount, true)}`}
        note={<PaymentStatusChip payment={payment} />}
      />
      <div className="grid max-w-5xl gap-6 px-5 pb-8 max-md:px-4 lg:grid-cols-2">
        <Section title={t('payment')}>
          <Facts payment={payment} />
          <PaymentActions payment={payment} />
        </Section>
        <Section title={t('why.title')}>
          <Why id={payment.id} />
        </Section>
        <Section title={t('versions')}>
          <Versions id={payment.id} />
        </Section>
      </div>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-head font-semibold">{title}</h2>
      {children}
    </section>
  );
}

const link = 'tabular text-accent-ink hover:underline';

function Facts({ payment }: { payment: Payment }) {
  const { t } = useTranslation(['money', 'deals']);
  const reasonOf = useVoidReason();
  const who = payment.waiting_on;
  const lines: [string, ReactNode][] = [
    [
      t('money:client'),
      payment.client_id && (
        <Link
          key="client"
          to="/clients/$clientId"
          params={{ clientId: payment.client_id }}
          className={link}
        >
          {payment.client_name}
        </Link>
      ),
    ],
    [
      t('money:deal'),
      <Link
        key="deal"
        to="/deals/$dealId"
        params={{ dealId: payment.deal_id }}
        search={{ tab: 'payments' }}
        className={link}
      >
        {payment.deal_number || t('money:open_deal')}
      </Link>,
    ],
    [
      t('money:policy'),
      <Link
        key="policy"
        to="/policies/$policyId"
        params={{ policyId: payment.policy_id }}
        className={link}
      >
        {payment.policy_number || t('money:open_policy')}
      </Link>,
    ],
    [t('money:insurer'), payment.insurer_name],
    [t('money:product'), payment.product && t(`money:product_is.${payment.product}`)],
    [t('money:counterparty'), payment.counterparty],
    [t('money:payee'), payment.payee_name],
    [t('money:planned_date'), dayText(payment.planned_date)],
    [t('money:actual_date'), payment.actual_date && dayText(payment.actual_date)],
    [t('money:confirmed_by'), payment.confirmed_by_name],
    [t('money:agent'), payment.lead_agent_name],
    [t('money:move'), isWho(who) && t(`deals:who.${who}`)],
    [t('money:notes'), payment.notes],
    [t('money:void_reason'), reasonOf(payment.void_reason)],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      {lines.map(
        ([name, value]) =>
          value && (
            <div key={name} className="contents">
              <dt className="text-ink2">{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { previewQuery, ruleInsurersQuery } from '@/lib/data/commission_rules';
import { type CommissionRule, moneyOf, type Product, products } from '@/lib/data/payments';
import { messageOf } from '@/lib/messages';
import { moneyText } from '@/parts/payment_bits';
import { Chip } from '@/ui/chip';
import { Segmented } from '@/ui/segmented';
import { Select } from '@/ui/select';
import { useRuleWords } from './rule_words';

/** «Кто победит»: which rule a policy would get, and why the others do not. */
export function RulePreviewer() {
  const { t } = useTranslation('money');
  const insurers = useQuery(ruleInsurersQuery).data ?? [];
  const [insurer, setInsurer] = useState('');
  const [product, setProduct] = useState<Product>('kasko');
  const [kind, setKind] = useState<'new' | 'renewal'>('new');
  const { data, error } = useQuery(
    previewQuery({
      insurer_id: insurer,
      product,
      kind,
      premium: { amount: '100000.00', currency: 'RUB' },
    }),
  );
  const words = useRuleWords();
  const rules = (data?.rules ?? []).slice(0, 4);
  return (
    <section
      aria-label={t('preview')}
      className="flex flex-col gap-3 border-b border-line px-5 py-3 max-md:px-4"
    >
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-56">
          <Select
            label={t('insurer')}
            options={insurers.map(({ id, name }) => ({ id, label: name }))}
            value={insurer}
            onChange={setInsurer}
            placeholder={t('preview_choose')}
          />
        </div>
        <div className="w-44">
          <Select
            label={t('product')}
            options={products.map((id) => ({ id, label: t(`product_is.${id}`) }))}
            value={product}
            onChange={(id) => setProduct(id as Product)}
          />
        </div>
        <Segmented
          label={t('kind')}
          value={kind}
          onChange={setKind}
          options={[
            { value: 'new', label: t('kind_is.new') },
            { value: 'renewal', label: t('kind_is.renewal') },
          ]}
        />
      </div>
      {error && (
        <p role="alert" className="text-bad">
          {messageOf(error)}
        </p>
      )}
      {data && (
        <div role="status" className="flex flex-col gap-1">
          <p>
            {data.winner_id
              ? t('preview_wins', { sum: moneyText(moneyOf(data.commission)) })
              : t('preview_none')}
          </p>
          <ul className="flex flex-col gap-1">
            {rules.map(({ rule, fits, reason }) => {
              const one = rule as CommissionRule;
              return (
                <li key={one.id} className="flex flex-wrap items-center gap-2 text-small">
                  <Chip tone={reason === 'wins' ? 'ok' : fits ? 'info' : 'idle'}>
                    {t(`standing.${reason as 'wins'}`)}
                  </Chip>
                  {words.insurer(one)} · {words.product(one)} · {words.kind(one)} ·{' '}
                  <b className="tabular">{words.rate(one)}</b>
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Calculation,
  comparedAtOnce,
  comparisonQuery,
  dealCalculationsQuery,
} from '@/lib/data/calculations';
import { lazy } from '@/lib/lazy';
import { type Deal, may } from '@/lib/types';
import { Button } from '@/ui/button';
import { Plus, Share } from '@/ui/icons';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import { ComparisonTable } from './comparison_table';

const CalculationForm = lazy(() =>
  import('./calculation_form').then(({ CalculationForm }) => ({ default: CalculationForm })),
);
const OfferDialog = lazy(() =>
  import('./offer_dialog').then(({ OfferDialog }) => ({ default: OfferDialog })),
);

export function CalculationsTab({ deal }: { deal: Deal }) {
  const { t } = useTranslation('calculations');
  const quotes = useQuery(dealCalculationsQuery(deal.id));
  const comparison = useQuery({
    ...comparisonQuery(quotes.data ?? []),
    placeholderData: (known) => known,
  });
  const [editing, setEditing] = useState<Calculation | 'new'>();
  const [offering, setOffering] = useState(false);
  const failure = quotes.error ?? comparison.error;
  const retry = () => void (quotes.error ? quotes.refetch() : comparison.refetch());
  const writable = deal.status !== 'closed' && may(deal, 'update');
  const add = writable && (
    <Button variant="primary" icon={<Plus />} onPress={() => setEditing('new')}>
      {t('add')}
    </Button>
  );
  if (failure && !comparison.data) return <ErrorState failure={failure} onRetry={retry} />;
  if (!quotes.data) return <RowsSkeleton />;
  const hidden = quotes.data.length - comparedAtOnce;
  return (
    <div className="flex flex-col gap-3">
      {quotes.data.length === 0 ? (
        <EmptyState title={t('empty')} text={t('empty_text')} action={add} />
      ) : (
        <>
          <header className="flex flex-wrap items-center gap-2">
            <h2 className="text-head font-semibold">{t('compare')}</h2>
            <p className="mr-auto text-small text-ink3">{t('best_hint')}</p>
            <Button icon={<Share />} onPress={() => setOffering(true)}>
              {t('for_client')}
            </Button>
            {add}
          </header>
          {comparison.data ? (
            <ComparisonTable
              comparison={comparison.data}
              dealId={deal.id}
              onEdit={(quote) => setEditing(quote)}
            />
          ) : (
            <RowsSkeleton />
          )}
          {hidden > 0 && <p className="text-small text-ink2">{t('hidden', { count: hidden })}</p>}
        </>
      )}
      <Suspense>
        {editing && (
          <CalculationForm
            deal={deal}
            quote={editing === 'new' ? undefined : editing}
            like={quotes.data[0]}
            onClose={() => setEditing(undefined)}
          />
        )}
        {offering && comparison.data && (
          <OfferDialog
            deal={deal}
            comparison={comparison.data}
            onClose={() => setOffering(false)}
          />
        )}
      </Suspense>
    </div>
  );
}

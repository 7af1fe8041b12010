import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agencyQuery } from '@/lib/data/agency';
import { lazy } from '@/lib/lazy';
import { PageHead } from '@/parts/page';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { AdminTabs } from './admin_tabs';

// Comes beside the data: the screen shows without it.
const AgencyForm = lazy(() =>
  import('./agency_form').then((form) => ({ default: form.AgencyForm })),
);

/** What the agency says of itself on papers and in messages. */
export function AgencyPage() {
  const { t } = useTranslation('admin');
  const { data, error, refetch } = useQuery(agencyQuery);
  // The form keeps what is typed when somebody else saves; it begins anew with its own saves.
  const [begun, setBegun] = useState(0);
  return (
    <>
      <PageHead title={t('agency.title')} />
      <AdminTabs current="agency" />
      <section
        aria-label={t('agency.title')}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto p-5 focus-visible:-outline-offset-2 max-md:p-4"
      >
        {error && !data && <ErrorState failure={error} onRetry={() => void refetch()} />}
        {!data && !error && <RowsSkeleton />}
        {data && (
          <Suspense fallback={<RowsSkeleton />}>
            <AgencyForm key={begun} agency={data} onAnew={() => setBegun(begun + 1)} />
          </Suspense>
        )}
      </section>
    </>
  );
}

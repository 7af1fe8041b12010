import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { coverageGapsQuery } from '@/lib/data/clients';
import { WarningBig } from '@/ui/icons';

/** What the policies in force leave uncovered, with the deal to talk about it in. */
export function CoverageGaps({ clientId }: { clientId: string }) {
  const { t } = useTranslation(['clients', 'policies']);
  const { data = [] } = useQuery(coverageGapsQuery(clientId));
  if (data.length === 0) return null;
  return (
    <section aria-label={t('clients:gaps')}>
      <h2 className="mb-2 text-head">{t('clients:gaps')}</h2>
      <ul className="flex flex-col gap-2">
        {data.map(({ deal_id, product, missing, object }) => (
          <li
            key={`${product}${missing}${object}`}
            className="flex flex-wrap items-center gap-2 rounded-card bg-warn-soft px-3 py-2 text-warn"
          >
            <WarningBig />
            <span className="min-w-0 flex-1">
              {t('clients:gap', {
                has: t(`policies:product_is.${product ?? 'other'}`),
                lacks: t(`policies:product_is.${missing ?? 'other'}`),
              })}
              {object && ` · ${object}`}
            </span>
            <Link
              to="/deals/$dealId"
              params={{ dealId: deal_id ?? '' }}
              className="inline-flex min-h-6 items-center underline"
            >
              {t('clients:gap_deal')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Calculation,
  type Comparison,
  type ComparisonRow,
  downloadOffer,
  type Language,
  type Offer,
  offersQuery,
  useCreateOffer,
} from '@/lib/data/calculations';
import { formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { messageOf, toastFailure } from '@/lib/messages';
import { type Deal, may } from '@/lib/types';
import { Button } from '@/ui/button';
import { cx } from '@/ui/cx';
import { FormDialog } from '@/ui/dialog';
import { CheckboxField } from '@/ui/field';
import { Segmented } from '@/ui/segmented';
import { useValueText } from './values';

interface OfferDialogProps {
  deal: Deal;
  comparison: Comparison;
  onClose: () => void;
}
/** What the client gets: quotes and rows to choose, a preview without КВ, a PDF, earlier offers. */
export function OfferDialog({ deal, comparison, onClose }: OfferDialogProps) {
  const { t } = useTranslation('calculations');
  const { label } = useValueText();
  const offerable = comparison.calculations.filter(
    ({ status }) => status === 'ready' || status === 'chosen',
  );
  const rows = comparison.rows.filter((row) => !row.internal);
  const [quotes, setQuotes] = useState(() => new Set(offerable.map(({ id }) => id)));
  const [keys, setKeys] = useState(() => new Set(rows.map(({ key }) => key)));
  const [language, setLanguage] = useState<Language>('ru');
  const create = useCreateOffer(deal.id);
  const chosen = offerable.filter(({ id }) => quotes.has(id));
  const shown = rows.filter(({ key }) => keys.has(key));
  const writable = deal.status !== 'closed' && may(deal, 'update') && offerable.length > 0;
  const submit = () => {
    if (!writable || chosen.length === 0 || shown.length === 0) return;
    create.mutate(
      {
        calculation_ids: chosen.map(({ id }) => id),
        rows: shown.map(({ key }) => key),
        language,
      },
      { onSuccess: (offer) => void downloadOffer(offer).then(onClose, toastFailure) },
    );
  };
  return (
    <FormDialog
      title={t('offer.title')}
      submit={t('offer.submit')}
      wide
      onClose={onClose}
      onSubmit={submit}
      busy={create.isPending}
      problem={create.error ? messageOf(create.error) : undefined}
    >
      {offerable.length === 0 ? (
        <p className="text-warn">{t('offer.nothing')}</p>
      ) : (
        <>
          <div className="flex flex-wrap items-start gap-x-8 gap-y-3">
            <Choice legend={t('offer.quotes')}>
              {offerable.map(({ id, insurer_name }) => (
                <CheckboxField
                  key={id}
                  label={insurer_name ?? ''}
                  value={quotes.has(id)}
                  onChange={() => setQuotes(toggled(quotes, id))}
                />
              ))}
            </Choice>
            <Choice legend={t('offer.rows')}>
              {rows.map((row) => (
                <CheckboxField
                  key={row.key}
                  label={label(row)}
                  value={keys.has(row.key)}
                  onChange={() => setKeys(toggled(keys, row.key))}
                />
              ))}
            </Choice>
            <Segmented
              label={t('offer.language')}
              options={[
                { value: 'ru', label: t('offer.ru') },
                { value: 'en', label: t('offer.en') },
              ]}
              value={language}
              onChange={setLanguage}
            />
          </div>
          <Preview rows={shown} quotes={chosen} all={comparison.calculations} />
          <p className="text-small text-ink3">{t('offer.frozen')}</p>
        </>
      )}
      <EarlierOffers deal={deal} />
    </FormDialog>
  );
}

function toggled(set: Set<string>, item: string): Set<string> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

function Choice({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-small font-medium">{legend}</legend>
      <div className="flex max-w-sm flex-wrap gap-x-4">{children}</div>
    </fieldset>
  );
}

interface PreviewProps {
  rows: ComparisonRow[];
  quotes: Calculation[];
  all: Calculation[];
}
function Preview({ rows, quotes, all }: PreviewProps) {
  const { t } = useTranslation('calculations');
  const { label, value } = useValueText();
  const columns = quotes.map((quote) => all.indexOf(quote));
  return (
    <section
      aria-label={t('offer.preview')}
      tabIndex={0}
      className="shrink-0 overflow-x-auto rounded-card border border-line"
    >
      <table className="w-full text-small">
        <thead>
          <tr>
            <th scope="col" className="px-2 py-1.5 text-left font-normal text-ink3">
              {t('row_head')}
            </th>
            {quotes.map((quote) => (
              <th key={quote.id} scope="col" className="px-2 py-1.5 text-left font-semibold">
                {quote.insurer_name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th
                scope="row"
                className="border-t border-line px-2 py-1 text-left font-normal text-ink2"
              >
                {label(row)}
              </th>
              {columns.map((column) => (
                <td
                  key={column}
                  className={cx(
                    'border-t border-line px-2 py-1 tabular-nums',
                    row.cells?.[column]?.no_data && 'text-ink3',
                  )}
                >
                  {value(row, row.cells?.[column] ?? { no_data: true })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function EarlierOffers({ deal }: { deal: Deal }) {
  const { t } = useTranslation('calculations');
  const { data } = useQuery(offersQuery(deal.id));
  const offers = data?.offers ?? [];
  if (offers.length === 0) return null;
  return (
    <section aria-labelledby="earlier-offers" className="flex flex-col gap-1">
      <h3 id="earlier-offers" className="text-head font-semibold">
        {t('offer.earlier')}
      </h3>
      <ul className="divide-y divide-line">
        {offers.map((offer) => (
          <OfferLine key={offer.id} offer={offer} />
        ))}
      </ul>
    </section>
  );
}

function OfferLine({ offer }: { offer: Offer }) {
  const { t } = useTranslation('calculations');
  return (
    <li className="flex flex-wrap items-center gap-x-3 py-1">
      <span className="font-medium">№ {offer.number}</span>
      <span className="text-ink2">{formatDay(offer.offered_on, currentLocale())}</span>
      <span className="min-w-0 flex-1 truncate text-small text-ink3">
        {offer.columns?.map(({ insurer_name }) => insurer_name).join(', ')} · {offer.author_name}
      </span>
      {(['ru', 'en'] as const).map((language) => (
        <Button
          key={language}
          variant="quiet"
          aria-label={t('offer.download', {
            number: offer.number,
            language: t(`offer.${language}`),
          })}
          onPress={() => void downloadOffer(offer, language).catch(toastFailure)}
        >
          PDF {language.toUpperCase()}
        </Button>
      ))}
    </li>
  );
}

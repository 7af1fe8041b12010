import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dealCalculationsQuery } from '@/lib/data/calculations';
import { currentLocale } from '@/lib/i18n';
import { formatMoney, type Money } from '@/lib/money';
import type { Deal } from '@/lib/types';
import { FormDialog } from '@/ui/dialog';
import { Select } from '@/ui/select';

interface QuoteDialogProps {
  deal: Deal;
  onClose: () => void;
  onAnswer: (id: string) => void;
}
/** Which ready quote the client chose; the step chooses it in the same request. */
export function QuoteDialog({ deal, onClose, onAnswer }: QuoteDialogProps) {
  const { t } = useTranslation('calculations');
  const { data } = useQuery(dealCalculationsQuery(deal.id));
  const [id, setId] = useState<string>();
  const [missing, setMissing] = useState(false);
  const ready = (data ?? []).filter(({ status }) => status === 'ready');
  return (
    <FormDialog
      title={t('choose_title')}
      submit={t('choose_submit')}
      onClose={onClose}
      onSubmit={() => (id ? onAnswer(id) : setMissing(true))}
    >
      <p className="text-ink2">{t('choose_text')}</p>
      <Select
        label={t('insurer')}
        options={ready.map((quote) => ({
          id: quote.id,
          label: quote.insurer_name ?? '',
          detail: quote.premium && formatMoney(quote.premium as Money, currentLocale()),
        }))}
        value={id}
        onChange={(chosen) => {
          setId(chosen);
          setMissing(false);
        }}
        error={missing ? t('choose_required') : undefined}
        autoFocus
      />
    </FormDialog>
  );
}

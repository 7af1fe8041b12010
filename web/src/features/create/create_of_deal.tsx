import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { policiesOfQuery } from '@/lib/data/policies';
import { AddPayment } from '@/parts/add_payment';
import { type Found, HitCombo } from '@/parts/hit_combo';
import { PolicyForm } from '@/parts/policies/policy_form';
import { Button } from '@/ui/button';
import { Dialog, DialogBody, DialogFoot, FormDialog } from '@/ui/dialog';

interface CreateOfDealProps {
  what: 'policy' | 'payment';
  /** The deal that one stands in; elsewhere it is asked for first. */
  deal: { id: string; title: string } | undefined;
  onClose: () => void;
}
/** A policy or a payment: both belong to a deal. */
export function CreateOfDeal({ what, deal, onClose }: CreateOfDealProps) {
  const [chosen, setChosen] = useState(deal?.id);
  if (!chosen) return <ChooseDeal what={what} onChosen={setChosen} onClose={onClose} />;
  if (what === 'payment') return <PaymentOfDeal dealId={chosen} onClose={onClose} />;
  return <PolicyForm dealId={chosen} policy={undefined} onClose={onClose} />;
}

interface ChooseDealProps {
  what: 'policy' | 'payment';
  onChosen: (id: string) => void;
  onClose: () => void;
}
function ChooseDeal({ what, onChosen, onClose }: ChooseDealProps) {
  const { t } = useTranslation('deals');
  const [deal, setDeal] = useState<Found>();
  const [missing, setMissing] = useState(false);
  return (
    <FormDialog
      title={t(`create_of.${what}`)}
      submit={t('create_of.next')}
      onClose={onClose}
      onSubmit={() => (deal ? onChosen(deal.id) : setMissing(true))}
    >
      <HitCombo
        label={t('create_of.deal')}
        kind="deal"
        value={deal}
        onChange={(found) => {
          setDeal(found);
          setMissing(false);
        }}
        error={missing ? t('create_of.deal_required') : undefined}
        autoFocus
      />
    </FormDialog>
  );
}

/** By hand only what no schedule plans; without a policy there is nothing to pay for. */
function PaymentOfDeal({ dealId, onClose }: { dealId: string; onClose: () => void }) {
  const { t } = useTranslation(['deals', 'common']);
  const { data } = useQuery(policiesOfQuery('deal_id', dealId));
  if (!data) return null;
  if (data.length === 0) {
    return (
      <Dialog title={t('deals:create_of.payment')} onClose={onClose}>
        <DialogBody>
          <p>{t('deals:create_of.no_policy')}</p>
        </DialogBody>
        <DialogFoot>
          <Button onPress={onClose}>{t('common:close')}</Button>
        </DialogFoot>
      </Dialog>
    );
  }
  const policies = data.map(({ id, number, insurer_name, premium }) => ({
    id,
    label: [number, insurer_name].filter(Boolean).join(' · '),
    currency: premium?.currency ?? 'RUB',
  }));
  return <AddPayment policies={policies} onClose={onClose} />;
}

import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Policy } from '@/lib/data/policies';
import { useOpenRenewalDeal } from '@/lib/data/renewals';
import { toastFailure } from '@/lib/messages';
import { toast } from '@/lib/toast';
import { may } from '@/lib/types';
import { Button } from '@/ui/button';

/** Makes the deal in which a policy is renewed, where that is possible. */
export function RenewalDealButton({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  const open = useOpenRenewalDeal();
  if (!may(policy, 'renewal_deal')) return null;
  const make = () =>
    open.mutate(policy, {
      onSuccess: ({ number }) => void toast(t('renewal_deal_made', { number })),
      onError: toastFailure,
    });
  return (
    <Button isDisabled={open.isPending} onPress={make}>
      {t('in_new_deal')}
    </Button>
  );
}

/** The way to the deal in which a policy is renewed. */
export function RenewalDealLink({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  if (!policy.renewal_deal_id) return null;
  return (
    <Link
      to="/deals/$dealId"
      params={{ dealId: policy.renewal_deal_id }}
      className="tabular inline-flex min-h-6 items-center whitespace-nowrap text-accent-ink hover:underline"
    >
      {t('renewal_deal_is', { number: policy.renewal_deal_number })}
    </Link>
  );
}

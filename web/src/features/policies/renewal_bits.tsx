import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Policy, RenewalState } from '@/lib/data/policies';
import { useRenewPolicy, useReturnRenewal } from '@/lib/data/renewals';
import { toastFailure } from '@/lib/messages';
import { formatChange } from '@/lib/number';
import { toast } from '@/lib/toast';
import { may } from '@/lib/types';
import { moneyText } from '@/parts/policies/bits';
import { RenewalDealButton, RenewalDealLink } from '@/parts/policies/renewal_deal';
import { Button } from '@/ui/button';
import { Chip, type Tone } from '@/ui/chip';
import { Warning } from '@/ui/icons';

export const renewalTones: Record<RenewalState, Tone> = {
  upcoming: 'idle',
  quoted: 'info',
  drafted: 'accent',
  renewed: 'ok',
  lapsed: 'bad',
  ended: 'idle',
};

export function RenewalChip({ state }: { state: RenewalState | undefined }) {
  const { t } = useTranslation('policies');
  return state ? <Chip tone={renewalTones[state]}>{t(`renewal_is.${state}`)}</Chip> : null;
}

/** What the renewal costs against the old premium; marked when it grew too much. */
export function PremiumChange({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  const { premium_change, renewal_premium, at_risk } = policy;
  if (!premium_change) return <span className="text-ink3">{t('no_offer')}</span>;
  const text = t('percent', { percent: formatChange(Number(premium_change)) });
  const whole = t('change_hint', { premium: moneyText(renewal_premium), change: text });
  return (
    <span title={whole} className="inline-flex items-center gap-1.5">
      <span className="tabular">{text}</span>
      {at_risk && (
        <Chip tone="bad" icon={<Warning />}>
          {t('risk')}
        </Chip>
      )}
    </span>
  );
}

/** Ready quotes of the deal that renews it, where they are compared. */
export function ReadyQuotes({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  const count = policy.ready_quotes ?? 0;
  if (count === 0) return <span className="text-ink3">{t('no_quotes')}</span>;
  return (
    <Link
      to="/deals/$dealId"
      params={{ dealId: policy.renewal_deal_id || policy.deal_id }}
      search={{ tab: 'calculations' }}
      tabIndex={-1}
      className="tabular text-accent-ink hover:underline"
    >
      {t('quotes', { count })}
    </Link>
  );
}

/** One click prepares the draft, or a deal of its own; then the way to it. Who may do nothing sees how far it is. */
export function RenewalStep({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  const renew = useRenewPolicy();
  const giveBack = useReturnRenewal();
  const prepare = () =>
    renew.mutate(policy, {
      onSuccess: () =>
        void toast(t('renewed'), {
          undo: () => giveBack.mutate(policy, { onError: toastFailure }),
        }),
      onError: toastFailure,
    });
  if (policy.successor_id) {
    return (
      <Link
        to="/policies/$policyId"
        params={{ policyId: policy.successor_id }}
        tabIndex={-1}
        className="inline-flex min-h-6 items-center hover:underline"
      >
        <RenewalChip state={policy.renewal_state} />
      </Link>
    );
  }
  if (policy.renewal_deal_id) return <RenewalDealLink policy={policy} />;
  if (may(policy, 'renew') || may(policy, 'renewal_deal')) {
    return (
      <span className="inline-flex items-center gap-1.5">
        {may(policy, 'renew') && (
          <Button isDisabled={renew.isPending} onPress={prepare}>
            {t('prepare')}
          </Button>
        )}
        <RenewalDealButton policy={policy} />
      </span>
    );
  }
  return <RenewalChip state={policy.renewal_state} />;
}

import { useNavigate } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Policy, useActivatePolicy, useMovePolicy } from '@/lib/data/policies';
import { useRenewPolicy } from '@/lib/data/renewals';
import { lazy } from '@/lib/lazy';
import { toastFailure } from '@/lib/messages';
import { toast } from '@/lib/toast';
import { may } from '@/lib/types';
import { Button } from '@/ui/button';
import { RenewalDealButton, RenewalDealLink } from './renewal_deal';

const PolicyForm = lazy(() =>
  import('./policy_form').then(({ PolicyForm }) => ({ default: PolicyForm })),
);

const ClosePolicy = lazy(() =>
  import('./close_policy').then(({ ClosePolicy }) => ({ default: ClosePolicy })),
);

/** What may be done with a policy now, as the server says it. */
export function PolicyActions({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  const [open, setOpen] = useState<'edit' | 'close'>();
  const navigate = useNavigate();
  const activate = useActivatePolicy();
  const renew = useRenewPolicy();
  const move = useMovePolicy();
  const failed = { onError: toastFailure };
  const say = (words: string) => ({ ...failed, onSuccess: () => void toast(words) });
  const prepared = (draft: Policy) =>
    toast(t('renewed'), {
      action: {
        label: t('open_draft'),
        run: () => void navigate({ to: '/policies/$policyId', params: { policyId: draft.id } }),
      },
    });
  const incomplete =
    policy.status === 'draft' &&
    policy.can?.some(
      ({ action, reason }) => action === 'activate' && reason === 'policy_incomplete',
    );
  const prolong =
    policy.status === 'renewal_pending' && policy.allowed_statuses?.includes('active');
  return (
    <div className="flex flex-wrap gap-2">
      {may(policy, 'activate') && (
        <Button
          variant="primary"
          isPending={activate.isPending}
          onPress={() => activate.mutate(policy, say(t('activated')))}
        >
          {t('activate')}
        </Button>
      )}
      {may(policy, 'renew') && (
        <Button
          isPending={renew.isPending}
          onPress={() => renew.mutate(policy, { ...failed, onSuccess: prepared })}
        >
          {t('renew')}
        </Button>
      )}
      <RenewalDealButton policy={policy} />
      {prolong && (
        <Button
          isPending={move.isPending}
          onPress={() => move.mutate({ policy, status: 'active' }, failed)}
        >
          {t('prolonged')}
        </Button>
      )}
      {may(policy, 'update') && <Button onPress={() => setOpen('edit')}>{t('edit')}</Button>}
      {may(policy, 'close') && <Button onPress={() => setOpen('close')}>{t('close')}</Button>}
      {incomplete && <p className="self-center text-small text-ink2">{t('activate_lacks')}</p>}
      <RenewalDealLink policy={policy} />
      <Suspense>
        {open === 'edit' && (
          <PolicyForm dealId={policy.deal_id} policy={policy} onClose={() => setOpen(undefined)} />
        )}
        {open === 'close' && <ClosePolicy policy={policy} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </div>
  );
}

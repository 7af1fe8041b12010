import { useQuery } from '@tanstack/react-query';
import { Button as AriaButton, DialogTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { headQuery, verifyQuery } from '@/lib/data/audit';
import { formatInstant } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { messageOf } from '@/lib/messages';
import { useSession } from '@/lib/session';
import { useNumber } from '@/parts/deal_bits';
import { Button, buttonClass } from '@/ui/button';
import { Chip } from '@/ui/chip';
import { Shield } from '@/ui/icons';

/** Whether nobody has rewritten the past: the tree is recomputed and compared with the signed head. */
export function ChainCheck() {
  const { t } = useTranslation('admin');
  const { time_zone, today } = useSession();
  const number = useNumber();
  const verdict = useQuery(verifyQuery);
  const head = useQuery(headQuery);
  const time = (instant: string) => formatInstant(instant, currentLocale(), time_zone, today);
  const { data } = verdict;
  const size = number(Number(data?.size ?? 0));
  return (
    <DialogTrigger>
      <AriaButton className={buttonClass('plain')}>
        <Shield />
        {t('audit.chain')}
        {data && <Chip tone={data.ok ? 'ok' : 'bad'}>{data.ok ? '✓' : '!'}</Chip>}
      </AriaButton>
      <Popover
        aria-label={t('audit.chain')}
        offset={4}
        placement="bottom end"
        className="appear w-96 max-w-[92vw] rounded-card border border-line bg-raised p-4 shadow-2"
      >
        <div className="flex flex-col gap-2">
          {verdict.error && <p className="text-bad">{messageOf(verdict.error)}</p>}
          {data && (
            <p role="status" className={data.ok ? 'text-ok' : 'text-bad'}>
              {data.ok
                ? t('audit.chain_ok', { size })
                : t('audit.chain_bad', { problem: data.problem, position: data.position ?? 0 })}
            </p>
          )}
          {data?.verified_at && (
            <p className="text-small text-ink2">
              {t('audit.chain_time', { time: time(data.verified_at) })}
            </p>
          )}
          {head.data?.signed_at && (
            <p className="text-small text-ink2">
              {t('audit.head', { time: time(head.data.signed_at) })}
            </p>
          )}
          {data?.root && (
            <p className="text-small break-all text-ink3">{t('audit.root', { root: data.root })}</p>
          )}
          <div>
            <Button
              onPress={() => {
                void verdict.refetch();
                void head.refetch();
              }}
              isPending={verdict.isFetching}
            >
              {t('audit.chain_check')}
            </Button>
          </div>
        </div>
      </Popover>
    </DialogTrigger>
  );
}

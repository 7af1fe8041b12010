import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlash } from '@/lib/flash';
import { currentLocale } from '@/lib/i18n';
import { formatMoney } from '@/lib/money';
import { DealStatusChip, Due, isWho, MoveOf, useMoveText, WhoseMove } from '@/parts/deal_bits';
import { keepPlace } from '@/parts/place';
import { finishStep, mayPostpone, PostponeMenu } from '@/parts/postpone';
import { ReachMenu } from '@/parts/reach_menu';
import { NextStep, TaskMenu } from '@/parts/tasks/actions';
import { Priority, TaskDue } from '@/parts/tasks/bits';
import { Button, IconButton } from '@/ui/button';
import { cx } from '@/ui/cx';
import { Check, Clock } from '@/ui/icons';
import type { DayItem } from './items';

type Of<K extends DayItem['kind']> = Extract<DayItem, { kind: K }>;

/** What to do, about whom, whose move, what is at stake, and the two usual answers. */
export function DayRow({ item, siblings }: { item: DayItem; siblings: DayItem[] }) {
  if (item.kind === 'deal') return <DealRow item={item} siblings={siblings} />;
  if (item.kind === 'task') return <TaskRow item={item} />;
  return <PaymentRow item={item} />;
}

interface FrameProps {
  id: string;
  link: Pick<LinkProps, 'to' | 'params'> | undefined;
  onOpen?: () => void;
  title: ReactNode;
  chip?: ReactNode;
  text: ReactNode;
  end: ReactNode;
  actions?: ReactNode;
}
function Frame({ id, link, onOpen, title, chip, text, end, actions }: FrameProps) {
  const flashing = useFlash(id);
  return (
    <li
      data-row={id}
      className={cx(
        'group relative flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 rounded-chip py-2 hover:bg-hover max-md:px-4',
        flashing && 'flash',
      )}
    >
      <div className="min-w-0 flex-1 max-md:basis-full">
        <p className="flex items-center gap-2">
          {link ? (
            <Link
              {...(link as LinkProps)}
              onClick={onOpen}
              className="truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
            >
              {title}
            </Link>
          ) : (
            <span className="truncate font-medium">{title}</span>
          )}
          {chip}
        </p>
        <p className="truncate text-small text-ink2">{text}</p>
      </div>
      {end}
      {actions && <span className="relative z-10 flex gap-1">{actions}</span>}
    </li>
  );
}

const toDeal = (dealId: string): FrameProps['link'] => ({
  to: '/deals/$dealId',
  params: { dealId },
});

const DueCell = ({ item }: { item: DayItem }) => (
  <span className="w-28 text-right max-md:w-auto">
    <Due day={item.day} />
  </span>
);

function DealRow({ item, siblings }: { item: Of<'deal'>; siblings: DayItem[] }) {
  const { t } = useTranslation('deals');
  const moveText = useMoveText();
  const { deal } = item;
  const deals = siblings.flatMap((other) => (other.kind === 'deal' ? [other.id] : []));
  return (
    <Frame
      id={item.id}
      link={toDeal(deal.id)}
      onOpen={() => keepPlace(deals)}
      title={deal.client_name || deal.title}
      chip={<DealStatusChip status={deal.status} />}
      text={`${moveText(deal)} · ${deal.title}`}
      end={
        <>
          <WhoseMove deal={deal} />
          <DueCell item={item} />
        </>
      }
      actions={
        mayPostpone(deal) && (
          <>
            <ReachMenu clientId={deal.client_id} />
            <Button icon={<Check />} onPress={() => finishStep(deal)}>
              {t('done')}
            </Button>
            <PostponeMenu
              deal={deal}
              trigger={
                <IconButton label={t('postpone')} keys="H">
                  <Clock />
                </IconButton>
              }
            />
          </>
        )
      }
    />
  );
}

function TaskRow({ item }: { item: Of<'task'> }) {
  const { t } = useTranslation('today');
  const { task } = item;
  return (
    <Frame
      id={item.id}
      link={{ to: '/tasks/$taskId', params: { taskId: task.id } }}
      title={task.subject}
      chip={<Priority task={task} />}
      text={[t('task'), task.deal_title].filter(Boolean).join(' · ')}
      end={<TaskDue task={task} />}
      actions={
        <>
          <NextStep task={task} />
          <TaskMenu task={task} />
        </>
      }
    />
  );
}

/** `confirm`: on finance's list, where a row is the payment itself and is confirmed in place. */
export function PaymentRow({ item, confirm }: { item: Of<'payment'>; confirm?: () => void }) {
  const { t } = useTranslation('today');
  const { payment } = item;
  const money = payment.amount && {
    amount: payment.amount.amount ?? '0',
    currency: payment.amount.currency ?? 'RUB',
  };
  return (
    <Frame
      id={item.id}
      link={
        confirm
          ? { to: '/payments/$paymentId', params: { paymentId: payment.id } }
          : payment.deal_id
            ? toDeal(payment.deal_id)
            : undefined
      }
      title={payment.client_name || payment.counterparty || payment.number}
      text={[
        t(`payment.${payment.type}`),
        payment.policy_number && t('by_policy', { number: payment.policy_number }),
        payment.insurer_name,
      ]
        .filter(Boolean)
        .join(' · ')}
      end={
        <>
          {money && (
            <span className="tabular font-semibold">{formatMoney(money, currentLocale())}</span>
          )}
          {isWho(payment.waiting_on) && <MoveOf who={payment.waiting_on} />}
          <DueCell item={item} />
        </>
      }
      actions={
        <>
          {payment.client_id && <ReachMenu clientId={payment.client_id} />}
          {confirm && payment.allowed_statuses?.includes('received') && (
            <Button icon={<Check />} onPress={confirm}>
              {t('confirm_one')}
            </Button>
          )}
        </>
      }
    />
  );
}

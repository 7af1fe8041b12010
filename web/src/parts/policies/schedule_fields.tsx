import { useTranslation } from 'react-i18next';
import { fromMinor, type Money } from '@/lib/money';
import { useSession } from '@/lib/session';
import { Button, IconButton } from '@/ui/button';
import { DateField } from '@/ui/date_field';
import { Close, Plus } from '@/ui/icons';
import { AmountField } from '@/ui/number_fields';
import { moneyText } from './bits';
import { difference, inParts, type Part } from './schedule';

interface ScheduleFieldsProps {
  premium: Money | undefined;
  parts: Part[];
  from: string | undefined;
  to: string | undefined;
  onChange: (parts: Part[]) => void;
  error: string | undefined;
}
/** The parts in which the premium is paid, and at once whether they are the premium. */
export function ScheduleFields({ premium, parts, from, to, onChange, error }: ScheduleFieldsProps) {
  const { t } = useTranslation('policies');
  const { today } = useSession();
  const over = difference(premium, parts);
  const start = from ?? today;
  const edit = (index: number, change: Partial<Part>) =>
    onChange(parts.map((part, i) => (i === index ? { ...part, ...change } : part)));
  return (
    <fieldset className="flex flex-col gap-2 border-t border-line pt-3">
      <legend className="sr-only">{t('schedule')}</legend>
      <div className="flex flex-wrap items-center gap-2">
        <span className="mr-auto font-medium">{t('schedule')}</span>
        {[1, 2, 4, 12].map((count) => (
          <Button
            key={count}
            onPress={() => premium && onChange(inParts(premium, count, start, to))}
            isDisabled={!premium}
          >
            {t('in_parts', { count })}
          </Button>
        ))}
      </div>
      {parts.map((part, index) => (
        <div key={index} className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <DateField
              label={t('due_on', { number: index + 1 })}
              value={part.due_on}
              onChange={(due_on) => edit(index, { due_on })}
              today={today}
            />
          </div>
          <div className="min-w-0 flex-1">
            <AmountField
              label={t('amount', { number: index + 1 })}
              value={part.amount}
              onChange={(amount) => edit(index, { amount })}
              hint=""
            />
          </div>
          <div className="pt-5.5">
            <IconButton
              label={t('remove_part', { number: index + 1 })}
              onPress={() => onChange(parts.filter((_, i) => i !== index))}
            >
              <Close />
            </IconButton>
          </div>
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          icon={<Plus />}
          onPress={() => onChange([...parts, { due_on: undefined, amount: '' }])}
        >
          {t('add_part')}
        </Button>
        {(premium || parts.length > 0) && (
          <output className={over === 0n ? 'text-ok' : 'text-bad'}>
            {over === 0n
              ? t('adds_up', { count: parts.length })
              : t(over > 0n ? 'too_much' : 'too_little', {
                  sum: moneyText({
                    amount: fromMinor(over < 0n ? -over : over),
                    currency: premium?.currency ?? 'RUB',
                  }),
                })}
          </output>
        )}
      </div>
      {error && (
        <p role="alert" className="text-bad" data-invalid>
          {error}
        </p>
      )}
      {parts.length > 0 && (
        <p className="text-small text-ink2">{t('what_is_planned', { count: parts.length })}</p>
      )}
    </fieldset>
  );
}

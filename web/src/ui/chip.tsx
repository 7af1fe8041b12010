import type { ReactNode } from 'react';
import { cx } from './cx';

export type Tone = 'idle' | 'accent' | 'ok' | 'warn' | 'bad' | 'info' | 'plum' | 'none';
const tones: Record<Tone, string> = {
  idle: 'bg-idle-soft text-ink2',
  accent: 'bg-accent-soft text-accent-ink',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  info: 'bg-info-soft text-info',
  plum: 'bg-plum-soft text-plum',
  none: 'text-ink3',
};
interface ChipProps {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
}
export function Chip({ tone = 'idle', icon, children }: ChipProps) {
  return (
    <span
      className={cx(
        'inline-flex h-[18px] items-center gap-1 rounded-chip text-chip whitespace-nowrap',
        tone !== 'none' && 'px-1.5',
        tones[tone],
      )}
    >
      {icon}
      {children}
    </span>
  );
}

const dots: Record<Exclude<Tone, 'none' | 'idle'>, string> = {
  accent: 'bg-accent',
  ok: 'bg-ok',
  warn: 'bg-warn',
  bad: 'bg-bad',
  info: 'bg-info',
  plum: 'bg-plum',
};
export const Dot = ({ tone }: { tone: keyof typeof dots }) => (
  <span aria-hidden className={cx('size-[7px] shrink-0 rounded-full', dots[tone])} />
);

import { initials } from '@/lib/text';
import { cx } from './cx';

const tones = [
  'bg-accent-soft text-accent-ink',
  'bg-info-soft text-info',
  'bg-plum-soft text-plum',
  'bg-ok-soft text-ok',
  'bg-warn-soft text-warn',
];
const sizes = { small: 'size-5 text-[9px]', normal: 'size-7 text-chip', big: 'size-9 text-small' };

/** The same name always has the same colour. The name itself stands beside it or in the tooltip. */
export function Avatar({ name, size = 'normal' }: { name: string; size?: keyof typeof sizes }) {
  const sum = [...name].reduce((total, char) => (total * 31 + (char.codePointAt(0) ?? 0)) % 997, 7);
  return (
    <span
      aria-hidden
      title={name}
      className={cx(
        'inline-flex shrink-0 items-center justify-center rounded-full font-semibold select-none',
        sizes[size],
        tones[sum % tones.length],
      )}
    >
      {initials(name)}
    </span>
  );
}

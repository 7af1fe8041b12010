import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Tooltip,
  TooltipTrigger,
} from 'react-aria-components';
import { cx } from './cx';
import { Kbd } from './kbd';

export type Variant = 'primary' | 'plain' | 'quiet' | 'danger';
const variants: Record<Variant, string> = {
  primary: 'bg-accent text-on-accent hovered:bg-accent-hover font-medium',
  plain: 'bg-raised border border-line shadow-1 hovered:bg-hover font-medium',
  quiet: 'text-ink2 hovered:bg-hover hovered:text-ink',
  danger: 'border border-line bg-raised text-bad hovered:bg-bad-soft font-medium',
};
const shape =
  'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-control whitespace-nowrap ' +
  'select-none off:opacity-50 data-[busy]:opacity-70 coarse:min-h-11 coarse:min-w-11';

export const buttonClass = (variant: Variant, more?: string) =>
  cx(shape, variants[variant], 'px-3', more);

interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className'> {
  variant?: Variant;
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
}
/**
 * While it works it keeps its focus and does nothing. The kit's own pending state is not used: it
 * announces the button by reference, which names nothing once the dialog around it has closed.
 */
const idle = ({ isPending, onPress, type, ...rest }: Omit<AriaButtonProps, 'className'>) =>
  isPending
    ? { ...rest, type: 'button' as const, 'data-busy': true }
    : { ...rest, ...(onPress && { onPress }), ...(type && { type }) };

export function Button({ variant = 'plain', icon, children, className, ...rest }: ButtonProps) {
  return (
    <AriaButton {...idle(rest)} className={buttonClass(variant, className)}>
      {icon}
      {children}
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className'> {
  label: string;
  children: ReactNode;
  keys?: string;
  variant?: Variant;
  className?: string;
}
/** An icon alone always has a name, shown as its tooltip. */
export function IconButton(props: IconButtonProps) {
  const { label, children, keys, variant = 'quiet', className, ...rest } = props;
  return (
    <TooltipTrigger delay={500}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={cx(shape, variants[variant], 'w-8', className)}
      >
        {children}
      </AriaButton>
      <Hint>
        {label}
        {keys && <Kbd>{keys}</Kbd>}
      </Hint>
    </TooltipTrigger>
  );
}

export function Hint({ children }: { children: ReactNode }) {
  return (
    <Tooltip
      offset={6}
      className="flex max-w-72 items-center gap-2 rounded-control border border-line bg-raised px-2 py-1 text-small text-ink shadow-2"
    >
      {children}
    </Tooltip>
  );
}

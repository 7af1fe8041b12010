import { type ReactNode, useId } from 'react';
import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Checkbox,
  FieldError,
  Input,
  Label,
  Switch,
  Text,
} from 'react-aria-components';
import { cx } from './cx';
import { Check } from './icons';

export const inputClass =
  'w-full min-w-0 rounded-control border border-line-strong bg-surface px-2.5 text-ink ' +
  'off:opacity-60 data-[invalid]:border-bad coarse:text-[16px]';
export const labelClass = 'text-small text-ink2';

export interface FieldProps extends Omit<AriaTextFieldProps, 'children' | 'className'> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  placeholder?: string | undefined;
  hideLabel?: boolean;
  className?: string;
  after?: ReactNode;
}
export function TextField(props: FieldProps) {
  const { label, hint, error, placeholder, hideLabel, className, after, ...rest } = props;
  return (
    <AriaTextField
      {...rest}
      isInvalid={error !== undefined}
      className={cx('flex min-w-0 flex-col gap-1', className)}
    >
      <Label className={hideLabel ? 'sr-only' : labelClass}>{label}</Label>
      <div className="flex items-center gap-1">
        <Input placeholder={placeholder ?? ''} className={cx(inputClass, 'h-8 coarse:h-11')} />
        {after}
      </div>
      <Below hint={hint} error={error} />
    </AriaTextField>
  );
}

export function TextArea({ rows = 3, ...props }: FieldProps & { rows?: number }) {
  const { label, hint, error, placeholder, hideLabel, className, after: _, ...rest } = props;
  return (
    <AriaTextField
      {...rest}
      isInvalid={error !== undefined}
      className={cx('flex min-w-0 flex-col gap-1', className)}
    >
      <Label className={hideLabel ? 'sr-only' : labelClass}>{label}</Label>
      <AriaTextArea
        rows={rows}
        placeholder={placeholder ?? ''}
        className={cx(inputClass, 'resize-y py-1.5')}
      />
      <Below hint={hint} error={error} />
    </AriaTextField>
  );
}

export function Below({ hint, error }: { hint?: ReactNode; error?: string | undefined }) {
  return (
    <>
      {hint && (
        <Text slot="description" className="text-small text-ink3">
          {hint}
        </Text>
      )}
      <FieldError className="text-small text-bad">{error}</FieldError>
    </>
  );
}

interface ToggleProps {
  label: string;
  value: boolean;
  onChange: (value: boolean) => void;
  disabled?: boolean;
}
export function CheckboxField({ label, value, onChange, disabled = false }: ToggleProps) {
  return (
    <Checkbox
      isSelected={value}
      onChange={onChange}
      isDisabled={disabled}
      className="group flex min-h-6 items-center gap-2"
    >
      <span className="flex size-4 items-center justify-center rounded-[4px] border border-line-strong bg-surface group-data-[selected]:border-accent group-data-[selected]:bg-accent group-data-[selected]:text-on-accent group-data-[focus-visible]:outline-2">
        {value && <Check />}
      </span>
      {label}
    </Checkbox>
  );
}

export function SwitchField({ label, value, onChange, disabled = false }: ToggleProps) {
  return (
    <Switch
      isSelected={value}
      onChange={onChange}
      isDisabled={disabled}
      className="group flex min-h-8 items-center justify-between gap-3"
    >
      {label}
      <span className="flex h-5 w-9 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 group-data-[selected]:border-accent group-data-[selected]:bg-accent">
        <span className="size-3.5 rounded-full bg-line-strong transition-transform group-data-[selected]:translate-x-4 group-data-[selected]:bg-on-accent" />
      </span>
    </Switch>
  );
}

interface SegmentedProps<T extends string> {
  label: string;
  hideLabel?: boolean;
  value: T;
  options: { value: T; label: string; icon?: ReactNode }[];
  onChange: (value: T) => void;
}
/** A choice of two to four, all in sight. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { label, hideLabel, value, options, onChange } = props;
  const name = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className={hideLabel ? 'sr-only' : cx(labelClass, 'mb-1')}>{label}</legend>
      <div className="inline-flex w-fit max-w-full flex-wrap rounded-control border border-line bg-sunken p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            className={cx(
              'relative flex h-7 items-center gap-1.5 rounded-[5px] px-2.5 whitespace-nowrap has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent coarse:h-10',
              option.value === value
                ? 'bg-raised font-medium text-ink shadow-1'
                : 'text-ink2 hover:text-ink',
            )}
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.icon}
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

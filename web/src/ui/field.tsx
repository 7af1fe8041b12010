import type { ReactNode } from 'react';
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
import { inputClass, labelClass } from './field_class';
import { Check } from './icons';

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

import type { ReactNode } from 'react';
import {
  Select as AriaSelect,
  Button,
  ComboBox,
  Input,
  type Key,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';
import { cx } from './cx';
import { Below } from './field';
import { inputClass, labelClass } from './field_class';
import { ChevronDown } from './icons';

const popover =
  'appear min-w-(--trigger-width) overflow-auto rounded-card border border-line bg-raised p-1 shadow-2';
const option =
  'flex min-h-8 cursor-default items-center gap-2 rounded-chip px-2 py-1 focused:bg-hover chosen:bg-select off:opacity-50 coarse:min-h-11';

export interface Option {
  id: string;
  label: string;
  detail?: ReactNode;
  icon?: ReactNode;
}
interface SelectProps {
  label: string;
  hideLabel?: boolean;
  options: Option[];
  value: string | undefined;
  onChange: (value: string) => void;
  placeholder?: string;
  hint?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  autoFocus?: boolean;
}

function Row({ item }: { item: Option }) {
  return (
    <ListBoxItem id={item.id} textValue={item.label} className={option}>
      {item.icon}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.detail && <span className="text-small text-ink3">{item.detail}</span>}
    </ListBoxItem>
  );
}

export function Select(props: SelectProps) {
  const { label, hideLabel, options, value, onChange, placeholder, hint, error } = props;
  return (
    <AriaSelect
      value={value ?? null}
      onChange={(key: Key | null) => key !== null && onChange(String(key))}
      placeholder={placeholder ?? ''}
      isInvalid={error !== undefined}
      isRequired={props.required ?? false}
      validationBehavior="aria"
      autoFocus={props.autoFocus ?? false}
      className="flex min-w-0 flex-col gap-1"
    >
      <Label className={hideLabel ? 'sr-only' : labelClass}>{label}</Label>
      <Button className={cx(inputClass, 'flex h-8 items-center gap-2 text-left coarse:h-11')}>
        <SelectValue className="min-w-0 flex-1 truncate data-[placeholder]:text-ink3">
          {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
        </SelectValue>
        <ChevronDown />
      </Button>
      <Below hint={hint} error={error} />
      <Popover className={popover} offset={4}>
        <ListBox items={options}>{(item) => <Row item={item} />}</ListBox>
      </Popover>
    </AriaSelect>
  );
}

interface ComboProps extends SelectProps {
  text: string;
  onText: (text: string) => void;
  /** Shown when nothing fits what is typed. */
  empty: ReactNode;
}
/** A choice among many: the caller finds the options for the typed text. */
export function Combo(props: ComboProps) {
  const { label, hideLabel, options, value, onChange, text, onText, empty, hint, error } = props;
  return (
    <ComboBox
      items={options}
      value={value ?? null}
      onChange={(key: Key | null) => key !== null && onChange(String(key))}
      inputValue={text}
      onInputChange={onText}
      allowsEmptyCollection
      allowsCustomValue
      menuTrigger="input"
      isInvalid={error !== undefined}
      isRequired={props.required ?? false}
      validationBehavior="aria"
      autoFocus={props.autoFocus ?? false}
      className="flex min-w-0 flex-col gap-1"
    >
      <Label className={hideLabel ? 'sr-only' : labelClass}>{label}</Label>
      <Input placeholder={props.placeholder ?? ''} className={cx(inputClass, 'h-8 coarse:h-11')} />
      <Below hint={hint} error={error} />
      <Popover className={popover} offset={4}>
        <section aria-label={label}>
          <ListBox<Option> renderEmptyState={() => <p className="p-2 text-ink2">{empty}</p>}>
            {(item) => <Row item={item} />}
          </ListBox>
        </section>
      </Popover>
    </ComboBox>
  );
}

import { type ReactNode, useId } from 'react';
import { cx } from './cx';
import { labelClass } from './field_class';

interface SegmentedProps<T extends string> {
  label: string;
  hideLabel?: boolean;
  value: T;
  options: { value: T; label: string; icon?: ReactNode }[];
  onChange: (value: T) => void;
}
/** A choice of two to four, all in sight; on a phone icons stand for what is not chosen. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { label, hideLabel, value, options, onChange } = props;
  const name = useId();
  const iconic = options.every(({ icon }) => icon !== undefined);
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className={hideLabel ? 'sr-only' : cx(labelClass, 'mb-1')}>{label}</legend>
      <div className="inline-flex w-fit max-w-full flex-wrap rounded-control border border-line bg-sunken p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            {...(iconic && { title: option.label })}
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
            <span className={cx(iconic && option.value !== value && 'max-md:sr-only')}>
              {option.label}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

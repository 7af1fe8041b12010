import { useRef } from 'react';
import { cx } from '../cx';
import { inputClass } from '../field_class';
import { Search } from '../icons';

interface SearchBoxProps {
  value: string;
  label: string;
  onChange: (text: string) => void;
}
const settleMs = 250;

export function SearchBox({ value, label, onChange }: SearchBoxProps) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const typed = useRef(value);
  return (
    <div className="relative w-56 max-md:min-w-0 max-md:flex-1">
      <span className="pointer-events-none absolute top-0 left-2 flex h-8 items-center text-ink3 coarse:h-11">
        <Search />
      </span>
      <input
        // Another text from outside begins anew; one's own stays under the cursor.
        key={value === typed.current ? 'own' : value}
        type="search"
        data-list-search
        aria-label={label}
        placeholder={label}
        defaultValue={value}
        maxLength={200}
        onChange={(event) => {
          const text = event.target.value.trim();
          clearTimeout(timer.current);
          timer.current = setTimeout(() => {
            typed.current = text;
            onChange(text);
          }, settleMs);
        }}
        className={cx(inputClass, 'h-8 border-line pl-8 coarse:h-11')}
      />
    </div>
  );
}
export const focusSearch = () =>
  document.querySelector<HTMLInputElement>('[data-list-search]')?.focus();

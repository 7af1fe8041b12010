import { type ReactNode, useRef } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { buttonClass } from './button';
import { cx } from './cx';
import { inputClass } from './field';
import { Close, FilterIcon, Search } from './icons';
import { Kbd } from './kbd';

export interface FilterChip {
  id: string;
  field: string;
  value: string;
  onRemove: () => void;
}
interface FilterBarProps {
  chips: FilterChip[];
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
  search: string;
  searchLabel: string;
  onSearch: (text: string) => void;
  end?: ReactNode;
}
/** The chips read as a sentence: «Ответственный это Ирина Попова». */
export function FilterBar(props: FilterBarProps) {
  const { chips, isOpen, onOpenChange, children, search, searchLabel, onSearch, end } = props;
  const { t } = useTranslation();
  return (
    <div className="flex flex-wrap items-center gap-2 px-5 py-2.5 max-md:px-4">
      <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
        <AriaButton className={buttonClass('quiet', 'px-2')}>
          <FilterIcon />
          {t('filter')}
          <span aria-hidden className="max-md:hidden">
            <Kbd>F</Kbd>
          </span>
        </AriaButton>
        <Popover
          offset={4}
          placement="bottom start"
          className="appear w-80 max-w-[92vw] rounded-card border border-line bg-raised p-4 shadow-2"
        >
          <Dialog aria-label={t('filter')} className="flex flex-col gap-3 outline-none">
            {children}
          </Dialog>
        </Popover>
      </DialogTrigger>
      <SearchBox value={search} label={searchLabel} onChange={onSearch} />
      {chips.length > 0 && (
        <ul className="contents">
          {chips.map((chip) => (
            <li
              key={chip.id}
              className="flex h-7 items-center gap-1 rounded-control border border-line bg-raised pl-2 shadow-1"
            >
              <span className="text-ink2">{chip.field}</span>
              <span className="font-medium">{chip.value}</span>
              <button
                type="button"
                aria-label={`${t('filter_drop')}: ${chip.field}`}
                onClick={chip.onRemove}
                className="flex size-7 items-center justify-center text-ink3 hover:text-ink coarse:size-11"
              >
                <Close />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="ml-auto flex items-center gap-2">{end}</div>
    </div>
  );
}

function SearchBox({
  value,
  label,
  onChange,
}: {
  value: string;
  label: string;
  onChange: (text: string) => void;
}) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return (
    <div className="relative w-56 max-md:w-full">
      <span className="pointer-events-none absolute top-0 left-2 flex h-8 items-center text-ink3 coarse:h-11">
        <Search />
      </span>
      <input
        key={value}
        type="search"
        data-list-search
        aria-label={label}
        placeholder={label}
        defaultValue={value}
        maxLength={200}
        onChange={(event) => {
          const typed = event.target.value;
          clearTimeout(timer.current);
          timer.current = setTimeout(() => onChange(typed.trim()), 250);
        }}
        className={cx(inputClass, 'h-8 border-line pl-8 coarse:h-11')}
      />
    </div>
  );
}
export const focusSearch = () =>
  document.querySelector<HTMLInputElement>('[data-list-search]')?.focus();

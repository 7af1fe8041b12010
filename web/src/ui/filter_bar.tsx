import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button';
import { cx } from './cx';
import { useDeferred } from './deferred';
import { inputClass } from './field_class';
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
  /** Drawn only while the panel is open. */
  fields: () => ReactNode;
  search: string;
  searchLabel: string;
  onSearch: (text: string) => void;
  end?: ReactNode;
}
/** The chips read as a sentence: «Ответственный это Ирина Попова». */
export function FilterBar(props: FilterBarProps) {
  const { chips, isOpen, onOpenChange, fields, search, searchLabel, onSearch, end } = props;
  const { t } = useTranslation();
  return (
    <div className="flex flex-wrap items-center gap-2 px-5 py-2.5 max-md:px-4">
      <Panel isOpen={isOpen} onOpenChange={onOpenChange} fields={fields} />
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

interface PanelProps {
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  fields: () => ReactNode;
}
const load = () => import('./filter_panel').then(({ FilterPanel }) => FilterPanel);

function Panel(props: PanelProps) {
  const { t } = useTranslation();
  const Full = useDeferred('filter_panel', load);
  const trigger = (
    <Button variant="quiet" icon={<FilterIcon />} className="px-2">
      {t('filter')}
      <span aria-hidden className="max-md:hidden">
        <Kbd>F</Kbd>
      </span>
    </Button>
  );
  return Full ? <Full {...props} trigger={trigger} /> : trigger;
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
    <div className="relative w-56 max-md:order-last max-md:w-full">
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

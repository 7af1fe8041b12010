import { type KeyboardEvent, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazy } from '@/lib/lazy';
import { type Clause, complete, type Filter, opsFor, valueCount } from '@/lib/list/filter';
import { useSession } from '@/lib/session';
import { Button } from '../button';
import { Close, FilterIcon } from '../icons';
import { Kbd } from '../kbd';
import { Menu } from '../menu';
import { describe } from './describe';
import type { FilterField } from './types';

const ClauseEditor = lazy(() =>
  import('./clause_editor').then(({ ClauseEditor }) => ({ default: ClauseEditor })),
);

interface FilterChipsProps {
  fields: FilterField[];
  filter: Filter;
  onChange: (filter: Filter) => void;
  /** The menu of fields, opened by its button or by F. */
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
}
/** What the list is narrowed to, as a sentence; every part of it is edited where it stands. */
export function FilterChips({ fields, filter, onChange, isOpen, onOpenChange }: FilterChipsProps) {
  const { t } = useTranslation(['list', 'common']);
  // A condition that is being made stands last and counts only once it says something.
  const [draft, setDraft] = useState<Clause>();
  const [edited, setEdited] = useState<number>();
  const list = useRef<HTMLUListElement>(null);
  const clauses = draft ? [...filter, draft] : filter;
  const put = (at: number, clause: Clause) => {
    if (at >= filter.length) setDraft(clause);
    const next = at < filter.length ? filter.map((old, i) => (i === at ? clause : old)) : undefined;
    const said = complete(next ?? [...filter, clause]);
    if (at >= filter.length && said.length > filter.length) {
      setDraft(undefined);
      onChange([...filter, clause]);
    } else if (at < filter.length) {
      onChange(filter.map((old, i) => (i === at ? (complete([clause])[0] ?? old) : old)));
    }
  };
  const remove = (at: number) => {
    setEdited(undefined);
    setDraft(undefined);
    onChange(filter.filter((_, i) => i !== at));
    requestAnimationFrame(() => {
      const chips = list.current?.querySelectorAll<HTMLElement>('[data-chip]');
      (
        chips?.[Math.min(at, chips.length - 1)] ??
        document.querySelector<HTMLElement>('[data-filter]')
      )?.focus();
    });
  };
  const add = (field: FilterField) => {
    const op = opsFor(field)[0] ?? 'is';
    const values = field.kind === 'boolean' ? ['true'] : [];
    const clause: Clause = [{ field: field.id, op, values }];
    if (values.length >= valueCount(op)) onChange([...filter, clause]);
    else setDraft(clause);
    setEdited(filter.length);
  };
  return (
    <>
      <Menu
        label={t('common:filter')}
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        trigger={
          <Button variant="quiet" icon={<FilterIcon />} className="px-2" data-filter>
            {t('common:filter')}
            <span aria-hidden className="max-md:hidden">
              <Kbd>F</Kbd>
            </span>
          </Button>
        }
        actions={fields.map((field) => ({
          id: field.id,
          label: field.label,
          run: () => add(field),
        }))}
      />
      {clauses.length > 0 && (
        <ul ref={list} aria-label={t('list:filter_chips')} className="contents">
          {clauses.map((clause, at) => (
            <Chip
              key={at}
              clause={clause}
              fields={fields}
              isOpen={edited === at}
              onOpenChange={(open) => {
                setEdited(open ? at : undefined);
                if (!open) setDraft(undefined);
              }}
              onChange={(next) => put(at, next)}
              onRemove={() => remove(at)}
            />
          ))}
        </ul>
      )}
    </>
  );
}

interface ChipProps {
  clause: Clause;
  fields: FilterField[];
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  onChange: (clause: Clause) => void;
  onRemove: () => void;
}
function Chip({ clause, fields, isOpen, onOpenChange, onChange, onRemove }: ChipProps) {
  const { t } = useTranslation('list');
  const { today } = useSession();
  const button = useRef<HTMLButtonElement>(null);
  const fieldOf = (id: string) => fields.find((field) => field.id === id);
  const title = clause.map(({ field }) => fieldOf(field)?.label ?? '').join(` ${t('or')} `);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Backspace' && event.key !== 'Delete') return;
    event.preventDefault();
    onRemove();
  };
  return (
    <li className="flex h-7 max-w-full items-center rounded-control border border-line bg-raised shadow-1 coarse:h-11">
      <button
        ref={button}
        type="button"
        data-chip
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => onOpenChange(!isOpen)}
        onKeyDown={onKeyDown}
        className="flex h-full min-w-0 items-center gap-1 rounded-control pl-2 whitespace-nowrap hover:bg-hover"
      >
        {clause.map((condition, at) => {
          const field = fieldOf(condition.field);
          if (!field) return null;
          const said = describe(condition, field, today, t);
          return (
            <span key={at} className="flex min-w-0 gap-1">
              {at > 0 && <span className="text-ink3">{t('or')}</span>}
              <span className="text-ink2">{field.label}</span>
              {said.op && <span className="text-ink2">{said.op}</span>}
              <span className="truncate font-medium">{said.value || '…'}</span>
            </span>
          );
        })}
      </button>
      <button
        type="button"
        aria-label={t('filter_remove', { field: title })}
        onClick={onRemove}
        className="flex size-7 shrink-0 items-center justify-center rounded-control text-ink3 hover:text-ink coarse:size-11"
      >
        <Close />
      </button>
      <Suspense>
        {isOpen && (
          <ClauseEditor
            title={title}
            anchor={button}
            clause={clause}
            fields={fields}
            onChange={onChange}
            onClose={() => onOpenChange(false)}
          />
        )}
      </Suspense>
    </li>
  );
}

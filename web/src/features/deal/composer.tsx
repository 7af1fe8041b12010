import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddJournalEntry } from '@/lib/data/journal';
import { useColleagues } from '@/lib/data/people';
import { toastFailure } from '@/lib/messages';
import { useMe } from '@/lib/session';
import type { Deal, User } from '@/lib/types';
import { Avatar } from '@/ui/avatar';
import { Button } from '@/ui/button';
import { cx } from '@/ui/cx';
import { inputClass } from '@/ui/field_class';
import { Kbd } from '@/ui/kbd';
import { candidates, mentionAt, mentionedIn } from './mentions';

/** What is typed lives in memory: it survives a change of tab, never a reload. */
const drafts = new Map<string, string>();

export function Composer({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals');
  const me = useMe();
  const people = useColleagues().filter(({ id }) => id !== me.id);
  const [text, setText] = useState(drafts.get(deal.id) ?? '');
  const add = useAddJournalEntry(deal.id);
  const field = useRef<HTMLTextAreaElement>(null);
  const mention = useMention(field, text, people);
  const listId = useId();
  const write = (next: string) => {
    drafts.set(deal.id, next);
    setText(next);
  };
  const send = () => {
    const entry = text.trim();
    if (!entry || add.isPending) return;
    add.mutate(
      { text: entry, mentioned_ids: mentionedIn(entry, people) },
      { onSuccess: () => write(''), onError: toastFailure },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    } else mention.onKeyDown(event, (person) => write(mention.put(person)));
  };
  return (
    <div className="relative">
      <textarea
        ref={field}
        data-composer
        aria-label={t('composer')}
        aria-autocomplete="list"
        aria-controls={mention.people.length > 0 ? listId : undefined}
        placeholder={t('composer_hint')}
        value={text}
        maxLength={10000}
        rows={text ? 4 : 1}
        onChange={(event) => {
          write(event.target.value);
          mention.look(event.target.value, event.target.selectionStart);
        }}
        onKeyDown={onKeyDown}
        className={cx(inputClass, 'block resize-y py-2')}
      />
      {mention.people.length > 0 && (
        <ul
          id={listId}
          aria-label={t('mentions')}
          className="appear absolute top-full z-20 mt-1 w-72 rounded-card border border-line bg-raised p-1 shadow-2"
        >
          {mention.people.map((person, index) => (
            <li key={person.id}>
              <button
                type="button"
                tabIndex={-1}
                onMouseDown={(event) => {
                  event.preventDefault();
                  write(mention.put(person));
                }}
                className={cx(
                  'flex min-h-8 w-full items-center gap-2 rounded-chip px-2 text-left hover:bg-hover',
                  index === mention.chosen && 'bg-hover',
                )}
              >
                <Avatar name={person.full_name} size="small" />
                {person.full_name}
              </button>
            </li>
          ))}
        </ul>
      )}
      {text.trim() && (
        <div className="mt-2 flex items-center justify-end gap-3">
          <Kbd>Ctrl ↵</Kbd>
          <Button variant="primary" onPress={send} isPending={add.isPending}>
            {t('send')}
          </Button>
        </div>
      )}
    </div>
  );
}

function useMention(field: { current: HTMLTextAreaElement | null }, text: string, people: User[]) {
  const [query, setQuery] = useState<string>();
  const [chosen, setChosen] = useState(0);
  const found = query === undefined ? [] : candidates(people, query);
  const look = (typed: string, caret: number) => {
    setQuery(mentionAt(typed, caret)?.query);
    setChosen(0);
  };
  const put = (person: User) => {
    const caret = field.current?.selectionStart ?? text.length;
    const at = mentionAt(text, caret);
    setQuery(undefined);
    field.current?.focus();
    if (!at) return text;
    return `${text.slice(0, at.from)}@${person.full_name} ${text.slice(caret)}`;
  };
  const onKeyDown = (event: KeyboardEvent, choose: (person: User) => void) => {
    if (found.length === 0) return;
    if (event.key === 'ArrowDown') setChosen((known) => (known + 1) % found.length);
    else if (event.key === 'ArrowUp')
      setChosen((known) => (known + found.length - 1) % found.length);
    else if (event.key === 'Escape') setQuery(undefined);
    else if (event.key === 'Enter' || event.key === 'Tab') {
      const person = found[chosen];
      if (person) choose(person);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { people: found, chosen, look, put, onKeyDown };
}

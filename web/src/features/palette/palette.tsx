import { useQueries } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { searchQuery } from '@/lib/data/audit';
import { otherLayout } from '@/lib/text';
import { useDebounced } from '@/parts/use_debounced';
import { cx } from '@/ui/cx';
import { Search } from '@/ui/icons';
import { Kbd } from '@/ui/kbd';
import { isKind, kinds, signOf, useOpen } from './kinds';
import { recent, remember } from './recent';
import { type Command, useCommands } from './use_commands';

const groups = ['recent', 'actions', ...kinds] as const;
type Group = (typeof groups)[number];
interface Line extends Command {
  group: Group;
  detail?: string | undefined;
}

/** One field for people, deals and commands; the focused line stays when the server's answers join. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('palette');
  const [text, setText] = useState('');
  const [chosenId, setChosenId] = useState<string>();
  const listId = useId();
  const { lines, missing, waiting } = useLines(text.trim());
  const at = Math.max(
    0,
    lines.findIndex(({ id }) => id === chosenId),
  );
  const run = (line: Line | undefined) => {
    if (!line) return;
    onClose();
    line.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosenId(lines[(at + 1) % lines.length]?.id);
    else if (event.key === 'ArrowUp')
      setChosenId(lines[(at + lines.length - 1) % lines.length]?.id);
    else if (event.key === 'Enter') run(lines[at]);
    else if (event.key === 'Escape' && text) setText('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className="fixed inset-0 z-40 flex items-start justify-center bg-veil p-4 pt-[12vh] max-md:p-0"
      data-modal
    >
      <Modal className="appear flex max-h-[70vh] w-full max-w-xl flex-col overflow-hidden rounded-panel border border-line bg-raised shadow-2 max-md:h-full max-md:max-h-full max-md:rounded-none">
        <Dialog aria-label={t('title')} className="flex min-h-0 flex-1 flex-col outline-none">
          <div className="flex items-center gap-2.5 border-b border-line px-4 text-ink3">
            <Search />
            <input
              autoFocus
              role="combobox"
              aria-label={t('title')}
              aria-expanded
              aria-controls={listId}
              aria-activedescendant={lines[at] ? `${listId}-${lines[at].id}` : undefined}
              aria-autocomplete="list"
              placeholder={t('hint')}
              value={text}
              maxLength={200}
              onChange={(event) => {
                setText(event.target.value);
                setChosenId(undefined);
              }}
              onKeyDown={onKeyDown}
              className="h-12 flex-1 bg-transparent text-head text-ink outline-none focus-visible:outline-none"
            />
            <Kbd>Esc</Kbd>
          </div>
          <ResultList id={listId} lines={lines} chosen={at} onChoose={setChosenId} onRun={run} />
          {lines.length === 0 && !waiting && (
            <div className="px-4 py-8 text-center" role="status">
              <p className="font-medium">{t('empty')}</p>
              <p className="text-ink2">{t('empty_text')}</p>
            </div>
          )}
          {missing.length > 0 && (
            <p className="border-t border-line px-4 py-2 text-small text-warn">
              {t('missing', { names: missing.join(', ') })}
            </p>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ResultListProps {
  id: string;
  lines: Line[];
  chosen: number;
  onChoose: (id: string) => void;
  onRun: (line: Line) => void;
}
function ResultList({ id, lines, chosen, onChoose, onRun }: ResultListProps) {
  const { t } = useTranslation('palette');
  return (
    <div id={id} role="listbox" aria-label={t('results')} className="min-h-0 overflow-y-auto p-1.5">
      {groups.map((group) => {
        const own = lines.filter((line) => line.group === group);
        return (
          own.length > 0 && (
            <div key={group} role="group" aria-label={t(group)}>
              <p aria-hidden className="px-2.5 pt-2 pb-1 text-chip text-ink3">
                {t(group)}
              </p>
              {own.map((line) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the field.
                // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field.
                <div
                  key={line.id}
                  id={`${id}-${line.id}`}
                  role="option"
                  aria-selected={lines[chosen]?.id === line.id}
                  onPointerMove={() => onChoose(line.id)}
                  onClick={() => onRun(line)}
                  className={cx(
                    'flex min-h-9 items-center gap-2.5 rounded-chip px-2.5 coarse:min-h-11',
                    lines[chosen]?.id === line.id && 'bg-select',
                  )}
                >
                  <span className="text-ink2">{line.icon}</span>
                  <span className="min-w-0 flex-1 truncate">{line.label}</span>
                  {line.detail && (
                    <span className="max-w-[50%] truncate text-small text-ink2">{line.detail}</span>
                  )}
                  {line.keys && <Kbd>{line.keys}</Kbd>}
                </div>
              ))}
            </div>
          )
        );
      })}
    </div>
  );
}

const byKind = (lines: Line[]): Line[] =>
  kinds.flatMap((kind) => lines.filter(({ group }) => group === kind));

function useLines(text: string) {
  const open = useOpen();
  const commands = useCommands(text);
  const settled = useDebounced(text, 120);
  const spellings = [...new Set([settled, otherLayout(settled)])].filter((q) => q.length > 1);
  const answers = useQueries({ queries: spellings.map(searchQuery) });
  const own: Line[] = commands.map((command) => ({ ...command, group: 'actions' }));
  const lastSeen: Line[] = text
    ? []
    : recent().map((item) => ({
        ...item,
        id: `recent-${item.id}`,
        group: 'recent',
        icon: signOf[item.kind],
        run: () => open(item.kind, item.id),
      }));
  const hits = new Map<string, Line>();
  for (const hit of answers.flatMap(({ data }) => data?.results ?? [])) {
    const { kind } = hit;
    if (hits.has(hit.id) || !isKind(kind)) continue;
    hits.set(hit.id, {
      id: hit.id,
      label: hit.title,
      detail: hit.subtitle,
      group: kind,
      icon: signOf[kind],
      run: () => {
        remember({ id: hit.id, kind, label: hit.title });
        open(kind, hit.id);
      },
    });
  }
  return {
    lines: [...lastSeen, ...own, ...(text ? byKind([...hits.values()]) : [])],
    missing: [...new Set(answers.flatMap(({ data }) => data?.missing ?? []))],
    waiting: settled !== text || answers.some(({ isFetching }) => isFetching),
  };
}

import { type RefObject, useEffect, useRef, useState } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type Clause, type Condition, opsFor } from '@/lib/list/filter';
import { Button, IconButton } from '../button';
import { Close, Plus } from '../icons';
import { Select } from '../select';
import { ConditionFields } from './condition_fields';
import type { FilterField } from './types';

interface ClauseEditorProps {
  title: string;
  anchor: RefObject<HTMLElement | null>;
  clause: Clause;
  fields: FilterField[];
  onChange: (clause: Clause) => void;
  onClose: () => void;
}
const settleMs = 300;

/** Changes a chip where it stands. What is chosen holds at once, no button to confirm it. */
export function ClauseEditor(props: ClauseEditorProps) {
  const { title, anchor, fields, onClose } = props;
  const { t } = useTranslation('list');
  const [clause, setClause] = useState(props.clause);
  const said = useRef(props.clause);
  const tell = useRef(props.onChange);
  tell.current = props.onChange;
  const flush = () => {
    if (said.current !== clause) tell.current(clause);
    said.current = clause;
  };
  useEffect(() => {
    const timer = setTimeout(() => {
      if (said.current !== clause) tell.current(clause);
      said.current = clause;
    }, settleMs);
    return () => clearTimeout(timer);
  }, [clause]);
  const put = (at: number, condition: Condition) =>
    setClause((known) => known.map((old, i) => (i === at ? condition : old)));
  const fieldOf = (id: string) => fields.find((field) => field.id === id);
  const fresh = (id: string): Condition => {
    const field = fieldOf(id);
    return {
      field: id,
      op: (field && opsFor(field)[0]) ?? 'is',
      values: field?.kind === 'boolean' ? ['true'] : [],
    };
  };
  return (
    <Popover
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => {
        if (open) return;
        flush();
        onClose();
      }}
      offset={4}
      placement="bottom start"
      className="appear max-h-[70vh] w-80 max-w-[92vw] overflow-auto rounded-card border border-line bg-raised p-4 shadow-2"
    >
      <Dialog aria-label={title} className="flex flex-col gap-3 outline-none">
        {clause.map((condition, at) => {
          const field = fieldOf(condition.field);
          return (
            <div key={at} className="flex flex-col gap-2">
              {clause.length > 1 && (
                <div className="flex items-end gap-1">
                  <Select
                    label={at > 0 ? t('or_field') : t('field')}
                    options={fields.map(({ id, label }) => ({ id, label }))}
                    value={condition.field}
                    onChange={(id) => put(at, fresh(id))}
                  />
                  <IconButton
                    label={t('or_remove')}
                    onPress={() => setClause((known) => known.filter((_, i) => i !== at))}
                  >
                    <Close />
                  </IconButton>
                </div>
              )}
              {field && (
                <ConditionFields
                  key={field.id}
                  field={field}
                  condition={condition}
                  onChange={(next) => put(at, next)}
                />
              )}
            </div>
          );
        })}
        <Button
          variant="quiet"
          icon={<Plus />}
          className="self-start"
          onPress={() => setClause((known) => [...known, fresh(known[0]?.field ?? '')])}
        >
          {t('or_add')}
        </Button>
      </Dialog>
    </Popover>
  );
}

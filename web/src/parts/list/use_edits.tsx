import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { snapshot } from '@/lib/data/deal_cache';
import { Problem } from '@/lib/http';
import { lazy } from '@/lib/lazy';
import { patchRows, refreshLists } from '@/lib/list/resource';
import { toastFailure } from '@/lib/messages';
import type { CellEdit } from '@/ui/list/types';
import type { EditOf, ListOf } from './types';

const Conflict = lazy(() => import('../conflict').then(({ Conflict }) => ({ default: Conflict })));

interface Clash<Row> {
  mine: Partial<Row>;
  base: Row;
  theirs: Row;
  again: (theirs: Row) => void;
}
/** Saves cells: shown at once, put back exactly when refused, both values when somebody was first. */
export function useEdits<Row extends { id: string }>(list: ListOf<Row>) {
  const client = useQueryClient();
  const { name, get } = list.resource;
  const [clash, setClash] = useState<Clash<Row>>();
  const save = async (edit: EditOf<Row>, row: Row, value: string | undefined) => {
    if (!list.update) return;
    const shown = edit.change(value, row);
    const fields = edit.fields ? edit.fields(value, row) : shown;
    await client.cancelQueries({ queryKey: [name] });
    const putBack = snapshot(client, name);
    patchRows<Row>(client, name, row.id, (known) => ({ ...known, ...shown }));
    try {
      const saved = await list.update(row, fields);
      patchRows<Row>(client, name, row.id, (known) => ({ ...known, ...saved }));
    } catch (failure) {
      putBack();
      if (!(failure instanceof Problem && failure.status === 412 && get)) toastFailure(failure);
      else await meet(edit, row, value, shown);
    }
    refreshLists(client, name);
  };
  const meet = async (
    edit: EditOf<Row>,
    base: Row,
    value: string | undefined,
    mine: Partial<Row>,
  ) => {
    try {
      const theirs = await (get as (id: string) => Promise<Row>)(base.id);
      patchRows<Row>(client, name, base.id, () => theirs);
      setClash({ mine, base, theirs, again: (newest) => void save(edit, newest, value) });
    } catch (failure) {
      toastFailure(failure);
    }
  };
  return {
    of: (edit: EditOf<Row>): CellEdit<Row> => ({
      ...edit,
      save: (row, value) => void save(edit, row, value),
    }),
    conflict: clash && (
      <Suspense>
        <Conflict
          mine={clash.mine}
          base={clash.base}
          theirs={clash.theirs}
          onClose={() => setClash(undefined)}
          onSave={(kept) => {
            setClash(undefined);
            if (Object.keys(kept).length > 0) clash.again(clash.theirs);
          }}
        />
      </Suspense>
    ),
  };
}

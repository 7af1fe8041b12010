import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchDone, BatchResult } from '@/lib/list/batch';
import { allRows, type ListReply, refreshLists } from '@/lib/list/resource';
import { toastFailure } from '@/lib/messages';
import { toast } from '@/lib/toast';
import { BulkBar } from '@/ui/list/bulk_bar';
import { BulkPreview, BulkReport } from './bulk_dialogs';
import { ExportMenu } from './export_menu';
import type { BulkOf, ListOf } from './types';
import type { ListState } from './use_list';
import type { Chosen } from './use_selection';

interface BulkProps<Row extends { id: string }> {
  list: ListOf<Row>;
  actions: BulkOf<Row>[];
  rows: Row[];
  selection: Chosen;
  state: ListState<Row>;
  totals: ListReply | undefined;
}
type Step<Row> =
  | { at: 'asking'; action: BulkOf<Row>; rows: Row[] }
  | { at: 'preview'; action: BulkOf<Row>; rows: Row[]; answer: string }
  | { at: 'running'; done: number; of: number }
  | { at: 'report'; action: BulkOf<Row>; rows: Row[]; results: BatchResult[]; undo: () => void };
const manyRows = 20;
const atOnce = 200;

/** What is done to the chosen rows: asked for, shown, done in parts, told row by row, returnable. */
export function Bulk<Row extends { id: string }>(props: BulkProps<Row>) {
  const { list, actions, rows, selection, state, totals } = props;
  const { t } = useTranslation(['list', 'common']);
  const client = useQueryClient();
  const [step, setStep] = useState<Step<Row>>();
  const size = totals?.total_size ?? 0;
  const close = () => setStep(undefined);
  const chosen = rows.filter(({ id }) => selection.ids.has(id));

  const start = async (action: BulkOf<Row>) => {
    try {
      const taken = selection.everything ? await allRows(list.resource, state.query) : chosen;
      if (action.ask) setStep({ at: 'asking', action, rows: taken });
      else consider(action, taken, '');
    } catch (failure) {
      toastFailure(failure);
    }
  };
  const consider = (action: BulkOf<Row>, chosen: Row[], answer: string) => {
    const skips = chosen.some((row) => action.skip?.(row) !== undefined);
    if (action.careful || skips || chosen.length > manyRows) {
      setStep({ at: 'preview', action, rows: chosen, answer });
    } else void run(action, chosen, answer);
  };
  const run = async (action: BulkOf<Row>, chosen: Row[], answer: string) => {
    const fit = chosen.filter((row) => action.skip?.(row) === undefined);
    const replies: BatchDone[] = [];
    try {
      for (let from = 0; from < fit.length; from += atOnce) {
        setStep({ at: 'running', done: from, of: fit.length });
        replies.push(await action.run(fit.slice(from, from + atOnce), answer));
      }
    } catch (failure) {
      toastFailure(failure);
    }
    refreshLists(client, list.resource.name);
    tell(action, fit, replies);
  };
  const tell = (action: BulkOf<Row>, fit: Row[], replies: BatchDone[]) => {
    const results = replies.flatMap((reply) => reply.results);
    const undos = replies.flatMap(({ undo }) => (undo ? [undo] : []));
    const undo = () => void putBack(undos);
    const done = results.filter(({ ok }) => ok).length;
    if (results.some(({ ok }) => !ok)) {
      setStep({ at: 'report', action, rows: fit, results, undo });
      return;
    }
    close();
    selection.clear();
    if (done > 0) {
      toast(t('list:bulk_done', { count: done }), undos.length > 0 ? { undo } : {});
    }
  };
  const putBack = async (undos: NonNullable<BatchDone['undo']>[]) => {
    try {
      const replies = [];
      for (const undo of [...undos].reverse()) replies.push(await undo());
      const failed = replies.flatMap(({ results }) => results ?? []).filter(({ ok }) => !ok).length;
      if (failed > 0) toast(t('list:bulk_not_returned', { count: failed }), { tone: 'bad' });
      else toast(t('list:bulk_returned'));
    } catch (failure) {
      toastFailure(failure);
    }
    refreshLists(client, list.resource.name);
  };
  return (
    <>
      <BulkBar
        count={selection.everything ? size : selection.ids.size}
        total={selection.state === 'all' && !selection.everything ? size : undefined}
        onEverything={selection.chooseEverything}
        onClear={selection.clear}
        progress={step?.at === 'running' ? step : undefined}
        actions={actions.map((action) => ({ ...action, run: () => void start(action) }))}
        more={
          <ExportMenu
            list={list}
            state={state}
            chosen={selection.everything ? undefined : chosen.map(({ id }) => id)}
          />
        }
      />
      <Suspense>
        {step?.at === 'asking' &&
          step.action.ask?.({
            count: step.rows.length,
            rows: step.rows,
            onClose: close,
            onAnswer: (answer) => {
              close();
              consider(step.action, step.rows, answer);
            },
          })}
      </Suspense>
      {step?.at === 'preview' && (
        <BulkPreview
          action={step.action}
          rows={step.rows}
          onClose={close}
          onRun={() => void run(step.action, step.rows, step.answer)}
        />
      )}
      {step?.at === 'report' && (
        <BulkReport
          {...step}
          nameOf={(row) => list.columns[0]?.cell(row)}
          onClose={() => {
            close();
            selection.clear();
          }}
        />
      )}
    </>
  );
}

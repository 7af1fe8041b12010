import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchResult } from '@/lib/list/batch';
import { sentenceOf } from '@/lib/messages';
import { Button } from '@/ui/button';
import { Dialog, DialogBody, DialogFoot } from '@/ui/dialog';
import type { BulkOf } from './types';

/** Counts alike answers: «2 — сделка закрыта». */
function tally(texts: string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts];
}

interface BulkPreviewProps<Row> {
  action: BulkOf<Row>;
  rows: Row[];
  onRun: () => void;
  onClose: () => void;
}
/** «Изменится 46, пропустим 2: почему», before anything happens. */
export function BulkPreview<Row>({ action, rows, onRun, onClose }: BulkPreviewProps<Row>) {
  const { t } = useTranslation(['list', 'common']);
  const skipped = rows.map((row) => action.skip?.(row)).filter((why) => why !== undefined);
  const change = rows.length - skipped.length;
  return (
    <Dialog title={action.label} onClose={onClose}>
      <DialogBody>
        <p>{t('list:bulk_change', { count: change })}</p>
        {skipped.length > 0 && (
          <>
            <p>{t('list:bulk_skip', { count: skipped.length })}</p>
            <ul className="list-disc pl-5 text-ink2">
              {tally(skipped).map(([why, count]) => (
                <li key={why}>
                  {why}: {count}
                </li>
              ))}
            </ul>
          </>
        )}
      </DialogBody>
      <DialogFoot>
        <Button onPress={onClose}>{t('common:cancel')}</Button>
        <Button
          variant={action.bad ? 'danger' : 'primary'}
          isDisabled={change === 0}
          onPress={onRun}
        >
          {action.label}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

interface BulkReportProps<Row extends { id: string }> {
  action: BulkOf<Row>;
  rows: Row[];
  results: BatchResult[];
  undo: () => void;
  nameOf: (row: Row) => ReactNode;
  onClose: () => void;
}
/** What was done and what was not, row by row; what was done can be returned as a whole. */
export function BulkReport<Row extends { id: string }>(props: BulkReportProps<Row>) {
  const { action, rows, results, undo, nameOf, onClose } = props;
  const { t } = useTranslation(['list', 'common']);
  const failed = results.filter(({ ok }) => !ok);
  const done = results.length - failed.length;
  return (
    <Dialog title={action.label} onClose={onClose}>
      <DialogBody>
        <p role="status">{t('list:bulk_report', { done, failed: failed.length })}</p>
        <ul className="flex flex-col divide-y divide-line">
          {failed.map(({ id, code }) => {
            const row = rows.find((item) => item.id === id);
            return (
              <li key={id} className="flex flex-col py-1.5">
                <span className="font-medium">{row ? nameOf(row) : id}</span>
                <span className="text-small text-bad">{sentenceOf(code)}</span>
              </li>
            );
          })}
        </ul>
      </DialogBody>
      <DialogFoot>
        {done > 0 && (
          <Button
            onPress={() => {
              onClose();
              undo();
            }}
          >
            {t('list:bulk_return')}
          </Button>
        )}
        <Button variant="primary" onPress={onClose}>
          {t('common:close')}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

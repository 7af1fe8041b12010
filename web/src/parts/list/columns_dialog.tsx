import { useTranslation } from 'react-i18next';
import { type ColumnChoice, columnsText, moved, within } from '@/lib/list/columns';
import { Button, IconButton } from '@/ui/button';
import { Dialog, DialogBody, DialogFoot } from '@/ui/dialog';
import { CheckboxField } from '@/ui/field';
import { ChevronDown, ChevronUp, Minus, Plus } from '@/ui/icons';
import type { ColumnOf, ListOf } from './types';
import type { ListState } from './use_list';

interface ColumnsDialogProps<Row extends { id: string }> {
  list: ListOf<Row>;
  state: ListState<Row>;
  onClose: () => void;
}
/** Which columns, in which order, how wide. Every change shows at once behind the dialog. */
export function ColumnsDialog<Row extends { id: string }>(props: ColumnsDialogProps<Row>) {
  const { list, state, onClose } = props;
  const { t } = useTranslation(['list', 'common']);
  const shown = state.columns;
  const others = list.columns.filter(({ id }) => !shown.some((column) => column.id === id));
  const put = (columns: ColumnChoice[]) => state.set({ cols: columnsText(columns, state.pinned) });
  const widen = (column: ColumnOf<Row> & ColumnChoice, by: number) => {
    const width = column.resized ?? column.width ?? 200;
    put(shown.map((item) => (item === column ? { ...item, resized: within(width + by) } : item)));
  };
  return (
    <Dialog title={t('list:columns')} onClose={onClose}>
      <DialogBody>
        <ul className="flex flex-col">
          {shown.map((column, at) => (
            <li key={column.id} className="flex min-h-9 items-center gap-1">
              <span className="min-w-0 flex-1">
                <CheckboxField
                  label={column.label}
                  value
                  disabled={shown.length === 1}
                  onChange={() => put(shown.filter((item) => item !== column))}
                />
              </span>
              <IconButton
                label={t('list:narrower', { column: column.label })}
                onPress={() => widen(column, -24)}
              >
                <Minus />
              </IconButton>
              <IconButton
                label={t('list:wider', { column: column.label })}
                onPress={() => widen(column, 24)}
              >
                <Plus />
              </IconButton>
              <IconButton
                label={t('list:earlier', { column: column.label })}
                isDisabled={at === 0}
                onPress={() => put(moved(shown, at, -1))}
              >
                <ChevronUp />
              </IconButton>
              <IconButton
                label={t('list:later', { column: column.label })}
                isDisabled={at === shown.length - 1}
                onPress={() => put(moved(shown, at, 1))}
              >
                <ChevronDown />
              </IconButton>
            </li>
          ))}
          {others.map((column) => (
            <li key={column.id} className="flex min-h-9 items-center">
              <CheckboxField
                label={column.label}
                value={false}
                onChange={() => put([...shown, column])}
              />
            </li>
          ))}
        </ul>
        <CheckboxField
          label={t('list:pin')}
          value={state.pinned}
          onChange={(pin) => state.set({ cols: columnsText(shown, pin) })}
        />
      </DialogBody>
      <DialogFoot>
        <Button onPress={() => state.set({ cols: state.view.cols })}>
          {t('list:columns_reset')}
        </Button>
        <Button variant="primary" onPress={onClose}>
          {t('common:close')}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazy } from '@/lib/lazy';
import { Button } from '@/ui/button';
import { ChevronDown, ColumnsIcon, Download, GroupIcon } from '@/ui/icons';
import { usePhone } from '@/ui/media';
import { Menu } from '@/ui/menu';
import type { ListOf } from './types';
import type { ListState } from './use_list';

const ColumnsDialog = lazy(() =>
  import('./columns_dialog').then(({ ColumnsDialog }) => ({ default: ColumnsDialog })),
) as unknown as typeof import('./columns_dialog').ColumnsDialog;

const ExportMenu = lazy(() =>
  import('./export_menu').then(({ ExportMenu }) => ({ default: ExportMenu })),
) as unknown as typeof import('./export_menu').ExportMenu;

interface ToolsProps<Row extends { id: string }> {
  list: ListOf<Row>;
  state: ListState<Row>;
}
/** Order, grouping and columns of a list, and its file. */
export function Tools<Row extends { id: string }>({ list, state }: ToolsProps<Row>) {
  const { t } = useTranslation('list');
  const phone = usePhone();
  const [columns, setColumns] = useState(false);
  const table = !list.layouts?.some(({ id }) => id === state.state.layout);
  const groupings = list.groupings ?? [];
  const grouped = groupings.find(({ id }) => id === state.state.group);
  return (
    <>
      <SortMenu list={list} state={state} />
      {groupings.length > 0 && table && !phone && (
        <Menu
          label={t('group')}
          trigger={
            <Button variant="quiet" icon={<GroupIcon />} className="px-2">
              {grouped ? t('grouped', { by: grouped.label }) : t('group')}
            </Button>
          }
          actions={[
            ...groupings.map(({ id, label }) => ({
              id,
              label,
              run: () => state.set({ group: id }),
            })),
            { id: 'none', label: t('group_none'), run: () => state.set({ group: '' }) },
          ]}
        />
      )}
      {table && !phone && (
        <Button
          variant="quiet"
          icon={<ColumnsIcon />}
          className="px-2"
          onPress={() => setColumns(true)}
        >
          {t('columns')}
        </Button>
      )}
      <Suspense fallback={<ExportSoon />}>
        <ExportMenu list={list} state={state} />
      </Suspense>
      <Suspense>
        {columns && <ColumnsDialog list={list} state={state} onClose={() => setColumns(false)} />}
      </Suspense>
    </>
  );
}

/** As wide as what comes: beside the chips of a phone it would move them to another line. */
function ExportSoon() {
  const { t } = useTranslation('list');
  return (
    <Button variant="quiet" icon={<Download />} className="px-2" isDisabled>
      <span className="max-md:sr-only">{t('export')}</span>
    </Button>
  );
}

function SortMenu<Row extends { id: string }>({ list, state }: ToolsProps<Row>) {
  const { t } = useTranslation('list');
  const sortable = list.columns.filter(({ sort }) => sort !== undefined);
  const [field, down] = state.state.sort.split(' ');
  const current = sortable.find(({ sort }) => sort === field);
  if (sortable.length === 0) return null;
  return (
    <Menu
      label={t('sort')}
      trigger={
        <Button variant="quiet" className="px-2">
          <span className="sr-only">{t('sort')}:</span>
          {current ? `${current.label} ${down ? '↓' : '↑'}` : t('sort')}
          <ChevronDown />
        </Button>
      }
      actions={sortable.flatMap(({ id, label, sort = '' }) => [
        { id, label: `${label} ↑`, run: () => state.set({ sort }) },
        { id: `${id} desc`, label: `${label} ↓`, run: () => state.set({ sort: `${sort} desc` }) },
      ])}
    />
  );
}

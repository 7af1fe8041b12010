import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type FileFormat, startExport } from '@/lib/data/jobs';
import { fileColumns } from '@/lib/list/export';
import { toastFailure } from '@/lib/messages';
import { toast } from '@/lib/toast';
import { Button } from '@/ui/button';
import { Download } from '@/ui/icons';
import { Menu } from '@/ui/menu';
import type { ListOf } from './types';
import type { ListState } from './use_list';

interface ExportMenuProps<Row extends { id: string }> {
  list: ListOf<Row>;
  state: ListState<Row>;
}
/** The whole list as a file: what the filter finds, in this order, with the columns that are shown. */
export function ExportMenu<Row extends { id: string }>({ list, state }: ExportMenuProps<Row>) {
  const { t } = useTranslation('list');
  const client = useQueryClient();
  const start = async (format: FileFormat) => {
    try {
      await startExport(client, {
        list: list.api ?? list.resource.name,
        title: list.title,
        format,
        query: state.query,
        columns: fileColumns(state.columns, list.fields),
      });
      toast(t('export_started'));
    } catch (failure) {
      toastFailure(failure);
    }
  };
  return (
    <Menu
      label={t('export')}
      trigger={
        <Button variant="quiet" icon={<Download />} className="px-2">
          {t('export')}
        </Button>
      }
      actions={[
        { id: 'xlsx', label: t('export_xlsx'), run: () => void start('xlsx') },
        { id: 'csv', label: t('export_csv'), run: () => void start('csv') },
      ]}
    />
  );
}

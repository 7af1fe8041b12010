import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type FileFormat, mostChosen, startExport } from '@/lib/data/jobs';
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
  /** These rows alone, in this order. */
  chosen?: string[] | undefined;
}
/** The list as a file: the chosen rows, or what the filter finds; with the columns that are shown. */
export function ExportMenu<Row extends { id: string }>(props: ExportMenuProps<Row>) {
  const { list, state, chosen } = props;
  const { t } = useTranslation('list');
  const client = useQueryClient();
  const start = async (format: FileFormat) => {
    if (chosen && chosen.length > mostChosen) {
      toast(t('export_limit', { most: mostChosen }), { tone: 'bad' });
      return;
    }
    try {
      await startExport(client, {
        list: list.api ?? list.resource.name,
        title: list.title,
        format,
        rows: chosen ? { ids: chosen } : state.query,
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
        <Button
          variant={chosen ? 'plain' : 'quiet'}
          icon={<Download />}
          className={chosen ? '' : 'px-2'}
        >
          <span className={chosen ? '' : 'max-md:sr-only'}>{t('export')}</span>
        </Button>
      }
      actions={[
        { id: 'xlsx', label: t('export_xlsx'), run: () => void start('xlsx') },
        { id: 'csv', label: t('export_csv'), run: () => void start('csv') },
      ]}
    />
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Export, type FileFormat, mostChosen, startExport } from '@/lib/data/jobs';
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
  return (
    <FileMenu
      prominent={chosen !== undefined}
      asked={{
        list: list.api ?? list.resource.name,
        title: list.title,
        rows: chosen ? { ids: chosen } : state.query,
        columns: fileColumns(state.columns, list.fields),
      }}
    />
  );
}

interface FileMenuProps {
  asked: Omit<Export, 'format'>;
  prominent?: boolean;
}
/** What is asked for, as one of the files there are. */
export function FileMenu({ asked, prominent }: FileMenuProps) {
  const { t } = useTranslation('list');
  const client = useQueryClient();
  const start = async (format: FileFormat) => {
    if ('ids' in asked.rows && asked.rows.ids.length > mostChosen) {
      toast(t('export_limit', { most: mostChosen }), { tone: 'bad' });
      return;
    }
    try {
      await startExport(client, { ...asked, format });
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
          variant={prominent ? 'plain' : 'quiet'}
          icon={<Download />}
          className={prominent ? '' : 'px-2'}
        >
          <span className={prominent ? '' : 'max-md:sr-only'}>{t('export')}</span>
        </Button>
      }
      actions={[
        { id: 'xlsx', label: t('export_xlsx'), run: () => void start('xlsx') },
        { id: 'csv', label: t('export_csv'), run: () => void start('csv') },
      ]}
    />
  );
}

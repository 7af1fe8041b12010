import { useTranslation } from 'react-i18next';
import { fileColumns } from '@/lib/list/export';
import { FileMenu } from '@/parts/list/export_menu';
import type { FilterField } from '@/ui/list/types';
import { outcomes } from './search';

const columns = [
  'effective_to',
  'number',
  'client_name',
  'deal_number',
  'product',
  'insurer_name',
  'lead_agent_name',
  'premium',
  'outcome',
  'premium_now',
  'successor_number',
] as const;

interface ReportFileProps {
  /** Days, both included. */
  period: { from: string; to: string };
  filter: string;
  fields: FilterField[];
}
/** The policies that the report counts, as a file: each with what became of it. */
export function ReportFile({ period, filter, fields }: ReportFileProps) {
  const { t } = useTranslation('reports');
  const outcome: FilterField = {
    id: 'outcome',
    kind: 'enum',
    label: t('file.outcome'),
    options: outcomes.map((id) => ({ id, label: t(`became.${id}`) })),
  };
  return (
    <FileMenu
      asked={{
        list: 'reports/renewals/policies',
        title: t('renewals_title'),
        rows: { filter, order_by: 'effective_to' },
        parameters: [
          { name: 'from', value: period.from },
          { name: 'to', value: period.to },
        ],
        columns: fileColumns(
          columns.map((field) => ({ label: t(`file.${field}`), file: field })),
          [...fields, outcome],
        ),
      }}
    />
  );
}

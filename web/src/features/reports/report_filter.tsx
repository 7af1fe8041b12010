import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '@/lib/keys';
import type { Filter } from '@/lib/list/filter';
import { FilterChips } from '@/ui/list/filter_chips';
import type { FilterField } from '@/ui/list/types';
import { Segmented } from '@/ui/segmented';
import { lengths } from './search';

interface ReportFilterProps {
  fields: FilterField[];
  filter: Filter;
  /** Of the period, in months. */
  length: number;
  onFilter: (filter: Filter) => void;
  onLength: (months: number) => void;
}
/** How long a time a report counts over, and what it is narrowed to. */
export function ReportFilter({ fields, filter, length, onFilter, onLength }: ReportFilterProps) {
  const { t } = useTranslation('reports');
  const [choosing, setChoosing] = useState(false);
  useKeys({ KeyF: () => setChoosing(true) });
  return (
    <div className="flex flex-wrap items-center gap-2 px-5 py-2.5 max-md:px-4">
      <Segmented
        label={t('length')}
        hideLabel
        value={String(length)}
        onChange={(value) => onLength(Number(value))}
        options={lengths.map((count) => ({ value: String(count), label: t('months', { count }) }))}
      />
      <FilterChips
        fields={fields}
        filter={filter}
        onChange={onFilter}
        isOpen={choosing}
        onOpenChange={setChoosing}
      />
    </div>
  );
}

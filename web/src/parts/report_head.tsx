import { type ReactNode, useState } from 'react';
import { useKeys } from '@/lib/keys';
import type { Filter } from '@/lib/list/filter';
import { IconButton } from '@/ui/button';
import { ChevronLeft, ChevronRight } from '@/ui/icons';
import { FilterChips } from '@/ui/list/filter_chips';
import type { FilterField } from '@/ui/list/types';
import { Segmented } from '@/ui/segmented';
import { PageHead } from './page';

interface ReportHeadProps<Group extends string> {
  title: string;
  note?: ReactNode;
  /** Between the arrows. */
  period?: ReactNode;
  earlier: string;
  later: string;
  onShift: (by: -1 | 1) => void;
  /** What one row of the report is. */
  by: Group;
  groupLabel: string;
  groups: { value: Group; label: string }[];
  onGroup: (by: Group) => void;
  /** How one takes it along. */
  file?: ReactNode;
}
/** The head of a report: its time, a step earlier or later, and what its rows are. */
export function ReportHead<Group extends string>(props: ReportHeadProps<Group>) {
  const { title, note, period, earlier, later, onShift, by, file } = props;
  const { groupLabel, groups, onGroup } = props;
  return (
    <PageHead
      title={title}
      note={note}
      actions={
        <>
          <span className="inline-flex items-center gap-1">
            <IconButton label={earlier} onPress={() => onShift(-1)}>
              <ChevronLeft />
            </IconButton>
            {period}
            <IconButton label={later} onPress={() => onShift(1)}>
              <ChevronRight />
            </IconButton>
          </span>
          <Segmented label={groupLabel} hideLabel value={by} onChange={onGroup} options={groups} />
          {file && <span className="max-md:-order-1">{file}</span>}
        </>
      }
    />
  );
}

interface ReportFilterProps {
  fields: FilterField[];
  filter: Filter;
  onFilter: (filter: Filter) => void;
  children?: ReactNode;
}
/** What a report is narrowed to, behind what else is chosen of it. */
export function ReportFilter({ fields, filter, onFilter, children }: ReportFilterProps) {
  const [choosing, setChoosing] = useState(false);
  useKeys({ KeyF: () => setChoosing(true) });
  return (
    <div className="flex flex-wrap items-center gap-2 px-5 py-2.5 max-md:px-4">
      {children}
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

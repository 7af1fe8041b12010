import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '@/lib/keys';
import { countQuery } from '@/lib/list/resource';
import { useNumber } from '@/parts/deal_bits';
import { PageHead } from '@/parts/page';
import { cx } from '@/ui/cx';
import { TableIcon } from '@/ui/icons';
import { FilterChips } from '@/ui/list/filter_chips';
import { focusSearch, SearchBox } from '@/ui/list/search_box';
import { Segmented } from '@/ui/segmented';
import { ListBody } from './list_body';
import { SumNote } from './sums';
import { Tools } from './tools';
import type { ListOf } from './types';
import { useList } from './use_list';
import { Views } from './views';

interface ListPageProps<Row extends { id: string }> {
  list: ListOf<Row>;
  /** Beside the title: create, import, … */
  actions?: ReactNode;
  /** Between the title and the views, e.g. the tabs of a section. */
  above?: ReactNode;
  children?: ReactNode;
}
/** A whole list screen out of its declaration. */
export function ListPage<Row extends { id: string }>(props: ListPageProps<Row>) {
  const { list, actions, above, children } = props;
  const { t } = useTranslation(['list', 'common']);
  const state = useList(list);
  const number = useNumber();
  const [choosing, setChoosing] = useState(false);
  const total = useQuery({
    ...countQuery(list.resource, {
      filter: state.query.filter,
      q: state.query.q,
      group_by: list.sums?.by,
    }),
    placeholderData: keepPreviousData,
  }).data;
  const layouts = list.layouts ?? [];
  const layout = layouts.find(({ id }) => id === state.state.layout);
  const next = () => {
    const ids = [...layouts.map(({ id }) => id), 'table'];
    state.set({ layout: ids[(ids.indexOf(layout?.id ?? 'table') + 1) % ids.length] ?? 'table' });
  };
  useKeys({
    KeyF: () => setChoosing(true),
    Slash: focusSearch,
    ...(layouts.length > 0 && { KeyV: next }),
  });
  const size = total?.total_size ?? 0;
  const count = total?.total_size !== undefined && list.count(size, number(size));
  return (
    <>
      <PageHead
        title={list.title}
        note={
          count ? (
            <>
              {total?.total_estimated ? t('list:estimated', { formatted: count }) : count}
              <SumNote columns={list.columns} sums={total?.sums} />
            </>
          ) : (
            '\u00a0'
          )
        }
        actions={
          <>
            {layouts.length > 0 && (
              <Segmented
                label={t('list:layout')}
                hideLabel
                value={layout?.id ?? 'table'}
                onChange={(id) => state.set({ layout: id })}
                options={[
                  ...layouts.map(({ id, label, icon }) => ({ value: id, label, icon })),
                  { value: 'table', label: t('list:table'), icon: <TableIcon /> },
                ]}
              />
            )}
            {actions}
          </>
        }
      />
      {above}
      <Views list={list} state={state} />
      <div className="flex flex-wrap items-center gap-2 px-5 py-2.5 max-md:px-4">
        {list.quick?.({ view: state.view.id, filter: state.filter, setFilter: state.setFilter })}
        <FilterChips
          fields={list.fields}
          filter={state.filter}
          onChange={state.setFilter}
          isOpen={choosing}
          onOpenChange={setChoosing}
        />
        {/* On a phone words, order and file share a line of their own. */}
        <div
          className={cx(
            'contents',
            list.search && 'max-md:flex max-md:w-full max-md:items-center max-md:gap-1',
          )}
        >
          {list.search && (
            <SearchBox
              value={state.search.q ?? ''}
              label={list.search}
              onChange={(q) => state.change({ q: q || undefined } as never)}
            />
          )}
          <div className="ml-auto flex items-center gap-1">
            <Tools list={list} state={state} />
          </div>
        </div>
      </div>
      <ListBody list={list} state={state} layout={layout} totals={total} />
      {children}
    </>
  );
}

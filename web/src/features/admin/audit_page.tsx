import { useNavigate } from '@tanstack/react-router';
import { Suspense } from 'react';
import { lazy } from '@/lib/lazy';
import type { Entry } from '@/lib/types';
import { ListPage } from '@/parts/list/list_page';
import { AdminTabs } from './admin_tabs';
import { useEntryList } from './audit_list';

const ChainCheck = lazy(() =>
  import('./chain_check').then(({ ChainCheck }) => ({ default: ChainCheck })),
);

export function AuditPage() {
  const navigate = useNavigate();
  const open = ({ id }: Entry) =>
    void navigate({
      to: '.',
      search: ((known: object) => ({ ...known, peek: id })) as never,
      replace: true,
      resetScroll: false,
    });
  return (
    <ListPage
      list={useEntryList(open)}
      above={<AdminTabs current="audit" />}
      actions={
        <Suspense>
          <ChainCheck />
        </Suspense>
      }
    />
  );
}

import { ListPage } from '@/parts/list/list_page';
import { usePolicyList } from './policy_list';

export function PoliciesPage() {
  return <ListPage list={usePolicyList('policies')} />;
}

/** What ends soon, what ended without a renewal, and the drafts that continue it. */
export function RenewalsPage() {
  return <ListPage list={usePolicyList('renewals')} />;
}

import { ListPage } from '@/parts/list/list_page';
import { usePolicyList } from './policy_list';
import { useRenewalList } from './renewal_list';

export function PoliciesPage() {
  return <ListPage list={usePolicyList()} />;
}

/** What ends soon, what ended without a renewal, and how far each renewal is. */
export function RenewalsPage() {
  return <ListPage list={useRenewalList()} />;
}

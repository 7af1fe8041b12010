import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DealsIcon, MoneyIcon, Shield, TasksIcon, Users } from '@/ui/icons';

/** What the search finds, in the order in which people look for it. */
export const kinds = ['client', 'deal', 'policy', 'payment', 'task'] as const;
export type Kind = (typeof kinds)[number];

export const isKind = (word: string | undefined): word is Kind =>
  (kinds as readonly (string | undefined)[]).includes(word);

export const signOf: Record<Kind, ReactNode> = {
  client: <Users />,
  deal: <DealsIcon />,
  policy: <Shield />,
  payment: <MoneyIcon />,
  task: <TasksIcon />,
};

export function useOpen() {
  const navigate = useNavigate();
  return (kind: Kind, id: string) => {
    const open: Record<Kind, () => Promise<void>> = {
      client: () => navigate({ to: '/clients/$clientId', params: { clientId: id } }),
      deal: () => navigate({ to: '/deals/$dealId', params: { dealId: id } }),
      policy: () => navigate({ to: '/policies/$policyId', params: { policyId: id } }),
      payment: () => navigate({ to: '/payments/$paymentId', params: { paymentId: id } }),
      task: () => navigate({ to: '/tasks/$taskId', params: { taskId: id } }),
    };
    void open[kind]();
  };
}

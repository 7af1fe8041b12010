import { createRoute } from '@tanstack/react-router';
import { readPlanSearch } from '@/features/money/search';
import { paymentQuery } from '@/lib/data/payments';
import { readListSearch } from '@/lib/list/state';
import { queryClient } from '@/lib/query';
import { inside, only } from './inside';
import { screen } from './screen';

const payments = createRoute({
  getParentRoute: () => inside,
  path: '/money/payments',
  validateSearch: readListSearch,
  component: screen(
    () => import('@/features/money/payments_page'),
    'PaymentsPage',
    'deals',
    'list',
    'money',
  ),
});
const plan = createRoute({
  getParentRoute: () => inside,
  path: '/money/plan',
  validateSearch: readPlanSearch,
  beforeLoad: only('agent', 'finance', 'head', 'admin'),
  component: screen(
    () => import('@/features/money/plan_page'),
    'PlanPage',
    'list',
    'money',
    'policies',
  ),
});
const commission = createRoute({
  getParentRoute: () => inside,
  path: '/money/commission',
  validateSearch: readPlanSearch,
  beforeLoad: only('agent', 'finance', 'head', 'admin'),
  component: screen(
    () => import('@/features/money/plan_page'),
    'CommissionPage',
    'list',
    'money',
    'policies',
  ),
});
const payment = createRoute({
  getParentRoute: () => inside,
  path: '/payments/$paymentId',
  loader: ({ params }) => void queryClient.prefetchQuery(paymentQuery(params.paymentId)),
  component: screen(() => import('@/features/money/payment_page'), 'PaymentPage', 'deals', 'money'),
});

export const moneyRoutes = [payments, plan, commission, payment] as const;

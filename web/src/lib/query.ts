import { QueryClient } from '@tanstack/react-query';
import { Problem } from './http';

/** Server data lives here and nowhere else. Events keep it fresh, so nothing refetches by itself. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: (count, failure) =>
        count < 1 && !(failure instanceof Problem && failure.status >= 400 && failure.status < 500),
    },
    mutations: { retry: false },
  },
});

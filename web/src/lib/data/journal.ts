import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body, ifMatch } from '../http';
import type { JournalEntry, TimelineItem } from '../types';
import { present } from './deals';

export interface TimelinePage {
  timeline?: TimelineItem[];
  next_page_token?: string;
}
export const timelineQuery = (id: string, kinds: string) =>
  infiniteQueryOptions({
    queryKey: ['deals', 'timeline', id, kinds],
    queryFn: ({ pageParam }) =>
      body<TimelinePage>(
        api.GET('/api/v1/deals/{deal_id}/timeline', {
          params: { path: { deal_id: id }, query: present({ kinds, page_token: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_page_token || undefined,
  });

export function useAddJournalEntry(dealId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (entry: { text: string; mentioned_ids: string[] }) =>
      body<JournalEntry>(
        api.POST('/api/v1/deals/{deal_id}/journal', {
          params: { path: { deal_id: dealId } },
          body: { text: entry.text, ...(entry.mentioned_ids.length > 0 && entry) },
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['deals', 'timeline', dealId] });
      void client.invalidateQueries({ queryKey: ['history', 'deal', dealId] });
    },
  });
}

export function useUpdateJournalEntry(dealId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ entry, text }: { entry: JournalEntry; text: string }) =>
      body<JournalEntry>(
        api.PATCH('/api/v1/deals/{deal_id}/journal/{entry_id}', {
          params: { path: { deal_id: dealId, entry_id: entry.id }, header: ifMatch(entry.version) },
          body: { text },
        }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['deals', 'timeline', dealId] }),
  });
}

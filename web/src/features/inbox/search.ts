import { type InboxView, inboxViews } from '@/lib/data/notifications';

export interface InboxSearch {
  view?: InboxView;
  id?: string;
}
export const readInboxSearch = (search: Record<string, unknown>): InboxSearch => {
  const view = inboxViews.find((known) => known === search.view);
  return {
    ...(view && { view }),
    ...(typeof search.id === 'string' && { id: search.id }),
  };
};

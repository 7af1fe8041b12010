import type { DealQuery } from '@/lib/data/deals';
import { addDays, type Day } from '@/lib/dates';
import { all, before, from, is, not, type Term, upTo } from '@/lib/filter';
import type { DeadlineWord, DealsSearch, ViewName } from './search';

interface Around {
  me: string;
  today: Day;
}

export function viewFilter(view: ViewName, { me, today }: Around): Term {
  const open = not('status', 'closed');
  if (view === 'mine') return all(is('member_id', me), open);
  if (view === 'overdue') return all(before('deadline_on', today), open);
  if (view === 'client') return is('status', 'client_decision');
  return undefined;
}

function deadlineFilter(word: DeadlineWord | undefined, today: Day): Term {
  if (word === 'overdue') return before('deadline_on', today);
  if (word === 'today') return upTo('deadline_on', today);
  if (word === 'week') {
    return all(from('deadline_on', today), upTo('deadline_on', addDays(today, 7)));
  }
  return undefined;
}

/** Board and table are two drawings of this one query. */
export function dealsQuery(search: DealsSearch, around: Around): DealQuery {
  const person = (id: string | undefined) => (id === 'me' ? around.me : id);
  return {
    filter: all(
      viewFilter(search.view ?? 'mine', around),
      is('status', search.status),
      is('lead_agent_id', person(search.lead)),
      is('executor_id', person(search.executor)),
      deadlineFilter(search.deadline, around.today),
    ),
    q: search.q,
    order_by: search.sort ?? 'deadline_on',
  };
}

export const narrowed = (search: DealsSearch) =>
  Boolean(search.status || search.lead || search.executor || search.deadline || search.q);

import { useNavigate } from '@tanstack/react-router';
import { useKeys } from '@/lib/keys';
import { currentSession } from '@/lib/session';
import { undoLast } from '@/lib/toast';
import { creating, dealHere, paletteOpen } from '@/parts/commands';
import { mayCreate, mayPlanMoney } from '@/parts/rights';

export function useGlobalKeys(onHelp: () => void) {
  const navigate = useNavigate();
  const role = () => currentSession()?.user.role;
  const create = (what: 'deal' | 'client' | 'policy') => () => {
    if (!mayCreate(role())) return;
    creating.set(what === 'policy' ? { what, ...dealHere() } : { what });
  };
  useKeys({
    'Ctrl+KeyK': () => paletteOpen.set(!paletteOpen.get()),
    'Ctrl+KeyZ': undoLast,
    'Shift+Slash': onHelp,
    'KeyG KeyS': () => void navigate({ to: '/today' }),
    'KeyG KeyI': () => void navigate({ to: '/inbox' }),
    'KeyG KeyD': () => void navigate({ to: '/deals' }),
    'KeyG KeyK': () => void navigate({ to: '/clients' }),
    'KeyG KeyP': () => void navigate({ to: '/policies' }),
    'KeyG KeyR': () => void navigate({ to: '/renewals' }),
    'KeyG KeyT': () => void navigate({ to: '/tasks' }),
    'KeyG KeyM': () => void navigate({ to: '/money/payments' }),
    'KeyC KeyD': create('deal'),
    'KeyC KeyK': create('client'),
    'KeyC KeyP': create('policy'),
    'KeyC KeyT': () => creating.set({ what: 'task', ...dealHere() }),
    'KeyC KeyM': () => {
      if (mayPlanMoney(role())) creating.set({ what: 'payment', ...dealHere() });
    },
  });
}

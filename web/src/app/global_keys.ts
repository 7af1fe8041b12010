import { useNavigate } from '@tanstack/react-router';
import { useKeys } from '@/lib/keys';
import { currentSession } from '@/lib/session';
import { undoLast } from '@/lib/toast';
import { creating, paletteOpen } from '@/parts/commands';
import { mayCreate } from '@/parts/rights';

export function useGlobalKeys(onHelp: () => void) {
  const navigate = useNavigate();
  const create = (what: 'deal' | 'client') => () => {
    if (mayCreate(currentSession()?.user.role)) creating.set({ what });
  };
  useKeys({
    'Ctrl+KeyK': () => paletteOpen.set(!paletteOpen.get()),
    'Ctrl+KeyZ': undoLast,
    'Shift+Slash': onHelp,
    'KeyG KeyT': () => void navigate({ to: '/today' }),
    'KeyG KeyI': () => void navigate({ to: '/inbox' }),
    'KeyG KeyD': () => void navigate({ to: '/deals' }),
    'KeyG KeyK': () => void navigate({ to: '/clients' }),
    'KeyC KeyD': create('deal'),
    'KeyC KeyK': create('client'),
    'KeyC KeyT': () => creating.set({ what: 'task' }),
  });
}

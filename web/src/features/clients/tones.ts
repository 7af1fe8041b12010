import type { ClientStatus } from '@/lib/types';
import type { Tone } from '@/ui/chip';

export const clientTones: Record<ClientStatus, Tone> = {
  potential: 'info',
  active: 'ok',
  inactive: 'idle',
};

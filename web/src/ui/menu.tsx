import type { ReactNode } from 'react';
import { useDeferred } from './deferred';

export interface MenuAction {
  id: string;
  label: string;
  detail?: string | undefined;
  icon?: ReactNode;
  keys?: string;
  bad?: boolean;
  disabled?: boolean;
  run: () => void;
}
export interface MenuProps {
  label: string;
  trigger: ReactNode;
  actions: (MenuAction | 'line')[];
  isOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
}

const load = () => import('./menu_full').then(({ MenuFull }) => MenuFull);

/** Menus are not needed for the first paint: their code comes when the page is idle. */
export function Menu(props: MenuProps) {
  const Full = useDeferred('menu', load);
  return Full ? <Full {...props} /> : props.trigger;
}

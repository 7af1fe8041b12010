import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { cx } from './cx';
import { Kbd } from './kbd';
import type { MenuProps } from './menu';

export function MenuFull({ label, trigger, actions, ...open }: MenuProps) {
  return (
    <MenuTrigger {...open}>
      {trigger}
      <Popover
        offset={4}
        className="appear min-w-48 rounded-card border border-line bg-raised p-1 shadow-2"
      >
        <AriaMenu
          // What comes after the menu has opened takes the focus then.
          key={actions.some((action) => action !== 'line' && !action.disabled) ? 'full' : 'empty'}
          aria-label={label}
          // What a key opened goes on by keys.
          autoFocus={open.isOpen === undefined ? true : 'first'}
          className="max-h-96 overflow-auto outline-none"
        >
          {actions.map((action, position) =>
            action === 'line' ? (
              <Separator key={`line${position}`} className="my-1 h-px bg-line" />
            ) : (
              <MenuItem
                key={action.id}
                id={action.id}
                textValue={action.label}
                onAction={action.run}
                isDisabled={action.disabled ?? false}
                className={cx(
                  'flex min-h-8 cursor-default items-center gap-2 rounded-chip px-2 py-1 focused:bg-hover focus-visible:-outline-offset-2 off:text-ink3 coarse:min-h-11',
                  action.bad && 'text-bad',
                )}
              >
                {action.icon}
                <span className="flex min-w-0 flex-1 flex-col">
                  {/* Without slots all that is seen is the name, as it must be. */}
                  <span>{action.label}</span>
                  {action.detail && <span className="text-small text-ink3">{action.detail}</span>}
                </span>
                {action.keys && <Kbd>{action.keys}</Kbd>}
              </MenuItem>
            ),
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

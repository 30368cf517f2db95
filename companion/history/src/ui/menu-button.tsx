import type { ReactNode } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Icon } from './icons.tsx';

export interface MenuAction {
  readonly id: string;
  readonly words: string;
  readonly run: () => void;
  /** What it does cannot be seen by another look. */
  readonly isDanger?: boolean;
}

interface MenuButtonProps {
  readonly actions: readonly MenuAction[];
  readonly isDisabled?: boolean;
  /** Where the menu is aligned with its button. */
  readonly align?: 'start' | 'end';
  /** Words of the button; a symbol needs a `label`. */
  readonly children: ReactNode;
  readonly label?: string;
}

/** A button that opens a short list of things to do. */
export function MenuButton({ actions, isDisabled = false, align = 'end', label, children }: MenuButtonProps) {
  return (
    <MenuTrigger>
      {label === undefined ? (
        <Button className="button" isDisabled={isDisabled}>
          {children}
          <Icon name="next" size={16} />
        </Button>
      ) : (
        <Button className="button-icon" aria-label={label} isDisabled={isDisabled}>
          {children}
        </Button>
      )}
      <Popover className="popover" placement={`bottom ${align}`}>
        <Menu className="menu">
          {actions.map(({ id, words, run, isDanger = false }) => (
            <MenuItem key={id} id={id} className={isDanger ? 'option option-danger' : 'option'} onAction={run}>
              {words}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

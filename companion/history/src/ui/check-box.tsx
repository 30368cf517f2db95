import type { ReactNode } from 'react';
import { Checkbox } from 'react-aria-components';
import { Icon } from './icons.tsx';

interface Props {
  readonly children: ReactNode;
  /** Value within a group. */
  readonly value?: string;
  readonly isSelected?: boolean;
  readonly isDisabled?: boolean;
  readonly onChange?: (selected: boolean) => void;
}

export function CheckBox({ children, value, isSelected, isDisabled, onChange }: Props) {
  return (
    <Checkbox
      className="check"
      {...(value === undefined ? {} : { value })}
      {...(isSelected === undefined ? {} : { isSelected })}
      {...(isDisabled === undefined ? {} : { isDisabled })}
      {...(onChange ? { onChange } : {})}
    >
      <span className="check-box" aria-hidden="true">
        <Icon name="check" size={14} />
      </span>
      <span>{children}</span>
    </Checkbox>
  );
}

import type { ReactNode } from 'react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { Icon } from './icons.tsx';

export interface ChoiceOption<Id extends string> {
  readonly id: Id;
  /** What is found by typing. */
  readonly text: string;
  /** As it is shown; `text` where nothing else is given. */
  readonly shown?: ReactNode;
  /** What stands at its end: how many there are, or of what kind. */
  readonly aside?: string;
}

interface ChoiceProps<Id extends string> {
  readonly label: string;
  readonly options: readonly ChoiceOption<Id>[];
  /** Null: none is chosen yet. */
  readonly value: Id | null;
  readonly onChange: (id: Id) => void;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

/** One of several: a button with what is chosen, and a list below it. */
export function Choice<Id extends string>(props: ChoiceProps<Id>) {
  const { label, options, value, onChange, isDisabled = false, className = '' } = props;
  return (
    <Select
      className={`field ${className}`.trimEnd()}
      value={value}
      isDisabled={isDisabled}
      onChange={(key) => {
        const chosen = options.find(({ id }) => id === key);
        if (chosen) onChange(chosen.id);
      }}
    >
      <Label className="filter-title">{label}</Label>
      <Button className="input select-button">
        <SelectValue className="select-value" />
        <Icon name="next" size={16} />
      </Button>
      <Popover className="popover">
        <ListBox className="listbox">
          {options.map(({ id, text, shown, aside }) => (
            <ListBoxItem key={id} id={id} textValue={text} className="option">
              <span className="option-name">{shown ?? text}</span>
              {aside !== undefined && <span className="option-count">{aside}</span>}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

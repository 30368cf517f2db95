import { type FormEvent, useId } from 'react';
import { Button, Form, Input, Label, Text, TextField } from 'react-aria-components';
import { useI18n } from '../../i18n/i18n-context.tsx';
import { ModalDialog } from '../../ui/modal-dialog.tsx';
import { Outcome } from '../outcome.tsx';

interface NameProps {
  readonly title: string;
  readonly words: string;
  readonly label: string;
  readonly help?: string;
  /** Longest name, in characters. */
  readonly most: number;
  readonly name: string;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly onName: (name: string) => void;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
}

/** Asks what something or somebody is called. */
export function NameDialog(props: NameProps) {
  const { title, words, label, help, most, name, isPending, error, onName, onSubmit, onClose } = props;
  const { t } = useI18n();
  const form = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) onSubmit();
  };
  return (
    <ModalDialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button className="button" onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button className="button button-primary" type="submit" form={form} isPending={isPending}>
            {words}
          </Button>
        </>
      }
    >
      <Form id={form} className="case-form" onSubmit={submit}>
        <TextField className="field" value={name} onChange={onName} isRequired maxLength={most} autoFocus>
          <Label>{label}</Label>
          <Input className="input" dir="auto" autoComplete="off" />
          {help !== undefined && (
            <Text slot="description" className="help">
              {help}
            </Text>
          )}
        </TextField>
        <Outcome isPending={isPending} error={error} />
      </Form>
    </ModalDialog>
  );
}

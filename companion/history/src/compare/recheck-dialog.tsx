import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CompanionStatus, ResultRecord } from '@touchstone/shared';
import { useState } from 'react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { fetchStatus } from '../api/companion.ts';
import { recheckRecord } from '../api/evidence.ts';
import { keys } from '../api/query-keys.ts';
import { PictureError } from '../evidence/picture-error.tsx';
import { useI18n } from '../i18n/i18n-context.tsx';
import { cleanText } from '../text/clean-text.ts';
import { useAnnouncer } from '../ui/announcer.tsx';
import { Icon } from '../ui/icons.tsx';
import { ModalDialog } from '../ui/modal-dialog.tsx';
import { CompareView } from './compare-view.tsx';

interface Props {
  readonly record: ResultRecord;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onOpen: (id: string) => void;
}

/** Checks a kept original with a pack of the reader's choice and shows both verdicts. */
export function RecheckDialog({ record, isOpen, onClose, onOpen }: Props) {
  const { t } = useI18n();
  const { say } = useAnnouncer();
  const client = useQueryClient();
  const status = useQuery({ queryKey: keys.status, queryFn: ({ signal }) => fetchStatus(signal), enabled: isOpen });
  const [chosen, setChosen] = useState<string | null>(null);
  const packs = status.data?.packs ?? [];
  const pack = chosen ?? suggested(packs, record);
  const { mutate, data, error, isPending, reset } = useMutation({
    mutationFn: () => recheckRecord(record.id, pack ?? undefined),
    onSuccess: (again) => {
      client.setQueryData(keys.record(again.id), again);
      say(t('recheckDone'));
    },
  });
  const close = () => {
    reset();
    setChosen(null);
    onClose();
  };
  return (
    <ModalDialog
      title={t('recheckTitle')}
      isOpen={isOpen}
      onClose={close}
      wide={data ? 'widest' : undefined}
      actions={
        data ? undefined : (
          <>
            <Button className="button" onPress={close}>
              {t('cancel')}
            </Button>
            <Button className="button button-primary" isDisabled={isPending || pack === null} onPress={() => mutate()}>
              {t(isPending ? 'rechecking' : 'recheck')}
            </Button>
          </>
        )
      }
    >
      {data ? (
        <CompareView
          first={record}
          second={data}
          onOpen={(id) => {
            close();
            onOpen(id);
          }}
        />
      ) : (
        <>
          <p>{t('recheckText')}</p>
          <Select
            className="field"
            value={pack}
            isDisabled={isPending}
            onChange={(key) => setChosen(key === null ? null : String(key))}
          >
            <Label className="filter-title">{t('pack')}</Label>
            <Button className="input select-button">
              <SelectValue className="select-value" />
              <Icon name="next" size={16} />
            </Button>
            <Popover className="popover">
              <ListBox className="listbox">
                {packs.map((one) => (
                  <ListBoxItem key={one.name} id={one.name} textValue={one.name} className="option">
                    <span className="option-name">
                      {t('packVersion', { name: cleanText(one.name), version: cleanText(one.version) })}
                    </span>
                    <span className="option-count">{t(one.tier === 'quick' ? 'tierQuick' : 'tierThorough')}</span>
                  </ListBoxItem>
                ))}
              </ListBox>
            </Popover>
          </Select>
          {error && <PictureError error={error} />}
        </>
      )}
    </ModalDialog>
  );
}

/** Another pack than the one that decided, where there is one. */
function suggested(packs: CompanionStatus['packs'], record: ResultRecord): string | null {
  return (packs.find(({ name }) => name !== record.pack.name) ?? packs[0])?.name ?? null;
}

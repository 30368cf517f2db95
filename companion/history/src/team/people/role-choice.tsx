import { ROLES, type Role } from '@touchstone/shared/api';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useI18n } from '../../i18n/i18n-context.tsx';

interface Props {
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

/** One of the roles, each with what it may do. */
export function RoleChoice({ value, onChange }: Props) {
  const { t } = useI18n();
  return (
    <RadioGroup
      className="filter-group"
      value={value}
      onChange={(chosen) => {
        const role = ROLES.find((one) => one === chosen);
        if (role) onChange(role);
      }}
    >
      <Label className="filter-title">{t('people-role')}</Label>
      {ROLES.map((role) => (
        <Radio key={role} className="radio" value={role}>
          <span className="radio-dot" aria-hidden="true" />
          <span>
            {t(`role-${role}`)}
            <span className="help role-may">{t(`role-${role}-may`)}</span>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}

import { Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { SecretField, type Vault } from '../../components/SecretField';
import type { Setting } from './channelKinds';

type Props = {
  setting: Setting;
  value: unknown;
  onChange: (value: unknown) => void;
  vault: Vault;
};

function Control({ setting, value, onChange, vault }: Props) {
  const { t } = useTranslation('alerts');
  const id = `setting-${setting.name}`;
  const text = typeof value === 'string' ? value : undefined;
  switch (setting.shape) {
    case 'secret':
      return (
        <SecretField
          id={id}
          name={setting.name}
          value={text}
          disabled={false}
          vault={vault}
          onChange={onChange}
        />
      );
    case 'list':
      return (
        <Select
          id={id}
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', ' ', ';', '，', '；']}
          placeholder={setting.example ?? t('list_hint')}
          value={Array.isArray(value) ? (value as string[]) : []}
          onChange={onChange}
        />
      );
    case 'flag':
      return <Switch id={id} checked={value === true} onChange={onChange} />;
    case 'choice':
      return (
        <Select
          id={id}
          allowClear
          options={setting.choices?.map((choice) => ({
            value: choice,
            label: t(`choice.${choice}`, { defaultValue: choice }),
          }))}
          value={text ?? null}
          onChange={onChange}
        />
      );
    case 'text':
      return (
        <Input
          id={id}
          value={text ?? ''}
          placeholder={setting.example}
          autoComplete="off"
          onChange={({ target }) => onChange(target.value)}
        />
      );
  }
}

/** One setting of a channel or a rule, with the control that suits its shape. */
export function SettingField(props: Props) {
  const { t } = useTranslation('alerts');
  const { name, required } = props.setting;
  return (
    <Form.Item
      htmlFor={`setting-${name}`}
      label={
        <span>
          {t(`setting.${name}`, { defaultValue: name })} {required && <span>{'*'}</span>}
        </span>
      }
    >
      <Control {...props} />
    </Form.Item>
  );
}

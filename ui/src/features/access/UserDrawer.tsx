import { Form, Input, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, at } from '../../client/api';
import { useSend, useThing } from '../../client/queries';
import type { Role, User } from '../../client/types';
import { FormDrawer } from '../../components/FormDrawer';
import { GrantsField } from './GrantsField';
import { fromRows, toRows, type GrantRow } from './grants';
import { PASSWORD_MIN } from './passwordRules';

type Values = {
  name: string;
  display_name?: string;
  password?: string;
  disabled?: boolean;
  grants: GrantRow[];
};
type Props = { user: User | undefined; onClose: () => void };

function bodyOf(values: Values, fresh: boolean) {
  const grants: Record<string, Role> = fromRows(values.grants);
  const common = { display_name: values.display_name, grants };
  const password = values.password ? { password: values.password } : {};
  return fresh
    ? { ...common, ...password, name: values.name }
    : { ...common, ...password, disabled: values.disabled };
}

/** Makes a user or changes one; opening it reads the user again, so that its tag is the newest. */
export function UserDrawer({ user, onClose }: Props) {
  const { t } = useTranslation('access');
  const path = user ? at('users', user.id) : at('users');
  const latest = useThing<User>(path, { enabled: user !== undefined, once: true });
  const send = useSend((values: Values) => {
    const body = bodyOf(values, !user);
    return user ? api.patch<User>(path, body) : api.post<User>(path, body);
  }, at('users'));
  const shown = latest.data ?? user;
  const local = !user || user.source === 'local';
  return (
    <FormDrawer<Values>
      title={user ? t('users.edit', { name: user.name }) : t('users.add')}
      values={{ ...shown, grants: toRows(shown?.grants ?? {}) }}
      fetchedAt={latest.dataUpdatedAt}
      saving={send.isPending}
      error={latest.error ?? send.error}
      onSave={(values) => send.mutate(values, { onSuccess: onClose })}
      onClose={onClose}
    >
      {!user && (
        <Form.Item
          name="name"
          label={t('name')}
          rules={[{ required: true, message: t('name_needed') }]}
        >
          <Input autoComplete="off" autoFocus />
        </Form.Item>
      )}
      <Form.Item name="display_name" label={t('display_name')}>
        <Input autoComplete="off" />
      </Form.Item>
      {local && (
        <Form.Item
          name="password"
          label={user ? t('users.password_reset') : t('password')}
          extra={user && t('users.password_keep')}
          rules={[
            {
              required: !user,
              min: PASSWORD_MIN,
              message: t('password_min', { min: PASSWORD_MIN }),
            },
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      )}
      <GrantsField />
      {user && (
        <Form.Item name="disabled" label={t('users.disabled')} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
    </FormDrawer>
  );
}

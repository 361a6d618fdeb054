import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProjectChoices } from '../GrantsField';
import { ROLES } from '../grants';

/** What each group of the provider's is granted, and what everybody is who comes from there. */
export function GroupsField() {
  const { t } = useTranslation('access');
  const projects = useProjectChoices();
  const roles = ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }));
  return (
    <Form.Item label={t('providers.grants')} extra={t('providers.grants_hint')}>
      <Form.List name="rows">
        {(fields, { add, remove }) => (
          <div className="stack tight">
            {fields.map(({ key, name }) => (
              <div key={key} className="row" style={{ flexWrap: 'nowrap' }}>
                <Form.Item name={[name, 'group']} noStyle>
                  <Input
                    style={{ flex: 1 }}
                    aria-label={t('providers.group')}
                    placeholder={t('providers.everybody')}
                  />
                </Form.Item>
                <Form.Item name={[name, 'project']} noStyle>
                  <Select
                    style={{ flex: 1 }}
                    options={projects}
                    aria-label={t('users.grant_project')}
                    placeholder={t('users.grant_project')}
                  />
                </Form.Item>
                <Form.Item name={[name, 'role']} noStyle>
                  <Select
                    style={{ width: 130 }}
                    options={roles}
                    aria-label={t('users.grant_role')}
                  />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('users.grant_remove')}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ role: 'viewer' })}>
              {t('users.grant_add')}
            </Button>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}

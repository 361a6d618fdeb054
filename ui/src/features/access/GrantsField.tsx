import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { at } from '../../client/api';
import { useThing } from '../../client/queries';
import type { Page, Project } from '../../client/types';
import { ROLES } from './grants';

/** A choice among all projects, the whole server among them. */
export function useProjectChoices() {
  const { t } = useTranslation('access');
  const projects = useThing<Page<Project>>(at('projects'));
  return [
    { value: '*', label: t('users.everywhere') },
    ...(projects.data?.items ?? []).map(({ name, title }) => ({
      value: name,
      label: title ? `${title} (${name})` : name,
    })),
  ];
}

/** Which role a user has in which project, as rows of a form. */
export function GrantsField() {
  const { t } = useTranslation('access');
  const projects = useProjectChoices();
  const roles = ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }));
  return (
    <Form.Item label={t('users.grants')}>
      <Form.List name="grants">
        {(fields, { add, remove }) => (
          <div className="stack tight">
            {fields.map(({ key, name }) => (
              <div key={key} className="row" style={{ flexWrap: 'nowrap' }}>
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
                    style={{ width: 140 }}
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
            <Button
              type="dashed"
              icon={<PlusOutlined />}
              onClick={() => add({ role: 'developer' })}
            >
              {t('users.grant_add')}
            </Button>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}

import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Select } from 'antd';
import type { ReactNode } from 'react';
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

interface RowsProps {
  label: string;
  extra?: string;
  /** The list of the form that the rows fill. */
  list: string;
  /** What a new row grants. */
  role: string;
  /** What stands before project and role in a row. */
  before?: (row: number) => ReactNode;
}

/** Rows that each grant a role in a project. */
export function GrantRows({ label, extra, list, role, before }: RowsProps) {
  const { t } = useTranslation('access');
  const projects = useProjectChoices();
  const roles = ROLES.map((one) => ({ value: one, label: t(`common:role.${one}`) }));
  return (
    <Form.Item label={label} extra={extra}>
      <Form.List name={list}>
        {(fields, { add, remove }) => (
          <div className="stack tight">
            {fields.map(({ key, name }) => (
              <div key={key} className="row" style={{ flexWrap: 'nowrap' }}>
                {before?.(name)}
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
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ role })}>
              {t('users.grant_add')}
            </Button>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}

/** Which role a user has in which project, as rows of a form. */
export function GrantsField() {
  const { t } = useTranslation('access');
  return <GrantRows label={t('users.grants')} list="grants" role="developer" />;
}

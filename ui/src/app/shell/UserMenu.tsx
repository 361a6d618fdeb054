import { LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { SESSION_PATH, useSession } from '../../client/session';
import type { Project } from '../../client/types';

export function UserMenu({ project }: { project: Project | undefined }) {
  const { t } = useTranslation('nav');
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const name = session?.principal?.display_name || session?.principal?.name || '';
  const leave = async () => {
    await api.remove(SESSION_PATH).catch(() => undefined);
    client.clear();
    await navigate({ to: '/login', search: {} });
  };
  const me = () =>
    project &&
    void navigate({
      to: '/p/$project/settings',
      params: { project: project.name },
      search: { section: 'me' },
    });
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'me', icon: <UserOutlined />, label: t('me'), disabled: !project },
          { type: 'divider' },
          { key: 'leave', icon: <LogoutOutlined />, label: t('log_out') },
        ],
        onClick: ({ key }) => (key === 'leave' ? void leave() : me()),
      }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={t('account', { name })}>
        {name}
      </Button>
    </Dropdown>
  );
}

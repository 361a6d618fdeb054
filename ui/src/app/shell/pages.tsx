import {
  AlertOutlined,
  ApiOutlined,
  AuditOutlined,
  CalendarOutlined,
  ExclamationCircleOutlined,
  HistoryOutlined,
  HomeOutlined,
  PartitionOutlined,
  SettingOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';

export type PageKey =
  | 'home'
  | 'flows'
  | 'connections'
  | 'runs'
  | 'rejects'
  | 'schedules'
  | 'alerts'
  | 'audit'
  | 'settings';

type Place = { key: PageKey; to: `/p/$project${string}`; icon: ReactNode };

/** The pages of a project in the order of the menu: build, watch, keep in order. */
export const PAGES = [
  { key: 'home', to: '/p/$project', icon: <HomeOutlined /> },
  { key: 'connections', to: '/p/$project/connections', icon: <ApiOutlined /> },
  { key: 'flows', to: '/p/$project/flows', icon: <PartitionOutlined /> },
  { key: 'schedules', to: '/p/$project/schedules', icon: <CalendarOutlined /> },
  { key: 'runs', to: '/p/$project/runs', icon: <HistoryOutlined /> },
  { key: 'rejects', to: '/p/$project/rejects', icon: <ExclamationCircleOutlined /> },
  { key: 'alerts', to: '/p/$project/alerts', icon: <AlertOutlined /> },
  { key: 'audit', to: '/p/$project/audit', icon: <AuditOutlined /> },
  { key: 'settings', to: '/p/$project/settings', icon: <SettingOutlined /> },
] as const satisfies readonly Place[];

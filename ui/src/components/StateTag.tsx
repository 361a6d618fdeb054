import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  EditOutlined,
  ExclamationCircleFilled,
  MinusCircleOutlined,
  PauseCircleOutlined,
  StopOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './state-tag.css';

const LOOKS: Record<string, [color: string, icon: ReactNode]> = {
  succeeded: ['succeeded', <CheckCircleFilled />],
  rejected: ['rejected', <ExclamationCircleFilled />],
  failed: ['failed', <CloseCircleFilled />],
  running: ['running', <SyncOutlined spin />],
  waiting: ['waiting', <ClockCircleOutlined />],
  cancelled: ['cancelled', <StopOutlined />],
  draft: ['waiting', <EditOutlined />],
  changed: ['rejected', <EditOutlined />],
  published: ['succeeded', <CheckCircleFilled />],
  paused: ['waiting', <PauseCircleOutlined />],
  active: ['succeeded', <CheckCircleFilled />],
  open: ['failed', <ExclamationCircleFilled />],
  closed: ['succeeded', <CheckCircleFilled />],
  late: ['rejected', <ClockCircleOutlined />],
  fresh: ['succeeded', <CheckCircleFilled />],
  disabled: ['waiting', <StopOutlined />],
  new: ['rejected', <ExclamationCircleFilled />],
  replayed: ['succeeded', <CheckCircleFilled />],
  never: ['waiting', <MinusCircleOutlined />],
  skipped: ['waiting', <MinusCircleOutlined />],
  discarded: ['cancelled', <StopOutlined />],
};

/** `text` says something nearer than the word of the state. */
type Props = { state: string; text?: string; size?: 'small' | 'large' };

/** A state as icon, word and colour: never told by colour alone. */
export function StateTag({ state, text, size = 'small' }: Props) {
  const { t } = useTranslation('common');
  const [color, icon] = LOOKS[state] ?? ['waiting', <MinusCircleOutlined />];
  return (
    <span className={`state-tag ${size}`} style={{ color: `var(--${color})` }}>
      {icon}
      <span>{text ?? t(`state.${state}`, { defaultValue: state })}</span>
    </span>
  );
}

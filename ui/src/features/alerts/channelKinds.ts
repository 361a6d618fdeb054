import type { ChannelKind } from '../../client/types';

export type SettingShape = 'text' | 'secret' | 'list' | 'flag' | 'choice';
export type Setting = {
  name: string;
  shape: SettingShape;
  required?: boolean;
  example?: string;
  choices?: string[];
};

/** Mail servers and endpoints of one's own stand in the company's network, where calls go only if asked. */
const REACH: Setting = { name: 'reach', shape: 'choice', choices: ['public', 'private'] };

/** What each kind of channel needs to know, in the words its settings are kept under. */
export const CHANNEL_SETTINGS: Record<ChannelKind, Setting[]> = {
  dingtalk: [
    { name: 'access_token', shape: 'secret', required: true },
    { name: 'secret', shape: 'secret', example: 'SEC…' },
    { name: 'at_mobiles', shape: 'list', example: '13800000000' },
    { name: 'at_users', shape: 'list' },
    { name: 'at_all', shape: 'flag' },
  ],
  wecom: [
    { name: 'key', shape: 'secret', required: true },
    { name: 'mentioned', shape: 'list', example: '@all' },
    { name: 'mentioned_mobiles', shape: 'list', example: '13800000000' },
  ],
  feishu: [
    { name: 'token', shape: 'secret', required: true },
    { name: 'secret', shape: 'secret' },
    { name: 'at_users', shape: 'list', example: 'ou_…' },
    { name: 'at_all', shape: 'flag' },
  ],
  email: [
    { name: 'host', shape: 'text', required: true, example: 'smtp.example.com' },
    { name: 'port', shape: 'text', example: '587' },
    { name: 'security', shape: 'choice', choices: ['starttls', 'tls', 'none'] },
    { name: 'username', shape: 'text' },
    { name: 'password', shape: 'secret' },
    { name: 'from', shape: 'text', required: true, example: 'mortise@example.com' },
    { name: 'to', shape: 'list', required: true, example: 'ops@example.com' },
    REACH,
  ],
  webhook: [
    { name: 'url', shape: 'text', required: true, example: 'https://hooks.example.com/mortise' },
    { name: 'secret', shape: 'secret', required: true },
    REACH,
  ],
  slack: [
    { name: 'url', shape: 'secret', required: true },
    { name: 'at_users', shape: 'list' },
    { name: 'at_all', shape: 'flag' },
  ],
  teams: [{ name: 'url', shape: 'secret', required: true }],
};

export const CHANNEL_KINDS = Object.keys(CHANNEL_SETTINGS) as ChannelKind[];

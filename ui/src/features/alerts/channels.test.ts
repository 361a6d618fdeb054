import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bodyOf, secretNameOf } from './channelBody';
import { CHANNEL_KINDS, CHANNEL_SETTINGS } from './channelKinds';
import { runOf } from './paths';
import { RULE_EVENTS, RULE_SETTINGS, settingsOf, SHARED_SETTINGS } from './ruleKinds';

it('sends only what is filled in', () => {
  const settings = { to: [], from: 'a@b', at_all: false, host: '', port: undefined };
  expect(bodyOf({ name: 'ops', kind: 'email', settings, language: 'en' })).toEqual({
    name: 'ops',
    kind: 'email',
    settings: { from: 'a@b' },
    language: 'en',
  });
});

it('gives each channel secrets of its own, whatever it is called', () => {
  const draft = { kind: 'dingtalk', settings: {}, language: 'zh-CN' } as const;
  const ops = secretNameOf({ ...draft, name: '运维群' }, 'secret', 'a1b2c3');
  const money = secretNameOf({ ...draft, name: '财务群' }, 'secret', 'd4e5f6');
  expect(ops).toBe('channel.dingtalk-a1b2c3.secret');
  expect(money).not.toBe(ops);
  const settings = { secret: `\${secret:${ops}}` };
  expect(secretNameOf({ ...draft, name: 'ops', settings }, 'secret', 'x')).toBe(ops);
  const shared = { secret: '${secret:hook}' };
  expect(secretNameOf({ ...draft, name: 'ops', settings: shared }, 'secret', 'x')).toBe(
    'channel.ops-x.secret',
  );
});

it('leads from an incident to its run, where it has one', () => {
  expect(runOf('https://m.example.com/p/sales/runs/01a2-b3')).toBe('01a2-b3');
  expect(runOf('https://m.example.com/p/sales/alerts')).toBeUndefined();
  expect(runOf(undefined)).toBeUndefined();
});

it('has a text for every kind, event and setting', () => {
  const file = join(import.meta.dirname, '../../app/i18n/en/alerts.json');
  const texts = JSON.parse(readFileSync(file, 'utf8'));
  for (const kind of CHANNEL_KINDS) {
    expect(texts.kinds[kind], kind).toBeTruthy();
    expect(texts.kind_hint[kind], kind).toBeTruthy();
  }
  for (const event of RULE_EVENTS) {
    expect(texts.events[event], event).toBeTruthy();
    expect(texts.event_hint[event], event).toBeTruthy();
  }
  const all = [
    SHARED_SETTINGS,
    ...Object.values(CHANNEL_SETTINGS),
    ...Object.values(RULE_SETTINGS),
  ].flat();
  for (const { name } of all) expect(texts.setting[name], name).toBeTruthy();
});

it('sends the settings of the chosen event alone, numbers as numbers', () => {
  const settings = {
    by: '08:30',
    percent: '1.5',
    count: '',
    escalate_to: [],
    remind_minutes: '60',
  };
  expect(settingsOf('late', settings)).toEqual({
    by: '08:30',
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    remind_minutes: 60,
  });
  expect(settingsOf('late', { by: '08:30', zone: 'UTC' })).toEqual({ by: '08:30', zone: 'UTC' });
  expect(settingsOf('rejects', settings)).toEqual({ percent: 1.5, remind_minutes: 60 });
});

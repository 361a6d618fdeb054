import type { ChannelDraft } from '../../client/types';

/** What is sent: settings that are not filled in are left out. */
export function bodyOf({ name, kind, settings, language }: ChannelDraft): ChannelDraft {
  const filled = Object.entries(settings).filter(
    ([, value]) => value !== undefined && value !== '' && value !== false && !emptyList(value),
  );
  return { name, kind, language, settings: Object.fromEntries(filled) };
}

const emptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

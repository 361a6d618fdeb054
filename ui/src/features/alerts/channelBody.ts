import type { ChannelDraft } from '../../client/types';

/** What is sent: settings that are not filled in are left out. */
export function bodyOf({ name, kind, settings, language }: ChannelDraft): ChannelDraft {
  const filled = Object.entries(settings).filter(
    ([, value]) => value !== undefined && value !== '' && value !== false && !emptyList(value),
  );
  return { name, kind, language, settings: Object.fromEntries(filled) };
}

/**
 * The name a secret of a channel gets in the vault. The mark keeps channels apart whose names leave
 * nothing to tell them by, such as two in Chinese; a channel that has a secret of its own keeps it.
 */
export function secretNameOf(draft: ChannelDraft, setting: string, mark: string): string {
  const own = /^\$\{secret:(channel\.[^}]+)\}$/.exec(String(draft.settings[setting] ?? ''));
  if (own?.[1]) return own[1];
  const slug = draft.name.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^-+|-+$/g, '');
  return `channel.${slug || draft.kind}-${mark}.${setting}`;
}

const emptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

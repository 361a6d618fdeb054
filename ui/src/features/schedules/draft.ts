import type { Schedule, ScheduleDraft } from '../../client/types';

/** What of a schedule is the person's to say; the rest the server works out. */
export function draftOf(schedule: Schedule): ScheduleDraft {
  const { id: _id, next: _next, words: _words, last_fire: _last, ...draft } = schedule;
  return draft;
}

export function newDraft(): ScheduleDraft {
  return {
    flow: '',
    cron: '0 2 * * *',
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    depends_on: [],
    missed: 'once',
    retries: { max: 2, wait_seconds: 60 },
    concurrency: 'skip',
    paused: false,
  };
}

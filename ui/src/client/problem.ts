import { t } from 'i18next';
import type { Problem } from './types';

type ProblemBody = Partial<Problem> & {
  status?: number;
  title?: string;
  detail?: string;
  problems?: Problem[];
};

/** A refusal of the server: every problem it named, and the status it came with. */
export class ProblemError extends Error {
  readonly status: number;
  readonly problems: Problem[];

  constructor(status: number, problems: Problem[]) {
    super(problems[0]?.message ?? `HTTP ${status}`);
    this.name = 'ProblemError';
    this.status = status;
    this.problems = problems;
  }

  get code(): string {
    return this.problems[0]?.code ?? 'INTERNAL';
  }

  has(code: string): boolean {
    return this.problems.some((problem) => problem.code === code);
  }
}

/** The server could not be reached at all; the studio says so in its banner and tries again. */
export class OfflineError extends Error {
  constructor() {
    super('the server does not answer; check that it runs and that this machine reaches it');
    this.name = 'OfflineError';
  }
}

/** Reads problem+json tolerantly: a proxy in between may answer in HTML. */
export function problemOf(status: number, body: unknown): ProblemError {
  const said: ProblemBody = typeof body === 'object' && body !== null ? body : {};
  if (said.problems && said.problems.length > 0) return new ProblemError(status, said.problems);
  const message = said.detail ?? said.message ?? said.title ?? `HTTP ${status}`;
  return new ProblemError(status, [
    {
      code: said.code ?? `HTTP_${status}`,
      message,
      ...(said.place ? { place: said.place } : {}),
      ...(said.fix ? { fix: said.fix } : {}),
    },
  ]);
}

/** What went wrong as problems to show, whatever was thrown. */
export function problemsOf(error: unknown): Problem[] {
  if (error instanceof ProblemError) return error.problems;
  if (error instanceof OfflineError) {
    return [{ code: 'OFFLINE', message: t('problems:offline_told') || error.message }];
  }
  return [{ code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) }];
}

/** What is wrong and how to mend it, in one line. */
export function lineOf(problem: Pick<Problem, 'message' | 'fix'>): string {
  const language = globalThis.document?.documentElement?.lang ?? 'en';
  const joint = language.startsWith('zh') ? '；' : '; ';
  return [problem.message, problem.fix].filter(Boolean).join(joint);
}

import { problemsOf } from '../client/problem';
import { ProblemList } from './ProblemList';

type Props = { error: unknown; onRetry?: () => void };

/** What went wrong with a request, when something did. */
export function Failure({ error, onRetry }: Props) {
  if (!error) return null;
  return <ProblemList problems={problemsOf(error)} {...(onRetry ? { onRetry } : {})} />;
}

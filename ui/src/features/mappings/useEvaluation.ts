import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../client/api';
import { useMay } from '../../client/session';
import { flowOf } from '../../mapping/flowOf';
import { upstreamOf } from '../../mapping/road';
import { designPath, SAMPLE_ROWS, type Evaluation, type EvaluationRequest } from './wire';

/** A value that has stood still for a while. */
export function useSettled<T>(value: T, millis: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), millis);
    return () => clearTimeout(timer);
  }, [value, millis]);
  return settled;
}

type Asked = { project: string; text: string; input: string | undefined; pause: number };

/**
 * What expressions give on a few sample rows of the input. Waits until typing stops; a question that
 * is no longer asked is cancelled, and the last answer stays until the next is there.
 *
 * @param request as JSON, so that an equal question is the same question
 */
export function useEvaluation({ project, text, input, pause }: Asked, request: string) {
  const settled = useSettled(request, pause);
  const asked = JSON.parse(settled) as EvaluationRequest;
  const { name } = flowOf(text);
  const may = useMay(project, 'developer');
  const query = useQuery({
    queryKey: [project, name, input, upstreamOf(text, input), 'evaluate', settled],
    queryFn: ({ signal }) =>
      api.post<Evaluation>(
        designPath(project, 'evaluate'),
        { name, text, step: input, limit: SAMPLE_ROWS, ...asked },
        { signal },
      ),
    enabled: may && input !== undefined && Object.keys(asked.expressions).length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    retry: false,
  });
  const waiting = settled !== request || query.isFetching;
  return { evaluation: query.data, error: query.error, waiting };
}

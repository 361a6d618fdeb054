import { DownloadOutlined } from '@ant-design/icons';
import { Button, Checkbox, Empty, Input, Select, Spin } from 'antd';
import { memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../client/queries';
import type { LogLine, RunStep } from '../../client/types';
import { CopyButton } from '../../components/CopyButton';
import { Failure } from '../../components/Failure';
import { clockTime } from '../../components/times';
import { asText, matching, merged } from './log';
import { runPath } from '../../client/runPaths';
import './runs.css';

type Props = { project: string; id: string; live: LogLine[]; steps: RunStep[] };
const PAGE_LINES = 1_000;
const LEVELS = ['INFO', 'WARN', 'ERROR'];

function Marked({ text, query }: { text: string; query: string }) {
  const from = query ? text.toLowerCase().indexOf(query.toLowerCase()) : -1;
  if (from < 0) return <>{text}</>;
  const to = from + query.length;
  return (
    <>
      {text.slice(0, from)}
      <mark>{text.slice(from, to)}</mark>
      {text.slice(to)}
    </>
  );
}

function save(text: string, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

type LineProps = { line: LogLine; query: string; times: boolean };

const Line = memo(function Line({ line, query, times }: LineProps) {
  return (
    <div className={`log-line ${line.level.toUpperCase()}`}>
      {times && <span className="soft">{clockTime(line.at)}</span>}
      <span>{line.level.toUpperCase()}</span>
      {line.step && <span className="log-step">{line.step}</span>}
      <span className="grow">
        <Marked text={line.text} query={query} />
      </span>
    </div>
  );
});

/** Every page after the first comes by itself: the server keeps a bounded log, and its end matters. */
function useWhole(list: ReturnType<typeof useList<LogLine>>) {
  const { hasNextPage, isFetching, isError, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
}

/** The log of a run as it grows. Scrolled to its end it follows; scrolled up it stays. */
export function LogView({ project, id, live, steps }: Props) {
  const { t } = useTranslation('runs');
  const [query, setQuery] = useState('');
  const [level, setLevel] = useState<string>();
  const [step, setStep] = useState<string>();
  const [wrap, setWrap] = useState(true);
  const [times, setTimes] = useState(true);
  const box = useRef<HTMLDivElement>(null);
  const follow = useRef(true);
  const list = useList<LogLine>(runPath(project, id, 'log'), {
    query: { query, level: level?.toLowerCase(), limit: PAGE_LINES },
  });
  useWhole(list);
  const lines = merged(list.items, list.hasNextPage ? [] : matching(live, { query, level })).filter(
    (line) => !step || line.step === step,
  );
  useEffect(() => {
    if (follow.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines.length]);
  return (
    <div className="stack tight">
      <div className="row spread">
        <div className="row">
          <Input.Search
            allowClear
            style={{ width: 220 }}
            placeholder={t('log.search')}
            aria-label={t('log.search')}
            onSearch={setQuery}
          />
          <Select
            allowClear
            style={{ width: 130 }}
            placeholder={t('log.level')}
            aria-label={t('log.level')}
            options={LEVELS.map((one) => ({ value: one, label: t('log.from', { level: one }) }))}
            onChange={setLevel}
          />
          <Select
            allowClear
            style={{ width: 150 }}
            placeholder={t('step')}
            aria-label={t('step')}
            options={steps.map(({ name }) => ({ value: name, label: name }))}
            onChange={setStep}
          />
          <Checkbox checked={wrap} onChange={({ target }) => setWrap(target.checked)}>
            {t('log.wrap')}
          </Checkbox>
          <Checkbox checked={times} onChange={({ target }) => setTimes(target.checked)}>
            {t('log.times')}
          </Checkbox>
        </div>
        <div className="row">
          <CopyButton text={asText(lines)} />
          <Button
            type="text"
            icon={<DownloadOutlined />}
            disabled={list.hasNextPage}
            aria-label={t('log.download')}
            onClick={() => save(asText(lines), `run-${id}.log`)}
          />
        </div>
      </div>
      <Failure error={list.error} onRetry={() => void list.refetch()} />
      <div
        ref={box}
        className={wrap ? 'log wrapped' : 'log'}
        role="log"
        tabIndex={0}
        aria-label={t('tab.log')}
        onScroll={({ currentTarget: at }) => {
          follow.current = at.scrollHeight - at.scrollTop - at.clientHeight < 24;
        }}
      >
        {lines.length === 0 && list.isSuccess && <Empty description={t('log.none')} />}
        {lines.map((line, index) => (
          <Line key={index} line={line} query={query} times={times} />
        ))}
      </div>
      {list.hasNextPage && !list.isError && (
        <span className="row soft" role="status">
          <Spin size="small" /> {t('log.reading')}
        </span>
      )}
    </div>
  );
}

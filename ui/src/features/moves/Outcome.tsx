import { Form, Input, Select, Skeleton, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { DataGrid } from '../../components/DataGrid';
import { Failure } from '../../components/Failure';
import { ProblemList } from '../../components/ProblemList';
import type { Problem } from '../../client/types';
import type { Mode } from './moveText';
import type { MoveModel } from './useMove';

const MODES: Mode[] = ['append', 'upsert', 'replace'];

/** All that stands against running it, each once. */
export function problemsIn({ check }: MoveModel): Problem[] {
  const found = check.data;
  if (!found) return [];
  const all = [...found.problems, ...Object.values(found.steps).flatMap((step) => step.problems)];
  return [...new Map(all.map((one) => [`${one.code} ${one.message}`, one])).values()];
}

/** The first rows as they would be written, and what the check of the flow says. */
export function Outcome({ move }: { move: MoveModel }) {
  const { t } = useTranslation('moves');
  const { preview } = move;
  return (
    <section className="panel stack tight" aria-labelledby="move-rows">
      <h2 id="move-rows">{t('rows.title')}</h2>
      <Failure error={move.check.error} />
      <ProblemList problems={problemsIn(move)} />
      {preview.error && <Failure error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.isLoading && <Skeleton active />}
      {preview.data && !preview.error && (
        <Spin spinning={preview.isFetching}>
          <DataGrid preview={preview.data} height={260} />
        </Spin>
      )}
    </section>
  );
}

/** What the flow is called, and how rows get in beside those that are there. */
export function Settings({ move }: { move: MoveModel }) {
  const { t } = useTranslation('moves');
  const keyless = move.key.length === 0 || !move.key.every((name) => move.entries.has(name));
  return (
    <div className="halves">
      <Form.Item
        layout="vertical"
        label={t('name.label')}
        htmlFor="move-name"
        style={{ margin: 0 }}
        {...(move.nameTaken
          ? { validateStatus: 'error' as const, help: t('name.taken') }
          : { extra: t('name.hint') })}
      >
        <Input
          id="move-name"
          className="code"
          value={move.name}
          onChange={({ target }) => move.setName(target.value)}
        />
      </Form.Item>
      <Form.Item
        layout="vertical"
        label={t('mode.label')}
        htmlFor="move-mode"
        style={{ margin: 0 }}
        extra={t(`mode.hint_${move.mode}`, { key: move.key.join(', ') })}
      >
        <Select<Mode>
          id="move-mode"
          value={move.mode}
          options={MODES.map((value) => ({
            value,
            label: t(`mode.${value}`),
            disabled: value === 'upsert' && keyless,
          }))}
          onChange={move.setMode}
        />
      </Form.Item>
    </div>
  );
}

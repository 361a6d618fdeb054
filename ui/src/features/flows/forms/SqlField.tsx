import { Skeleton } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { graphOf, downstream } from '../../../canvas/graph';
import type { Step } from '../../../document/flow';
import { sqlName } from '../../../document/sqlTables';
import { useEditor } from '../editor/editorContext';
import { Field } from './fields';
import { textOf, useReadOnly, useSet } from './settings';
import { columnsOf } from '../canvas/stepState';

const SqlEditor = lazy(() => import('./SqlEditor'));

type Props = { step: Step; word: 'sql' | 'where'; label: string; rows: number };

/** Tables and their columns an expression of this step may name. */
function useSchema(step: Step, word: 'sql' | 'where'): Record<string, string[]> {
  const known = useEditor((editor) => {
    const below = downstream(graphOf(editor.flow), step.name);
    const names =
      word === 'sql'
        ? editor.flow.steps
            .filter(({ name, kind }) => name !== step.name && kind !== 'write' && !below.has(name))
            .map(({ name }) => name)
        : step.kind === 'read'
          ? [step.name]
          : step.inputs.map((input) => input.step);
    const tables = names.map((name) => [
      sqlName(name),
      (columnsOf(editor, name) ?? []).map((column) => column.name),
    ]);
    return JSON.stringify(Object.fromEntries(tables));
  });
  return useMemo(() => JSON.parse(known) as Record<string, string[]>, [known]);
}

/** SQL with completion; the text is handed on when typing pauses or the field is left. */
export function SqlField({ step, word, label, rows }: Props) {
  const { t } = useTranslation('flow');
  const readOnly = useReadOnly();
  const set = useSet(step.name);
  const schema = useSchema(step, word);
  const hint = word === 'sql' ? t('field.sql_hint') : undefined;
  return (
    <Field label={label} hint={hint}>
      {() => (
        <Suspense fallback={<Skeleton active paragraph={{ rows }} />}>
          <SqlEditor
            text={textOf(step, word)}
            label={label}
            rows={rows}
            schema={schema}
            bare={word === 'where'}
            readOnly={readOnly}
            onCommit={(sql) => set([word], sql)}
          />
        </Suspense>
      )}
    </Field>
  );
}

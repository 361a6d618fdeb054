import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { connect } from '../../../document/connect';
import type { Step } from '../../../document/flow';
import { graphOf, downstream } from '../../../canvas/graph';
import { useEditor, useEditorStore } from '../editor/editorContext';
import { ChoiceField, NamesField } from './fields';
import { listOf, textOf, useReadOnly, useSet } from './settings';

/** Where a step takes its rows from, chosen in the form; the canvas does the same by a line. */
export function InputsField({ step }: { step: Step }) {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const flow = useEditor((editor) => editor.flow);
  const readOnly = useReadOnly();
  const set = useSet(step.name);
  const choices = useMemo(() => {
    const below = downstream(graphOf(flow), step.name);
    return flow.steps
      .filter(({ name, kind }) => name !== step.name && kind !== 'write' && !below.has(name))
      .map(({ name }) => name);
  }, [flow, step.name]);
  if (step.kind === 'sql') return null;
  if (step.kind === 'union') {
    return (
      <NamesField
        label={t('field.union')}
        value={listOf(step, 'union')}
        choices={choices}
        readOnly={readOnly}
        onCommit={(names) => set(['union'], names)}
      />
    );
  }
  return (
    <ChoiceField
      label={t('field.from')}
      placeholder={t('field.from_hint')}
      value={textOf(step, 'from')}
      options={choices.map((name) => ({ value: name, label: name }))}
      readOnly={readOnly}
      onCommit={(from) => store.getState().edit((text) => connect(text, from, step.name))}
    />
  );
}

import { useTranslation } from 'react-i18next';
import type { Step } from '../../../document/flow';
import { DatasetField } from './DatasetField';
import { useEditor } from '../editor/editorContext';
import { ChoiceField, NamesField, SwitchField, TextField } from './fields';
import {
  listOf,
  namesOf,
  textOf,
  useInputColumns,
  useOwnColumns,
  useReadOnly,
  useSet,
} from './settings';
import { SqlField } from './SqlField';
import { plannedOf } from '../canvas/stepState';

const MODES = ['append', 'upsert', 'replace', 'mirror'] as const;

/** A dataset that is read or written. */
export function DatasetForm({ step, kind }: { step: Step; kind: 'read' | 'write' }) {
  return (
    <>
      <DatasetField step={step} word={kind} />
      {kind === 'read' ? <ReadParts step={step} /> : <WriteParts step={step} />}
    </>
  );
}

function ReadParts({ step }: { step: Step }) {
  const { t } = useTranslation('flow');
  const readOnly = useReadOnly();
  const set = useSet(step.name);
  const columns = namesOf(useOwnColumns(step));
  return (
    <>
      <NamesField
        label={t('field.columns')}
        hint={t('field.columns_hint')}
        placeholder={t('field.all_columns')}
        value={listOf(step, 'columns')}
        choices={columns}
        readOnly={readOnly}
        onCommit={(names) => set(['columns'], names)}
      />
      <SqlField step={step} word="where" label={t('field.where_read')} rows={2} />
      <div className="field-pair">
        <TextField
          label={t('field.cursor')}
          hint={t('field.cursor_hint')}
          code
          value={textOf(step, 'incremental', 'by')}
          readOnly={readOnly}
          onCommit={(by) => set(by ? ['incremental', 'by'] : ['incremental'], by)}
        />
        <TextField
          label={t('field.lookback')}
          hint={t('field.lookback_hint')}
          code
          value={textOf(step, 'incremental', 'lookback')}
          readOnly={readOnly || textOf(step, 'incremental', 'by') === ''}
          onCommit={(value) => set(['incremental', 'lookback'], value)}
        />
      </div>
    </>
  );
}

function WriteParts({ step }: { step: Step }) {
  const { t } = useTranslation('flow');
  const readOnly = useReadOnly();
  const set = useSet(step.name);
  const columns = namesOf(useInputColumns(step));
  const target = useEditor((editor) => plannedOf(editor, step.name)?.target);
  return (
    <>
      <ChoiceField
        label={t('field.mode')}
        value={textOf(step, 'mode')}
        hint={t(`mode_hint.${textOf(step, 'mode') || 'append'}` as 'mode_hint.append', {
          defaultValue: '',
        })}
        options={MODES.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
        readOnly={readOnly}
        onCommit={(mode) => set(['mode'], mode)}
      />
      <NamesField
        label={t('field.key')}
        hint={t('field.key_hint')}
        value={listOf(step, 'key')}
        choices={columns}
        readOnly={readOnly}
        onCommit={(names) => set(['key'], names)}
      />
      <SwitchField
        label={t('field.lossy')}
        value={step.settings.has('lossy')}
        readOnly={readOnly}
        onCommit={(on) => set(['lossy'], on ? 'allow' : undefined)}
      />
      {step.settings.has('formerly') && (
        <TextField
          label={t('field.formerly')}
          hint={t('field.formerly_hint')}
          code
          value={textOf(step, 'formerly')}
          readOnly={readOnly}
          onCommit={(name) => set(['formerly'], name || undefined)}
        />
      )}
      {target && !target.exists && target.ddl && (
        <details>
          <summary>{t('field.ddl')}</summary>
          <pre className="code flow-ddl">{target.ddl}</pre>
        </details>
      )}
    </>
  );
}

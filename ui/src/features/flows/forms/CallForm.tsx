import { useTranslation } from 'react-i18next';
import type { Step } from '../../../document/flow';
import { DatasetField } from './DatasetField';
import { EntriesField } from './EntriesField';
import { ChoiceField, TextField } from './fields';
import { textOf, useReadOnly, useSet } from './settings';

/** A call of an API with values of each row. */
export function CallForm({ step }: { step: Step }) {
  const { t } = useTranslation('flow');
  const readOnly = useReadOnly();
  const set = useSet(step.name);
  return (
    <>
      <DatasetField step={step} word="call" />
      <EntriesField step={step} word="with" label={t('field.with')} hint={t('field.with_hint')} />
      <EntriesField step={step} word="take" label={t('field.take')} hint={t('field.take_hint')} />
      <div className="field-pair">
        <ChoiceField
          label={t('field.absent')}
          value={textOf(step, 'absent') || 'nulls'}
          options={(['nulls', 'reject'] as const).map((value) => ({
            value,
            label: t(`absent.${value}`),
          }))}
          readOnly={readOnly}
          onCommit={(value) => set(['absent'], value)}
        />
        <TextField
          label={t('field.concurrency')}
          placeholder="4"
          value={textOf(step, 'concurrency')}
          readOnly={readOnly}
          onCommit={(value) => set(['concurrency'], value)}
        />
      </div>
    </>
  );
}

import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Step } from '../../../document/flow';
import type { Entries, Value } from '../../../document/parse';
import { setSetting } from '../../../document/steps';
import { useEditorStore } from '../editor/editorContext';
import { TextField } from './fields';
import { namesOf, useInputColumns, useReadOnly, useSet } from './settings';

const OTHERWISE = ['reject', 'fail', 'warn'] as const;

function rulesOf(step: Step): Entries[] {
  const value = step.settings.get('expect');
  return Array.isArray(value) ? value.filter((one) => one instanceof Map) : [];
}

function textIn(rule: Entries, word: string): string {
  const value = rule.get(word);
  return typeof value === 'string' ? value : '';
}

/** Rules rows must keep, one below the other. */
export function ExpectForm({ step }: { step: Step }) {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const readOnly = useReadOnly();
  const rules = rulesOf(step);
  const add = (rule: Entries) =>
    store
      .getState()
      .edit((text) =>
        rules.length === 0
          ? setSetting(text, step.name, ['expect'], [rule])
          : setSetting(text, step.name, ['expect', rules.length], rule),
      );
  return (
    <fieldset className="flow-entries">
      <legend>{t('field.rules')}</legend>
      {rules.map((rule, i) => (
        <Rule key={i} step={step} rule={rule} index={i} only={rules.length === 1} />
      ))}
      <div className="row">
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={readOnly}
          onClick={() => add(new Map<string, Value>([['rule', 'true']]))}
        >
          {t('field.add_rule')}
        </Button>
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={readOnly}
          onClick={() =>
            add(
              new Map<string, Value>([
                ['column', ''],
                ['not_null', 'true'],
              ]),
            )
          }
        >
          {t('field.add_not_null')}
        </Button>
      </div>
    </fieldset>
  );
}

type RuleProps = { step: Step; rule: Entries; index: number; only: boolean };

function Rule({ step, rule, index, only }: RuleProps) {
  const { t } = useTranslation('flow');
  const readOnly = useReadOnly();
  const set = useSet(step.name);
  const columns = namesOf(useInputColumns(step)).map((name) => ({ value: name, label: name }));
  const column = textIn(rule, 'column');
  const path = (word: string) => ['expect', index, word];
  const options =
    column === '' || columns.some(({ value }) => value === column)
      ? columns
      : [{ value: column, label: column }, ...columns];
  return (
    <div className="rule-row">
      <Select
        showSearch
        allowClear
        aria-label={t('field.column')}
        placeholder={t('field.column')}
        disabled={readOnly}
        value={column || null}
        options={options}
        onChange={(name: string | null) => set(path('column'), name ?? undefined)}
      />
      {rule.has('not_null') ? (
        <span>{t('field.not_null')}</span>
      ) : (
        <TextField
          bare
          code
          label={t('field.rule')}
          value={textIn(rule, 'rule')}
          readOnly={readOnly}
          onCommit={(text) => set(path('rule'), text)}
        />
      )}
      <Select
        aria-label={t('field.otherwise')}
        disabled={readOnly}
        value={textIn(rule, 'otherwise') || 'reject'}
        options={OTHERWISE.map((value) => ({ value, label: t(`otherwise.${value}`) }))}
        onChange={(value) => set(path('otherwise'), value)}
      />
      <Button
        type="text"
        size="small"
        danger
        icon={<DeleteOutlined />}
        aria-label={t('field.remove_rule')}
        disabled={readOnly || only}
        onClick={() => set(['expect', index], undefined)}
      />
    </div>
  );
}

import { Button, Checkbox, Drawer, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../client/api';
import { useProject } from '../../client/place';
import { lineOf } from '../../client/problem';
import { useSend } from '../../client/queries';
import type { RejectedRow, ReplayResult } from '../../client/types';
import { Failure } from '../../components/Failure';
import { useNotice } from '../../components/useNotice';
import { rejectsPath } from './paths';
import { culpritOf, fieldsOf, rowOf, type Field } from './rows';

type Props = { flow: string; reject: RejectedRow; onClose: () => void };

type FieldProps = {
  field: Field;
  type: string | undefined;
  culprit: boolean;
  message: string;
  onChange: (field: Field) => void;
};

function FieldInput({ field, type, culprit, message, onChange }: FieldProps) {
  const { t } = useTranslation('rejects');
  const id = `reject-${field.name}`;
  return (
    <Form.Item
      htmlFor={id}
      label={
        <span className="row">
          {field.name} <code className="soft">{type}</code>
        </span>
      }
      {...(culprit ? { validateStatus: 'error' as const, help: message } : {})}
    >
      <div className="row" style={{ flexWrap: 'nowrap' }}>
        <Input
          id={id}
          className="code"
          autoFocus={culprit}
          disabled={field.isNull}
          value={field.text}
          onChange={({ target }) => onChange({ ...field, text: target.value })}
        />
        <Checkbox
          checked={field.isNull}
          onChange={({ target }) => onChange({ ...field, isNull: target.checked })}
        >
          {t('null')}
        </Checkbox>
      </div>
    </Form.Item>
  );
}

/** Mends one row and replays it: the column that was refused stands out, the others are at hand. */
export function EditRow({ flow, reject, onClose }: Props) {
  const { t } = useTranslation('rejects');
  const project = useProject();
  const { done } = useNotice();
  const [fields, setFields] = useState(() => fieldsOf(reject.row));
  const path = rejectsPath(project, flow);
  const send = useSend(async (replay: boolean) => {
    const row = rowOf(fields, reject.row);
    await api.patch(rejectsPath(project, flow, reject.id), { row });
    if (!replay) return undefined;
    return api.post<ReplayResult>(rejectsPath(project, flow, 'replay'), {
      ids: [reject.id],
      dry_run: false,
    });
  }, path);
  const finish = (replay: boolean) =>
    send.mutate(replay, {
      onSuccess: (result) => {
        if (result && result.rejected > 0) return;
        done(t(replay ? 'row_replayed' : 'row_kept'));
        onClose();
      },
    });
  const culprit = culpritOf(reject);
  const again = send.data?.rejected ? send.data.results?.[0]?.message : undefined;
  return (
    <Drawer
      open
      size={560}
      title={t('mend_title', { flow })}
      onClose={onClose}
      footer={
        <div className="row">
          <Button type="primary" loading={send.isPending} onClick={() => finish(true)}>
            {t('keep_replay')}
          </Button>
          <Button loading={send.isPending} onClick={() => finish(false)}>
            {t('keep')}
          </Button>
        </div>
      }
    >
      <Failure error={send.error} />
      {!culprit && <p>{lineOf(reject)}</p>}
      {again && <p role="alert">{again}</p>}
      <Form layout="vertical" component="div">
        {fields.map((field, index) => (
          <FieldInput
            key={field.name}
            field={field}
            type={reject.types?.[field.name]}
            culprit={field.name === culprit}
            message={lineOf(reject)}
            onChange={(next) => setFields(fields.with(index, next))}
          />
        ))}
      </Form>
    </Drawer>
  );
}

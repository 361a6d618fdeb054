import { CloseOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setExpression } from '../../mapping/edits';
import { isOpen, type TargetRow } from '../../mapping/state';
import { FateMark } from './FateMark';
import { TypeBadge } from './marks';
import { useModel } from './model';
import { QuickForm } from './QuickForm';
import { SampleResults } from './SampleResults';
import { Successors } from './Successors';

const ExpressionEditor = lazy(() => import('./ExpressionEditor'));

function Head({ row }: { row: TargetRow }) {
  const { t } = useTranslation('mapping');
  const { clear, select, readOnly, failing } = useModel();
  return (
    <header>
      <div className="row">
        <h3 className="grow">
          <code>{row.name}</code>
          {row.column?.comment && <span className="soft"> {row.column.comment}</span>}
        </h3>
        {row.column && <TypeBadge type={row.column.type} />}
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined />}
          disabled={readOnly || row.expression === undefined}
          aria-label={t('panel.clear')}
          title={t('panel.clear')}
          onClick={() => clear([row.name])}
        />
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined />}
          aria-label={t('panel.close')}
          title={t('panel.close')}
          onClick={() => select(undefined)}
        />
      </div>
      <FateMark row={row} failing={failing.has(row.name)} named />
    </header>
  );
}

function Proposed({ row }: { row: TargetRow }) {
  const { t, i18n } = useTranslation('mapping');
  const { accept, reject, readOnly } = useModel();
  const { proposal } = row;
  if (!isOpen(row) || !proposal?.source || row.fate === 'missing') return null;
  const spoken = i18n.language.startsWith('zh') ? 'zh' : 'en';
  return (
    <div className="panel-proposal">
      <div className="row">
        <span className="grow">{t('proposal.from', { source: proposal.source })}</span>
        <span className={`score ${proposal.band}`}>
          {t('proposal.score', { score: proposal.score })}
        </span>
      </div>
      <p className="soft">{proposal.reasons.map(({ text }) => text[spoken]).join(' · ')}</p>
      <div className="row">
        <Button
          size="small"
          type="primary"
          disabled={readOnly}
          onClick={() => accept(({ target }) => target === row.name)}
        >
          {t('proposal.take')}
        </Button>
        <Button size="small" onClick={() => reject(row.name)}>
          {t('proposal.not')}
        </Button>
      </div>
    </div>
  );
}

/** Everything about one target column: its expression, as a form and as SQL, and what it gives. */
export function LinePanel({ row }: { row: TargetRow }) {
  const { t } = useTranslation('mapping');
  const { act, step, facts, readOnly } = useModel();
  const sql = row.expression ?? '';
  const [draft, setDraft] = useState(sql);
  const [seen, setSeen] = useState(sql);
  if (seen !== sql) {
    // Changed elsewhere: by a line, the table, the text or an undo.
    setSeen(sql);
    setDraft(sql);
  }
  const commit = (next: string) => {
    act((text) => setExpression(text, step, row.name, next));
  };
  return (
    <section className="mapping-side" aria-label={t('panel.label', { target: row.name })}>
      <Head row={row} />
      {row.fate === 'missing' && <Successors row={row} all />}
      <Proposed row={row} />
      <QuickForm row={row} sql={sql} onChange={commit} />
      <div>
        <div className="field-label">{t('panel.expression')}</div>
        <Suspense fallback={<Skeleton active title={false} paragraph={{ rows: 1 }} />}>
          <ExpressionEditor
            text={sql}
            label={t('panel.expression_of', { target: row.name })}
            sources={facts.sources}
            readOnly={readOnly}
            onDraft={setDraft}
            onCommit={commit}
          />
        </Suspense>
      </div>
      <SampleResults row={row} draft={draft} />
    </section>
  );
}

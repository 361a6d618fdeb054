import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { Button, InputNumber, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Proposal } from '../../client/types';
import { isOpen } from '../../mapping/state';
import { useModel } from './model';

const THRESHOLD = 80;
const SHOWN_MAX = 100;

function Reasons({ proposal }: { proposal: Proposal }) {
  const { i18n } = useTranslation('mapping');
  const spoken = i18n.language.startsWith('zh') ? 'zh' : 'en';
  return (
    <ul className="reasons">
      {proposal.reasons.map(({ code, text, score }) => (
        <li key={code}>
          {text[spoken]} <span className="soft">{score}</span>
        </li>
      ))}
    </ul>
  );
}

function Item({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation('mapping');
  const { accept, reject, map, select, readOnly } = useModel();
  const { target, source, score, alternatives } = proposal;
  return (
    <li className="proposal">
      <div className="row">
        <Tooltip title={<Reasons proposal={proposal} />}>
          <button type="button" className="proposal-pair grow" onClick={() => select(target)}>
            <code>{source}</code>
            <span aria-hidden>→</span>
            <code>{target}</code>
          </button>
        </Tooltip>
        <span className={`score ${proposal.band}`}>{t('proposal.score', { score })}</span>
        <Button
          size="small"
          type="text"
          icon={<CheckOutlined />}
          disabled={readOnly}
          aria-label={t('proposal.accept', { target, source })}
          title={t('proposal.accept', { target, source })}
          onClick={() => accept((one) => one.target === target)}
        />
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined />}
          aria-label={t('proposal.reject', { target })}
          title={t('proposal.reject', { target })}
          onClick={() => reject(target)}
        />
      </div>
      <Reasons proposal={proposal} />
      {alternatives.length > 0 && (
        <div className="alternatives soft">
          {t('proposal.instead')}
          {alternatives.slice(0, 3).map((other) => (
            <Button
              key={other.source}
              size="small"
              type="link"
              disabled={readOnly}
              onClick={() => map(other.source, target)}
            >
              {other.source} {other.score}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}

/** What the server proposes for targets that have nothing yet, the surest first. */
export function ProposalList() {
  const { t } = useTranslation('mapping');
  const { rows, accept, readOnly } = useModel();
  const [threshold, setThreshold] = useState(THRESHOLD);
  const proposals = rows
    .filter((row) => isOpen(row) && row.proposal?.source)
    .flatMap(({ proposal }) => proposal ?? [])
    .sort((a, b) => b.score - a.score);
  const sure = proposals.filter(({ score }) => score >= threshold).length;
  return (
    <section className="mapping-side" aria-label={t('proposal.title')}>
      <h3>
        {t('proposal.title')} <span className="soft">{proposals.length}</span>
      </h3>
      {proposals.length === 0 && <p className="soft">{t('proposal.none')}</p>}
      {proposals.length > 0 && (
        <div className="row">
          <label className="row">
            {t('proposal.from_score')}
            <InputNumber
              size="small"
              min={0}
              max={100}
              style={{ width: 64 }}
              value={threshold}
              onChange={(value) => setThreshold(value ?? THRESHOLD)}
            />
          </label>
          <Button
            size="small"
            type="primary"
            disabled={readOnly || sure === 0}
            onClick={() => accept(({ score }) => score >= threshold)}
          >
            {t('proposal.accept_all', { count: sure })}
          </Button>
        </div>
      )}
      <ul className="plain-list">
        {proposals.slice(0, SHOWN_MAX).map((proposal) => (
          <Item key={proposal.target} proposal={proposal} />
        ))}
      </ul>
      {proposals.length > SHOWN_MAX && (
        <p className="soft">{t('proposal.more', { count: proposals.length - SHOWN_MAX })}</p>
      )}
    </section>
  );
}

import { CloseCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../client/types';
import './problem-list.css';

type Props = {
  problems: Problem[];
  /** Shows the place in the document; without it places are only told. */
  onShow?: (problem: Problem) => void;
  onRetry?: () => void;
};

function whereOf({ file, line, column, place }: Problem): string {
  const spot = [line, column].filter((part) => part !== null && part !== undefined).join(':');
  const own = file && spot ? `${file}:${spot}` : file || spot;
  return [place, place === own ? '' : own].filter(Boolean).join(' · ');
}

function Item({ problem, onShow }: { problem: Problem; onShow?: (problem: Problem) => void }) {
  const { t } = useTranslation('problems');
  const where = whereOf(problem);
  return (
    <li>
      <CloseCircleFilled className="problem-icon" aria-hidden />
      <div className="grow">
        <div className="row spread">
          <strong>{t(problem.code, { defaultValue: t('unknown') })}</strong>
          <code className="soft">{problem.code}</code>
        </div>
        <div className="problem-message">{problem.message}</div>
        {problem.fix && (
          <div className="soft">
            {t('fix')} {problem.fix}
          </div>
        )}
        {where &&
          (onShow && problem.line ? (
            <Button type="link" size="small" className="code" onClick={() => onShow(problem)}>
              {where}
            </Button>
          ) : (
            <code className="soft">{where}</code>
          ))}
      </div>
    </li>
  );
}

/** Every problem at once: what it is, the server's own sentence, how to mend it and where. */
export function ProblemList({ problems, onShow, onRetry }: Props) {
  const { t } = useTranslation('common');
  if (problems.length === 0) return null;
  return (
    <div className="problem-list" role="alert">
      <ul>
        {problems.map((problem, index) => (
          <Item
            key={`${problem.code}-${index}`}
            problem={problem}
            {...(onShow ? { onShow } : {})}
          />
        ))}
      </ul>
      {onRetry && <Button onClick={onRetry}>{t('action.retry')}</Button>}
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import type { Preview } from '../../../client/types';

/** Each column with its figures, and whether they are of all rows or of a sample. */
export function PreviewSchema({ preview }: { preview: Preview }) {
  const { t } = useTranslation('flow');
  const of = preview.of === 'all' ? 'preview.of_all' : 'preview.of_sample';
  const profile = new Map(preview.profile?.map((one) => [one.name, one]));
  return (
    <div className="flow-schema">
      <p className="soft">{t(of, { rows: preview.sampled_rows })}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('preview.column')}</th>
            <th scope="col">{t('preview.type')}</th>
            <th scope="col">{t('preview.nulls')}</th>
            <th scope="col">{t('preview.distinct')}</th>
            <th scope="col">{t('preview.min')}</th>
            <th scope="col">{t('preview.max')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.columns.map(({ name, type }) => {
            const known = profile.get(name);
            return (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>
                  <span className="type-badge">{type}</span>
                </td>
                <td className="number">{known && `${known.null_percent}%`}</td>
                <td className="number">{known?.distinct}</td>
                <td>{known?.min}</td>
                <td>{known?.max}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

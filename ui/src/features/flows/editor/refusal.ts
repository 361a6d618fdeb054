import type { TFunction } from 'i18next';
import type { EditRefused } from '../../../document/refused';

/** Why an edit was not made, in the reader's language. */
export function refusalText(t: TFunction<'flow'>, refused: EditRefused): string {
  return t(`refused.${refused.code}` as 'refused.unsafe', { ...refused.values });
}

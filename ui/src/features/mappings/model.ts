import { createContext, useContext } from 'react';
import type { Proposal } from '../../client/types';
import type { EditRefused } from '../../document/refused';
import type { Line, TargetRow } from '../../mapping/state';
import type { Facts } from './useFacts';
import type { Evaluation } from './wire';

/** All that the parts of the editor see and may do. */
export interface MappingModel {
  project: string;
  text: string;
  step: string;
  readOnly: boolean;
  facts: Facts;
  rows: TargetRow[];
  lines: Line[];
  /** How many targets each source goes to. */
  uses: Map<string, number>;
  keep: boolean;
  /** Required targets that have no value. */
  gaps: string[];
  /** Targets whose sample values do not go over. */
  failing: ReadonlySet<string>;
  evaluation: Evaluation | undefined;
  selected: string | undefined;
  refused: EditRefused | undefined;
  select: (target: string | undefined) => void;
  /** Makes an edit; a refusal is shown and changes nothing. */
  act: (change: (text: string) => string) => boolean;
  map: (source: string, target: string) => void;
  clear: (targets: readonly string[]) => void;
  accept: (accepts: (proposal: Proposal) => boolean) => void;
  reject: (target: string) => void;
}

export const MappingContext = createContext<MappingModel | null>(null);

export function useModel(): MappingModel {
  const model = useContext(MappingContext);
  if (!model) throw new Error('used outside of a mapping editor');
  return model;
}

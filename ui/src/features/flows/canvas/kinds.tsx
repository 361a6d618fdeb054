import {
  ApiOutlined,
  CheckSquareOutlined,
  CodeOutlined,
  DatabaseOutlined,
  ExportOutlined,
  FilterOutlined,
  MergeCellsOutlined,
  NodeExpandOutlined,
  QuestionOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import { freeName } from '../../../document/names';
import type { FlowDocument, StepKind } from '../../../document/flow';
import type { Entries, Value } from '../../../document/parse';
import { sqlName } from '../../../document/sqlTables';

/** In the order people build with them. */
export const PALETTE: readonly StepKind[] = [
  'read',
  'map',
  'where',
  'sql',
  'expect',
  'dedupe',
  'union',
  'call',
  'write',
];

const ICONS: Record<StepKind, ComponentType> = {
  read: DatabaseOutlined,
  map: SwapOutlined,
  where: FilterOutlined,
  sql: CodeOutlined,
  expect: CheckSquareOutlined,
  dedupe: NodeExpandOutlined,
  union: MergeCellsOutlined,
  call: ApiOutlined,
  write: ExportOutlined,
};

export function KindIcon({ kind }: { kind: StepKind | undefined }) {
  const Icon = kind ? ICONS[kind] : QuestionOutlined;
  return <Icon />;
}

const NAMES: Record<StepKind, string> = {
  read: 'rows',
  map: 'mapped',
  where: 'filtered',
  sql: 'joined',
  expect: 'checked',
  dedupe: 'unique',
  union: 'all_rows',
  call: 'called',
  write: 'written',
};

function settingsOf(kind: StepKind, from: string): Record<string, Value> {
  switch (kind) {
    case 'read':
      return { read: '' };
    case 'map':
      return { from, map: new Map([['*', 'keep']]) };
    case 'where':
      return { from, where: 'true' };
    case 'sql':
      return { sql: from ? `select * from ${sqlName(from)}` : '' };
    case 'expect':
      return { from, expect: [new Map([['rule', 'true']])] };
    case 'dedupe':
      return { from, dedupe: [] };
    case 'union':
      return { union: from ? [from] : [] };
    case 'call':
      return { from, call: '' };
    case 'write':
      return { from, write: '', mode: 'append' };
  }
}

/** A new step of a kind; what it still needs is said by the check, not guessed. */
export function newStep(flow: FlowDocument, kind: StepKind, from?: string) {
  const settings: Entries = new Map(Object.entries(settingsOf(kind, from ?? '')));
  if (!from && settings.get('from') === '') settings.delete('from');
  return { name: freeName(flow, NAMES[kind]), settings };
}

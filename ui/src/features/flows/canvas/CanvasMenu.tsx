import { Dropdown, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { graphOf, writesFrom } from '../../../canvas/graph';
import {
  addOfKind,
  addOnEdge,
  copyNamed,
  cutNamed,
  duplicateNamed,
  layOut,
  openStep,
  part,
  pasteHere,
  removeNamed,
  selectAll,
} from '../editor/actions';
import { useMay } from '../../../client/session';
import type { MenuRequest } from './canvasMenu';
import { useEditor, useEditorStore } from '../editor/editorContext';
import { KindIcon, PALETTE } from './kinds';
import { useRunCommands } from '../runs/runCommands';

type Items = NonNullable<MenuProps['items']>;
type Props = { request: MenuRequest | undefined; onClose: () => void };

function useAddItems(request: MenuRequest | undefined): Items {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const add = request?.add;
  return PALETTE.filter((kind) => kind !== 'read' || !add).map((kind) => ({
    key: `add-${kind}`,
    icon: <KindIcon kind={kind} />,
    label: t(`kind.${kind}` as 'kind.read'),
    onClick: () => {
      if (add && 'on' in add) addOnEdge(store, kind, add.on);
      else addOfKind(store, kind, add?.after ?? request?.step);
    },
  }));
}

function useStepItems(step: string): Items {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const commands = useRunCommands();
  const selected = useEditor((editor) => editor.selected);
  const flow = useEditor((editor) => editor.flow);
  const names = selected.includes(step) ? selected : [step];
  const project = useEditor((editor) => editor.project);
  const mayRun = useMay(project, 'operator');
  const mayLook = useMay(project, 'developer');
  const writes = step === '' ? [] : writesFrom(graphOf(flow), step);
  // Rows of a step that does not write go nowhere but here: running up to it is looking at them.
  const isWrite = writes.includes(step);
  const preview = isWrite ? t('menu.preview') : t('menu.preview_to');
  return [
    { key: 'open', label: t('menu.open'), onClick: () => openStep(store, step) },
    { type: 'divider' },
    {
      key: 'preview',
      label: preview,
      disabled: !mayLook,
      extra: 'P',
      onClick: () => commands.preview(step),
    },
    ...(isWrite
      ? [
          {
            key: 'to',
            label: t('menu.run_to'),
            disabled: !mayRun,
            onClick: () => commands.run({ steps: [step] }),
          },
        ]
      : [
          {
            key: 'from',
            label: t('menu.run_from'),
            disabled: !mayRun || writes.length === 0,
            onClick: () => commands.run({ steps: writes }),
          },
        ]),
    { type: 'divider' },
    { key: 'copy', label: t('menu.copy'), extra: 'Ctrl+C', onClick: () => copyNamed(store, names) },
    { key: 'cut', label: t('menu.cut'), extra: 'Ctrl+X', onClick: () => cutNamed(store, names) },
    {
      key: 'duplicate',
      label: t('menu.duplicate'),
      extra: 'Ctrl+D',
      onClick: () => duplicateNamed(store, names),
    },
    {
      key: 'remove',
      label: t('menu.remove'),
      danger: true,
      extra: 'Del',
      onClick: () => removeNamed(store, names),
    },
  ];
}

function usePaneItems(): Items {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  return [
    { key: 'paste', label: t('menu.paste'), extra: 'Ctrl+V', onClick: () => pasteHere(store) },
    { key: 'all', label: t('menu.select_all'), extra: 'Ctrl+A', onClick: () => selectAll(store) },
    { key: 'layout', label: t('menu.layout'), onClick: () => layOut(store) },
  ];
}

/** The one menu of the canvas, opened at a point: for a step, a line, empty ground, or adding. */
export function CanvasMenu({ request, onClose }: Props) {
  const { t } = useTranslation('flow');
  const store = useEditorStore();
  const add = useAddItems(request);
  const step = useStepItems(request?.step ?? '');
  const pane = usePaneItems();
  if (!request) return null;
  const more: Items = [{ key: 'add', label: t('menu.add'), children: add }, { type: 'divider' }];
  const edge = request.edge;
  const remove: Items = edge
    ? [{ key: 'part', label: t('menu.part'), danger: true, onClick: () => part(store, [edge]) }]
    : [];
  const items = request.add
    ? add
    : request.step
      ? [...more, ...step]
      : edge
        ? remove
        : [...more, ...pane];
  return (
    <Dropdown
      open
      menu={{ items, onClick: onClose, autoFocus: true } as MenuProps}
      trigger={['click']}
      autoFocus
      onOpenChange={(open) => !open && onClose()}
    >
      <span className="menu-anchor" style={{ left: request.at.x, top: request.at.y }} />
    </Dropdown>
  );
}

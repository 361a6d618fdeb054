import { Input } from 'antd';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { endOf, scrollTo } from '../../mapping/geometry';
import { press, START, type Command, type Marker, type Side } from '../../mapping/keys';
import { findFields, findRows } from '../../mapping/search';
import { FieldList } from './FieldList';
import { drawnLines, LineOverlay } from './LineOverlay';
import { useModel, type MappingModel } from './model';
import { SourceRow } from './SourceRow';
import { TargetRow } from './TargetRow';
import { useDragging } from './useDragging';
import { usePane } from './usePane';

const ROW_PX = 34;
const ROW_SAMPLES_PX = 50;

function run(model: MappingModel, command: Command) {
  switch (command.do) {
    case 'map':
      return model.map(command.source, command.target);
    case 'select':
      return model.select(command.target);
    case 'clear':
      return model.clear([command.target]);
    case 'accept':
      return model.accept(({ target }) => target === command.target);
    case 'reject':
      return model.reject(command.target);
  }
}

function indexOf(names: readonly string[]): Map<string, number> {
  return new Map(names.map((name, index) => [name, index]));
}

/** Source fields to the left, target fields to the right, and the lines between them. */
export function MappingLines({ samples }: { samples: boolean }) {
  const { t } = useTranslation('mapping');
  const id = useId();
  const model = useModel();
  const { facts, rows, lines, uses, selected, failing, readOnly } = model;
  const row = samples ? ROW_SAMPLES_PX : ROW_PX;
  const [sourcePane, sourceBox, lookAtSources] = usePane(row);
  const [targetPane, targetBox, lookAtTargets] = usePane(row);
  const [queries, setQueries] = useState({ source: '', target: '' });
  const [marker, setMarker] = useState<Marker>(START);
  const shown = useMemo(() => {
    const fields = findFields(queries.source, facts.sources);
    const found = findRows(queries.target, rows);
    const sources = fields.map(({ name }) => name);
    const targets = found.map(({ name }) => name);
    return {
      sources,
      targets,
      fields: new Map(fields.map((field) => [field.name, field])),
      rows: new Map(found.map((one) => [one.name, one])),
      at: { sources: indexOf(sources), targets: indexOf(targets) },
    };
  }, [queries, facts.sources, rows]);
  const drag = useDragging(targetBox, model.map);
  const panes = { source: sourcePane, target: targetPane };
  const boxes = { source: sourceBox, target: targetBox };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget)
      return;
    const page = Math.floor(panes[marker.side].height / row);
    const pressed = press(marker, event.key, { ...shown, page });
    if (!pressed.taken || (readOnly && pressed.command && pressed.command.do !== 'select')) return;
    event.preventDefault();
    event.stopPropagation();
    const { side } = pressed.marker;
    setMarker(pressed.marker);
    const list = boxes[side].current;
    if (list) list.scrollTop = scrollTo(pressed.marker[side], panes[side]);
    if (side !== marker.side) list?.focus();
    if (pressed.command) run(model, pressed.command);
  };
  const held = drag.dragging?.source ?? marker.carried;
  const origin = drag.dragging && shown.at.sources.get(drag.dragging.source);
  const search = (side: Side) => (
    <Input
      allowClear
      size="small"
      aria-label={t(`search.${side}` as 'search.source')}
      placeholder={t(`search.${side}` as 'search.source')}
      value={queries[side]}
      onChange={({ target }) => setQueries({ ...queries, [side]: target.value })}
    />
  );
  const list = (side: Side) => ({
    side,
    id: `${id}${side}`,
    pane: panes[side],
    box: boxes[side],
    at: marker[side],
    onKeyDown,
    onFocus: () => setMarker((now) => (now.side === side ? now : { ...now, side })),
  });
  return (
    <div className="mapping-lines" aria-busy={facts.pending}>
      <div className="list-head">
        <strong>{t('source', { name: facts.input ?? '' })}</strong>
        <span className="soft">{facts.sources.length}</span>
        {search('source')}
      </div>
      <div className="list-head">
        <strong>{t('target', { name: facts.writes[0]?.dataset ?? model.step })}</strong>
        <span className="soft">{rows.length}</span>
        {search('target')}
      </div>
      <FieldList
        {...list('source')}
        label={t('list.source')}
        names={shown.sources}
        selected={undefined}
        carried={held}
        onScroll={lookAtSources}
        onPress={(_, index) => setMarker({ ...marker, side: 'source', source: index })}
        {...(readOnly ? {} : { onPointerDown: drag.onPointerDown })}
        handlers={{
          onPointerMove: drag.onPointerMove,
          onPointerUp: drag.onPointerUp,
          onPointerCancel: drag.onPointerCancel,
        }}
      >
        {(name) => {
          const field = shown.fields.get(name);
          return field && <SourceRow field={field} samples={samples} uses={uses.get(name) ?? 0} />;
        }}
      </FieldList>
      <LineOverlay
        lines={drawnLines(lines, shown.at, panes)}
        selected={selected}
        dragging={drag.dragging}
        origin={origin === undefined ? undefined : endOf(origin, sourcePane)}
        onSelect={model.select}
      />
      <FieldList
        {...list('target')}
        label={t('list.target')}
        names={shown.targets}
        selected={selected}
        over={drag.dragging?.over}
        onScroll={lookAtTargets}
        onPress={(name, index) => {
          setMarker({ ...marker, side: 'target', target: index });
          model.select(name);
        }}
      >
        {(name) => {
          const found = shown.rows.get(name);
          return found && <TargetRow row={found} samples={samples} failing={failing.has(name)} />;
        }}
      </FieldList>
      <p className="visually-hidden" role="status">
        {marker.carried !== undefined && t('carrying', { name: marker.carried })}
      </p>
    </div>
  );
}

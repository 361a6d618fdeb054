import { Panel, useReactFlow, useStoreApi } from '@xyflow/react';
import { memo, useEffect, useMemo, useRef, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { NODE } from '../../../canvas/layout';
import { fitInto, placeAt, seenIn, type Fit } from '../../../canvas/overview';
import type { StepFlowNode } from './StepNode';

const SIZE = { width: 160, height: 100 };

type Drawing = { nodes: readonly StepFlowNode[]; fit: Fit };

const Steps = memo(function Steps({ nodes, fit }: Drawing) {
  const { scale, left, top } = fit;
  return (
    <svg {...SIZE} viewBox={`${left} ${top} ${SIZE.width / scale} ${SIZE.height / scale}`}>
      {nodes.map(({ id, position, data }) => (
        <rect key={id} className={`kind-${data.kind ?? 'unknown'}`} {...position} {...NODE} />
      ))}
    </svg>
  );
});

/**
 * The whole flow, small, and which part of it is seen. A movement shifts one frame, past React: the
 * steps are drawn again only when one of them has moved.
 */
export function Overview({ nodes }: { nodes: readonly StepFlowNode[] }) {
  const { t } = useTranslation('flow');
  const canvas = useStoreApi();
  const { getZoom, setCenter } = useReactFlow();
  const seen = useRef<HTMLDivElement>(null);
  const fit = useMemo(
    () =>
      fitInto(
        SIZE,
        nodes.map(({ position }) => position),
      ),
    [nodes],
  );
  useEffect(() => {
    const follow = () => {
      const { transform, width, height } = canvas.getState();
      const part = seenIn(fit, transform, { width, height });
      const style = seen.current?.style;
      if (!style) return;
      style.transform = `translate(${part.x}px, ${part.y}px)`;
      style.width = `${part.width}px`;
      style.height = `${part.height}px`;
    };
    follow();
    return canvas.subscribe(follow);
  }, [canvas, fit]);
  const goTo = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const place = placeAt(fit, { x: event.clientX - left, y: event.clientY - top });
    void setCenter(place.x, place.y, { zoom: getZoom() });
  };
  return (
    <Panel position="bottom-right">
      <div
        className="overview nopan nowheel"
        style={SIZE}
        role="img"
        aria-label={t('aria.minimap')}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          goTo(event);
        }}
        onPointerMove={goTo}
      >
        <Steps nodes={nodes} fit={fit} />
        <div ref={seen} className="overview-seen" />
      </div>
    </Panel>
  );
}

import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../components/times';

echarts.use([BarChart, GridComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

type Props = { points: { at: string; rows: number }[] };

const color = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function optionOf(points: Props['points'], language: string) {
  const days = points.length > 30;
  const label = (at: string) =>
    new Intl.DateTimeFormat(
      language,
      days
        ? { month: 'numeric', day: 'numeric', hour: '2-digit', hourCycle: 'h23' }
        : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    ).format(new Date(at));
  const soft = { color: color('ink-soft') };
  const short = new Intl.NumberFormat(language, { notation: 'compact' });
  return {
    aria: { enabled: true },
    animation: false,
    grid: { left: 52, right: 8, top: 12, bottom: 28 },
    tooltip: {
      trigger: 'axis' as const,
      backgroundColor: color('surface'),
      borderColor: color('line'),
      textStyle: { color: color('ink') },
      valueFormatter: (value: unknown) => count(Number(value), language),
    },
    xAxis: {
      type: 'category' as const,
      data: points.map(({ at }) => label(at)),
      axisLabel: soft,
      axisLine: { lineStyle: { color: color('line') } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value' as const,
      axisLabel: { ...soft, formatter: (value: number) => short.format(value) },
      splitLine: { lineStyle: { color: color('line') } },
    },
    series: [
      {
        type: 'bar' as const,
        data: points.map(({ rows }) => rows),
        itemStyle: { color: color('accent'), borderRadius: [3, 3, 0, 0] },
        barMaxWidth: 28,
      },
    ],
  };
}

/** Rows moved hour by hour. It is drawn again when the colours or the language change. */
export default function RowsChart({ points }: Props) {
  const { t, i18n } = useTranslation('home');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return undefined;
    const chart = echarts.init(box.current);
    const draw = () => chart.setOption(optionOf(points, i18n.language));
    draw();
    const resized = new ResizeObserver(() => chart.resize());
    resized.observe(box.current);
    // The colours live on the root element: whatever changes them is seen there.
    const recoloured = new MutationObserver(draw);
    recoloured.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      resized.disconnect();
      recoloured.disconnect();
      chart.dispose();
    };
  }, [points, i18n.language]);
  return <div ref={box} className="home-chart" role="img" aria-label={t('rows_by_hour')} />;
}

// The dashboard as Grafana shows it: its panels ask Prometheus themselves and are drawn by the components that Grafana publishes.
import '@fontsource/inter/400.css';
import '@fontsource/inter/500.css';
import {
  createTheme, EventBusSrv, fieldMatchers, FieldType, getDisplayProcessor, getFieldDisplayValues, rangeUtil, ThemeContext,
} from '@grafana/data';
import {
  BigValue, GlobalStyles, Icon, InlineLabel, PanelChrome, PanelContextProvider, TimeRangePicker, TimeSeries,
} from '@grafana/ui';
import { createRoot } from 'react-dom/client';

// A dashboard has 24 columns, and rows of 30 pixels; between them are 8.
const [Columns, Cell, Gap, Margin] = [24, 30, 8, 16];

// Seconds; Grafana is told with the address of Prometheus how often it asks.
const ScrapeInterval = 15;

const settings = new URLSearchParams(location.search);
const range = rangeUtil.convertRawToRange({ from: `now-${settings.get('minutes')}m`, to: 'now' });
const theme = createTheme({ colors: { mode: 'dark' } });

async function ask(path, parameters) {
  const answer = await fetch(`${settings.get('prometheus')}/api/v1/${path}?${new URLSearchParams(parameters)}`);
  const { status, error, data } = await answer.json();
  if (status !== 'success') {
    throw new Error(`${parameters.query}: ${error}`);
  }

  return data;
}

// Source: https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/
function withoutVariables(expression, jobs, step) {
  return expression
    .replaceAll('$job', `(${jobs.join('|')})`)
    .replaceAll('$__rate_interval', `${Math.max(step + ScrapeInterval, 4 * ScrapeInterval)}s`);
}

function nameOf(target, labels) {
  return target.legendFormat?.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => labels[label] ?? '');
}

function frameOf(panel, target, series, step, index) {
  const value = {
    name: 'Value',
    type: FieldType.number,
    labels: series.metric,
    config: { ...panel.fieldConfig.defaults, displayNameFromDS: nameOf(target, series.metric) },
    state: { seriesIndex: index },
    // NaN, of a quantile of nothing, is no value.
    values: series.values.map(([, text]) => (text === 'NaN' ? null : Number(text.replace('Inf', 'Infinity')))),
  };
  for (const { matcher, properties } of panel.fieldConfig.overrides) {
    if (fieldMatchers.get(matcher.id).get(matcher.options)(value, { fields: [value] }, [])) {
      Object.assign(value.config, Object.fromEntries(properties.map(property => [property.id, property.value])));
    }
  }

  value.display = getDisplayProcessor({ field: value, theme });
  const time = {
    name: 'Time',
    type: FieldType.time,
    // Where a step is left out, so is the line.
    config: { interval: step * 1_000 },
    values: series.values.map(([at]) => at * 1_000),
  };
  return { refId: target.refId, length: time.values.length, fields: [time, value] };
}

async function framesOf(panel, width, jobs) {
  const step = rangeUtil.calculateInterval(range, Math.floor(width), `${ScrapeInterval}s`).intervalMs / 1_000;
  const [start, end] = [range.from, range.to].map(at => Math.floor(at.unix() / step) * step);
  const answers = await Promise.all(
    panel.targets.map(target =>
      ask('query_range', { query: withoutVariables(target.expr, jobs, step), start, end, step }),
    ),
  );
  return answers
    .flatMap(({ result }, at) => result.map(series => [panel.targets[at], series]))
    .map(([target, series], index) => frameOf(panel, target, series, step, index));
}

function Stat({ panel, frames, width, height }) {
  const { reduceOptions, ...look } = panel.options;
  const values = getFieldDisplayValues({
    data: frames,
    fieldConfig: panel.fieldConfig,
    reduceOptions,
    replaceVariables: text => text,
    sparkline: look.graphMode !== 'none',
    theme,
  });
  const [{ display, sparkline }] = values;
  // The panel's title says which value it is.
  return <BigValue {...look} {...{ theme, sparkline, width, height }} value={{ ...display, title: undefined }} />;
}

function Graph({ panel, frames, width, height, timeZone }) {
  return <TimeSeries {...{ frames, width, height, timeZone }} timeRange={range} legend={panel.options.legend} />;
}

function Panel({ panel, frames, width, height, timeZone }) {
  if (panel.type === 'row') {
    return (
      <div style={{ ...theme.typography.h6, lineHeight: `${height}px` }}>
        <Icon name="angle-down" /> {panel.title}
      </div>
    );
  }

  const Kind = { stat: Stat, timeseries: Graph }[panel.type];
  const hasData = frames.some(({ fields }) => fields[1].values.some(value => value !== null));
  return (
    <PanelChrome {...{ width, height }} title={panel.title} description={panel.description}>
      {(innerWidth, innerHeight) =>
        hasData ? (
          <Kind {...{ panel, frames, timeZone }} width={innerWidth} height={innerHeight} />
        ) : (
          <div style={{ lineHeight: `${innerHeight}px`, textAlign: 'center', color: theme.colors.text.secondary }}>
            No data
          </div>
        )
      }
    </PanelChrome>
  );
}

function Header({ dashboard }) {
  const nothing = () => {};
  return (
    <div style={{ display: 'flex', gap: Gap, height: 2 * Cell }}>
      <div style={{ ...theme.typography.h4, lineHeight: `${Cell}px`, flexGrow: 1 }}>{dashboard.title}</div>
      {dashboard.templating.list.map(({ name, label, type }) => (
        <InlineLabel key={name} width="auto">
          {label}: {type === 'datasource' ? 'Prometheus' : 'All'}
        </InlineLabel>
      ))}
      <TimeRangePicker
        value={range}
        timeZone={dashboard.timezone}
        {...{ onChange: nothing, onChangeTimeZone: nothing, onMoveBackward: nothing, onMoveForward: nothing, onZoom: nothing }}
      />
    </div>
  );
}

async function boxOf(panel, jobs) {
  const { x, y, w, h } = panel.gridPos;
  const column = (document.body.clientWidth - 2 * Margin + Gap) / Columns;
  const [width, height] = [w * column - Gap, h * (Cell + Gap) - Gap];
  const frames = panel.type === 'row' ? [] : await framesOf(panel, width, jobs);
  return { panel, frames, width, height, left: x * column, top: y * (Cell + Gap) };
}

async function draw() {
  const dashboard = await (await fetch('dashboard.json')).json();
  const known = await ask('series', { 'match[]': 'newsbot_sources', start: range.from.unix(), end: range.to.unix() });
  const jobs = [...new Set(known.map(({ job }) => job))];
  const boxes = await Promise.all(dashboard.panels.map(panel => boxOf(panel, jobs)));
  // Letters are measured before they are drawn.
  await Promise.all([400, 500].map(weight => document.fonts.load(`${weight} 12px Inter`)));
  createRoot(document.querySelector('main')).render(
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <PanelContextProvider value={{ eventsScope: 'global', eventBus: new EventBusSrv() }}>
        <div style={{ margin: Margin }}>
          <Header {...{ dashboard }} />
          <div style={{ position: 'relative' }}>
            {boxes.map(({ left, top, ...box }) => (
              <div key={box.panel.id} style={{ position: 'absolute', left, top }}>
                <Panel {...box} timeZone={dashboard.timezone} />
              </div>
            ))}
          </div>
        </div>
      </PanelContextProvider>
    </ThemeContext.Provider>,
  );
}

draw().catch(error => {
  document.querySelector('main').textContent = error.stack;
});

import { readFileSync } from "node:fs";
import { metrics, trace } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";

// Sends the messages of messages.json to the recipe, and prints the data that OpenTelemetry's SDK has
// collected.
const spans = new InMemorySpanExporter();
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const meters = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] });
metrics.setGlobalMeterProvider(meters);

const beside = (file) => new URL(file, import.meta.url);
const { callbacks } = await import(beside("traced.js").href);
for (const message of JSON.parse(readFileSync(beside("messages.json"), "utf8"))) await callbacks.receive(message);
await meters.forceFlush();

const seconds = ([whole, nanoseconds]) => whole + nanoseconds / 1e9;
const collected = exporter
  .getMetrics()
  .at(-1)
  .scopeMetrics[0].metrics.map(({ descriptor, dataPoints }) => [
    descriptor.name,
    dataPoints.map(({ attributes, value }) => [
      attributes["live.event"],
      attributes["live.outcome"],
      typeof value === "number" ? value : value.count,
    ]),
  ]);
const ended = spans.getFinishedSpans().map(({ name, attributes, status, startTime, endTime }) => ({
  ...{ name, outcome: attributes["live.outcome"], id: attributes["live.event_id"], error: status.code === 2 },
  lasted: seconds(endTime) >= seconds(startTime),
}));
console.log(`collected ${JSON.stringify({ metrics: Object.fromEntries(collected), spans: ended })}`);
await meters.shutdown();

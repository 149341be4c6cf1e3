import { parseArgs } from 'node:util';
import { FAULT_NAMES, type FaultRule, STREAM_FAULT_NAMES, startGeminiServer } from './geminiServer.ts';

const FAULTS = [...FAULT_NAMES, ...STREAM_FAULT_NAMES];

const USAGE = `Usage: node testkit/src/gemini/geminiServerMain.ts [--port N] [--latency MS] [--fault NAME[:PROBABILITY]]…

Serves the Gemini API with the stub models behind it. Faults: ${FAULTS.join(', ')}`;

function readNumber(value: string | undefined, option: string): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new Error(`--${option} takes a whole number.`);
}

function readFault(text: string): FaultRule {
  const [name = '', probability = '1'] = text.split(':');
  const fault = FAULTS.find((known) => known === name);
  if (fault === undefined) throw new Error(`There is no fault called "${name}".`);
  return { fault, probability: Number(probability) };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      latency: { type: 'string' },
      fault: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const port = readNumber(values.port, 'port');
  const latencyMs = readNumber(values.latency, 'latency');
  const server = await startGeminiServer({
    faults: values.fault.map(readFault),
    ...(port === undefined ? {} : { port }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
  });
  console.log(`GEMINI_API_KEY=any GEMINI_BASE_URL=${server.baseUrl}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exitCode = 2;
});

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay, setImmediate as immediate } from 'node:timers/promises';
import { type AnswerCall, encodeAnswer } from './answers.ts';
import { findFault } from './checks.ts';
import { createFaultPicker, type FaultPicker, type FaultRule } from './faultRules.ts';
import { applyFault, type FaultName, type StreamFaultName } from './faults.ts';
import { errorInfo, type Outcome, refuse, replyWith } from './outcomes.ts';
import { answerFromStub } from './stubAnswers.ts';
import { kindOfBody, readPath, type WireBody, type WireCall, withoutBytes } from './wire.ts';

export type { AnswerCall } from './answers.ts';
export type { FaultPicker, FaultRule } from './faultRules.ts';
export {
  FAULT_NAMES,
  type FaultName,
  faultNamesOf,
  STREAM_FAULT_NAMES,
  type StreamFaultName,
} from './faults.ts';
export { digest, textOf, type WireCall, withoutBytes } from './wire.ts';

type BeforeEvent = (number: number) => Promise<void>;

export interface GeminiServerOptions {
  /** The models' answers; by default those of the stub. */
  answer?: AnswerCall;
  faults?: readonly FaultRule[];
  /** The only key that is accepted; any by default. */
  apiKey?: string;
  /** A free one by default. */
  port?: number;
  /** Milliseconds that every answer takes. */
  latencyMs?: number;
  /** Waited for before each event of a streamed answer, which is then sent whole. The first is number 0. */
  beforeEvent?: BeforeEvent;
  /** For faults with a probability. */
  random?: () => number;
}

/** A request as received, with the bytes of images replaced by their digests. */
export interface RecordedRequest extends WireCall {
  /** The HTTP status that was sent; 0 if the connection was torn down or left hanging. */
  status: number;
  fault: FaultName | StreamFaultName | null;
  /** Why a request was refused without a fault; null if it was not. */
  refusal: string | null;
  /** The unique id of the reply to it, if there is one. */
  responseId: string;
  /** When it had arrived completely, by `Date.now()`. */
  receivedAt: number;
  /** When the last byte of the answer was sent, by `Date.now()`; null if it was not sent completely. */
  sentAt: number | null;
}

export interface GeminiServer {
  /** The value for `GEMINI_BASE_URL`. */
  baseUrl: string;
  requests: readonly RecordedRequest[];
  /** The most requests that were in progress at once. */
  peak(): number;
  /** Replaces all faults; without any the service is healthy. */
  setFault(...rules: readonly FaultRule[]): void;
  /** Lets a function decide, request by request. */
  pickFaults(pick: FaultPicker): void;
  /** Forgets the requests so far. */
  forget(): void;
  close(): Promise<void>;
}

type Decision = Pick<RecordedRequest, 'fault' | 'refusal'> & { outcome: Outcome };

/** A server on loopback that speaks the Gemini API: answers, fails on demand, and refuses what the service refuses. */
export async function startGeminiServer(options: GeminiServerOptions = {}): Promise<GeminiServer> {
  const answer = options.answer ?? answerFromStub();
  const random = options.random ?? Math.random;
  const requests: RecordedRequest[] = [];
  let pickFault = createFaultPicker(options.faults ?? [], random);
  let served = 0;
  let inProgress = 0;
  let peak = 0;

  async function decide(call: WireCall, responseId: string): Promise<Decision> {
    const refused = refuseCall(call, options.apiKey);
    if (refused !== undefined) return { outcome: refused.outcome, fault: null, refusal: refused.reason };
    const healthy = async () => ({ ...encodeAnswer(call, await answer(call)), responseId });
    const rule = pickFault(call);
    if (options.latencyMs !== undefined) await delay(options.latencyMs);
    if (rule === undefined) return { outcome: replyWith(call, await healthy()), fault: null, refusal: null };
    const { fault, retryAfterS = 1, afterEvents = 1 } = rule;
    const outcome = await applyFault(fault, { call, retryAfterS, afterEvents, healthy });
    return { outcome, fault, refusal: null };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    inProgress += 1;
    peak = Math.max(peak, inProgress);
    try {
      const call = await readCall(request);
      const receivedAt = Date.now();
      served += 1;
      const responseId = `reply-to-${call.kind}-${served}`;
      const { outcome, fault, refusal } = await decide(call, responseId);
      const status = outcome.type === 'respond' ? outcome.status : 0;
      const body = withoutBytes(call.body);
      const record = { ...call, body, status, fault, refusal, responseId, receivedAt, sentAt: null };
      requests.push(record);
      response.once('finish', () => Object.assign(record, { sentAt: Date.now() }));
      await carryOut(outcome, call.streams, response, options.beforeEvent);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      await carryOut(
        refuse(400, 'INVALID_ARGUMENT', `The test server cannot answer this: ${message}`),
        false,
        response,
      );
    } finally {
      inProgress -= 1;
    }
  }

  const server = createServer((request, response) => void serve(request, response));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');

  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    peak: () => peak,
    setFault: (...rules) => {
      pickFault = createFaultPicker(rules, random);
    },
    pickFaults: (pick) => {
      pickFault = pick;
    },
    forget: () => {
      requests.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readCall(request: IncomingMessage): Promise<WireCall> {
  const path = `${request.method === 'POST' ? '' : `${request.method} `}${request.url}`;
  const body = JSON.parse(await text(request)) as WireBody;
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return { kind: kindOfBody(body), ...readPath(path), path, headers, body };
}

/** Why the service would refuse a call, faults or not. */
function refuseCall(call: WireCall, apiKey: string | undefined): { outcome: Outcome; reason: string } | undefined {
  const key = call.headers['x-goog-api-key'];
  if (key === undefined) {
    const reason = 'Method does not allow unregistered callers.';
    return { outcome: refuse(403, 'PERMISSION_DENIED', reason), reason };
  }
  if (apiKey !== undefined && key !== apiKey) {
    const reason = 'API key not valid. Please pass a valid API key.';
    return { outcome: refuse(400, 'INVALID_ARGUMENT', reason, { details: [errorInfo('API_KEY_INVALID')] }), reason };
  }
  if (!call.model.startsWith('gemini-')) {
    const reason = `${call.path} is not found for API version v1beta.`;
    return { outcome: refuse(404, 'NOT_FOUND', reason), reason };
  }
  const reason = findFault(call);
  return reason === undefined ? undefined : { outcome: refuse(400, 'INVALID_ARGUMENT', reason), reason };
}

async function carryOut(
  outcome: Outcome,
  streams: boolean,
  response: ServerResponse,
  beforeEvent?: BeforeEvent,
): Promise<void> {
  if (outcome.type === 'respond') {
    response.writeHead(outcome.status, outcome.headers);
    if (streams && beforeEvent) await writeEvents(outcome.body, response, beforeEvent);
    else if (streams) await writeInPieces(outcome.body, response);
    response.end(streams ? '' : outcome.body);
    return;
  }
  if (outcome.type === 'flood') {
    response.writeHead(outcome.status, outcome.headers);
    while (!response.destroyed) if (!response.write(outcome.piece)) await drainedOrClosed(response);
    return;
  }
  if (outcome.sent !== undefined) {
    const length = streams ? {} : { 'content-length': outcome.sent.length * 2 + 2 };
    response.writeHead(200, { 'content-type': streams ? 'text/event-stream' : 'application/json', ...length });
    response.write(outcome.sent);
  }
  // The bytes sent so far must arrive before the connection is torn down.
  if (outcome.type === 'reset') setImmediate(() => response.destroy());
}

function drainedOrClosed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.once('drain', go).once('close', go);
  });
}

/** Cuts anywhere: networks respect neither events nor characters. */
async function writeInPieces(body: string, response: ServerResponse): Promise<void> {
  const bytes = Buffer.from(body);
  const size = Math.max(97, Math.ceil(bytes.length / 50));
  for (let at = 0; at < bytes.length; at += size) {
    response.write(bytes.subarray(at, at + size));
    await immediate();
  }
}

async function writeEvents(body: string, response: ServerResponse, before: BeforeEvent): Promise<void> {
  for (const [number, event] of body.split(/(?<=\r\n\r\n)/).entries()) {
    await before(number);
    response.write(event);
  }
}

import type { RecordedRequest } from '@story-tree/testkit/gemini/geminiServer.ts';
import { CALL_CHANGES } from '../stack/callChanges.ts';
import type { Disturbances } from '../stack/disturbances.ts';
import type { Stack } from '../stack/stack.ts';
import type { Invariant } from './invariant.ts';

/** What was asked of the models, and what became of their replies. */
export interface Payments {
  requests: number;
  /** Intact replies that were sent completely, and have to be paid for. */
  answered: number;
  /** Those that are in the journal with their costs, to be used unless they could not be stored. */
  known: number;
  /** The others: paid for in vain, and asked for again. */
  lost: number;
}

export async function countPayments(stack: Stack): Promise<Payments> {
  const answers = stack.models.requests.filter(isPaid);
  const lost = await findLost(stack, answers);
  const requests = stack.models.requests.length;
  return { requests, answered: answers.length, known: answers.length - lost.length, lost: lost.length };
}

export const onlyCallsUnderWayAreLost: Invariant = {
  name: 'every reply of a model is in the journal, unless trouble hit its call while it was in progress',
  async findViolations({ stack, disturbances }) {
    return judgeLost(await findLost(stack, stack.models.requests.filter(isPaid)), disturbances);
  },
};

export const answersAreCounted: Invariant = {
  name: 'the cost of every reply in the journal is known',
  async findViolations({ stack: { database, models } }) {
    const { rows } = await database.pool.query<{ id: string; status: string }>(
      'select response_id as id, status from model_calls where response_id = any ($1) and cost_usd is null',
      [idsOf(models.requests.filter(isPaid))],
    );
    return rows.map(({ id, status }) => `${id}, which is ${status}.`);
  },
};

/** Goes by the order of events, since their times may have been moved. */
export const nothingIsPaidTwice: Invariant = {
  name: 'a usable reply in the journal is never asked for again',
  async findViolations({ stack: { database } }) {
    const same = 'story_id, workflow_task, unit_key, request_hash';
    const of = (row: string) => same.replaceAll(/\w+/g, `${row}.$&`);
    const { rows } = await database.pool.query<{ unit: string; story: string }>(
      `select distinct late.unit_key as unit, late.story_id as story
       from model_calls early
       join ${CALL_CHANGES} done on done.call_id = early.id and done.status = 'committed'
       join model_calls late on (${of('early')}) = (${of('late')}) and early.id <> late.id
       join ${CALL_CHANGES} begun on begun.call_id = late.id and begun.status = 'started' and begun.place > done.place
       where not exists (
         select from ${CALL_CHANGES} undone where undone.call_id = early.id and undone.status <> 'committed'
         and undone.place between done.place and begun.place)`,
    );
    return rows.map(({ unit, story }) => `${unit} of story ${story}.`);
  },
};

export const turnsArePaidOnce: Invariant = {
  name: 'no turn of a chat is answered twice',
  async findViolations({ stack: { database, models } }) {
    const { rows } = await database.pool.query<{ task: string; turn: string; ids: string[] }>(
      `select run_id as task, unit_key as turn, array_agg(response_id) as ids from model_calls
       where workflow_task = 'CONSTITUTION_CHAT_UPDATE' and response_id = any ($1)
       group by run_id, unit_key having count(*) > 1`,
      [idsOf(models.requests.filter(isPaid))],
    );
    return rows.map(({ task, turn, ids }) => `${turn} of task ${task}, with ${ids.join(' and ')}.`);
  },
};

export const noCallIsUnderWay: Invariant = {
  name: 'according to the journal, no call is in progress',
  async findViolations({ stack: { database } }) {
    const { rows } = await database.pool.query<{ unit: string; story: string }>(
      `select unit_key as unit, story_id as story from model_calls where status = 'started'`,
    );
    return rows.map(({ unit, story }) => `${unit} of story ${story}.`);
  },
};

export const requestsAreWellFormed: Invariant = {
  name: 'the models refuse no request as malformed',
  findViolations: async ({ stack: { models } }) =>
    models.requests.flatMap(({ refusal, kind }) => (refusal === null ? [] : [`A request for ${kind}: ${refusal}`])),
};

type Answer = Pick<RecordedRequest, 'kind' | 'responseId' | 'receivedAt' | 'sentAt' | 'headers'>;

export function judgeLost(lost: readonly Answer[], disturbances: Pick<Disturbances, 'excuse'>): string[] {
  return lost.flatMap(({ kind, responseId, receivedAt, sentAt, headers }) => {
    const caller = headers['x-goog-api-key'] ?? '';
    if (sentAt !== null && disturbances.excuse(caller, { receivedAt, sentAt })) return [];
    return [`${responseId}, a reply with ${kind} to ${caller}, sent at ${new Date(sentAt ?? 0).toISOString()}.`];
  });
}

const idsOf = (answers: readonly Answer[]) => answers.map(({ responseId }) => responseId);

function isPaid({ status, fault, refusal, sentAt }: RecordedRequest): boolean {
  return status === 200 && fault === null && refusal === null && sentAt !== null;
}

async function findLost({ database }: Stack, answers: readonly RecordedRequest[]): Promise<RecordedRequest[]> {
  const { rows } = await database.pool.query<{ id: string }>(
    'select response_id as id from model_calls where response_id = any ($1)',
    [idsOf(answers)],
  );
  const known = new Set(rows.map(({ id }) => id));
  return answers.filter(({ responseId }) => !known.has(responseId));
}

import { dollars, type RunSpending, StoryTreeError } from '@story-tree/domain';
import type { ModelKind } from './ports.ts';

/** A call that is about to be made. */
export interface PlannedCall {
  workflowTask: string;
  kind: ModelKind;
  model: string;
}

/** Room in a budget that a call under way takes. */
export interface Reservation {
  /** Puts in its place what the call has cost; null where that is not known. */
  settle(costUsd: number | null): void;
}

/** What one run may spend, however many of its calls are under way at once. */
export interface CallBudget {
  /** @throws StoryTreeError `budget_reached` when the call might pass the limit */
  reserve(call: PlannedCall): Promise<Reservation>;
}

/** What a budget goes by. */
export interface BudgetGround {
  /** What the run had spent before: it may be one that is gone on with. */
  spent: RunSpending;
  /** US dollars that such a call is likely to cost. @throws StoryTreeError `not_configured` where nobody knows */
  likelyCost(call: PlannedCall): number;
}

/** Where money is left out of account. */
export const NO_LIMIT: CallBudget = { reserve: async () => ({ settle: () => undefined }) };

/**
 * A budget that begins no call which might pass the limit: what has been spent, what is under way and the call itself
 * count together. A call is taken to cost what such calls do on average, or as much as the dearest one of its task in
 * this run. One that turns out dearer than any before is the only way past the limit.
 *
 * @param prepare reads what the budget goes by, once, before the first call
 */
export function createBudget(limitUsd: number, prepare: () => Promise<BudgetGround>): CallBudget {
  let account: Promise<Account> | undefined;
  return {
    async reserve(call) {
      account ??= prepare().then((ground) => new Account(limitUsd, ground));
      const opened = await account.catch((error: unknown) => {
        // The next call asks again.
        account = undefined;
        throw error;
      });
      return opened.reserve(call);
    },
  };
}

class Account {
  readonly #limit: number;
  readonly #likelyCost: BudgetGround['likelyCost'];
  readonly #dearest = new Map<string, number>();
  #spent: number;
  #reserved = 0;

  constructor(limit: number, { spent, likelyCost }: BudgetGround) {
    this.#limit = limit;
    this.#likelyCost = likelyCost;
    // What a killed process had under way may have been billed.
    this.#spent = spent.unfinished.reduce((sum, call) => sum + likelyCost(call), spent.costUsd);
  }

  /** Looks and takes in one go, so that calls which come at the same time cannot both have the last of the money. */
  reserve(call: PlannedCall): Reservation {
    const cost = Math.max(this.#likelyCost(call), this.#dearest.get(call.workflowTask) ?? 0);
    if (this.#spent + this.#reserved + cost > this.#limit) throw this.#reached(cost);
    this.#reserved += cost;
    let isOpen = true;
    return {
      settle: (costUsd) => {
        if (!isOpen) return;
        isOpen = false;
        this.#reserved -= cost;
        const actual = costUsd ?? 0;
        this.#spent += actual;
        this.#dearest.set(call.workflowTask, Math.max(actual, this.#dearest.get(call.workflowTask) ?? 0));
      },
    };
  }

  #reached(cost: number): StoryTreeError {
    const underWay = this.#reserved > 0 ? `, about ${dollars(this.#reserved)} is under way` : '';
    return new StoryTreeError(
      'budget_reached',
      `The limit of ${dollars(this.#limit)} is reached: ${dollars(this.#spent)} is spent${underWay}, ` +
        `and the next call takes about ${dollars(cost)}. What was made is kept. ` +
        'Run it again, with a higher limit if it needs one, to go on where it stopped.',
    );
  }
}

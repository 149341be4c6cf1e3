import { dollars, type RunSpending, StoryTreeError } from '@story-tree/domain';
import type { ModelKind } from './ports.ts';

/** A call about to be made. */
export interface PlannedCall {
  workflowTask: string;
  kind: ModelKind;
  model: string;
}

/** Money set aside for a call in progress. */
export interface Reservation {
  /** Replaces the reservation with what the call cost, in US dollars; null if that is not known. */
  settle(costUsd: number | null): void;
}

/** What one run may spend, however many of its calls are in progress at once. */
export interface CallBudget {
  /** @throws StoryTreeError `budget_reached` when the call might pass the limit */
  reserve(call: PlannedCall): Promise<Reservation>;
}

/** What a budget is calculated from. */
export interface BudgetGround {
  /** What the run had spent before, if it is one that is resumed. */
  spent: RunSpending;
  /** US dollars that such a call is likely to cost. @throws StoryTreeError `not_configured` if that is not known */
  likelyCost(call: PlannedCall): number;
}

/** Spending without a limit. */
export const NO_LIMIT: CallBudget = { reserve: async () => ({ settle: () => undefined }) };

/**
 * A budget that starts no call which might exceed the limit: money spent, money reserved for calls in progress and the call
 * itself count together. A call is expected to cost what such calls cost on average, or as much as the most expensive one of
 * its task in this run. Only a call that turns out more expensive than any before can exceed the limit.
 *
 * @param limitUsd US dollars that the run may spend in total
 * @param prepare reads what the budget is calculated from; called once, before the first call
 */
export function createBudget(limitUsd: number, prepare: () => Promise<BudgetGround>): CallBudget {
  let account: Promise<Account> | undefined;
  return {
    async reserve(call) {
      account ??= prepare().then((ground) => new Account(limitUsd, ground));
      const opened = await account.catch((error: unknown) => {
        // The next call tries again.
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
  readonly #highest = new Map<string, number>();
  #spent: number;
  #reserved = 0;

  constructor(limit: number, { spent, likelyCost }: BudgetGround) {
    this.#limit = limit;
    this.#likelyCost = likelyCost;
    // Calls that a killed process had in progress may have been billed.
    this.#spent = spent.unfinished.reduce((sum, call) => sum + likelyCost(call), spent.costUsd);
  }

  /** Checks and reserves in one step, so that simultaneous calls cannot both take the last of the money. */
  reserve(call: PlannedCall): Reservation {
    const cost = Math.max(this.#likelyCost(call), this.#highest.get(call.workflowTask) ?? 0);
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
        this.#highest.set(call.workflowTask, Math.max(actual, this.#highest.get(call.workflowTask) ?? 0));
      },
    };
  }

  #reached(cost: number): StoryTreeError {
    const inProgress = this.#reserved > 0 ? `, about ${dollars(this.#reserved)} is in progress` : '';
    return new StoryTreeError(
      'budget_reached',
      `The limit of ${dollars(this.#limit)} is reached: ${dollars(this.#spent)} is spent${inProgress}, ` +
        `and the next call takes about ${dollars(cost)}. What was made is kept. ` +
        'Run it again, with a higher limit if needed, to continue where it stopped.',
    );
  }
}

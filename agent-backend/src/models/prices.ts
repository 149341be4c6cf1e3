import { MODALITIES, type TokenUsage } from './ports.ts';
import { PRICES, type Price, type Rates } from './priceTable.ts';

/** Cached input costs this fraction of the input rate. */
const CACHED_FRACTION = 0.1;

const TOKENS_PER_RATE = 1_000_000;

/** What follows a model's name in the versions that answer: "-001", "-preview", "-preview-09-2026". */
const VERSION_SUFFIX = /^(-(\d+|preview|exp|latest))*$/;

/**
 * US dollars that a call cost, by the price of the model that answered on the UTC day of `at`; null if the price is not
 * known. An estimate: batch and flex discounts, caching fees and taxes are left out.
 */
export function costInUsd(modelVersion: string, usage: TokenUsage, at: Date): number | null {
  const price = findPrice(modelVersion.replace(/^models\//, ''), at.toISOString().slice(0, 10));
  if (price === undefined) return null;

  const input = sum(usage.input);
  const rates = price.beyond !== undefined && input > price.beyond.inputTokens ? price.beyond : price;
  const cached = Math.min(usage.cachedInput, input);
  let cost = (input - cached + cached * CACHED_FRACTION) * rates.input;
  for (const modality of MODALITIES) cost += (usage.output[modality] ?? 0) * outputRate(rates, modality);
  cost += usage.thoughts * outputRate(rates, 'text');
  return cost / TOKENS_PER_RATE;
}

function findPrice(version: string, day: string): Price | undefined {
  return PRICES.find(
    (price) =>
      version.startsWith(price.model) &&
      VERSION_SUFFIX.test(version.slice(price.model.length)) &&
      (price.validFrom ?? day) <= day &&
      day <= (price.validTo ?? day),
  );
}

/** Output without a rate of its own is billed at the model's highest, so that a cost is never understated. */
function outputRate(rates: Rates, modality: keyof Rates['output']): number {
  return rates.output[modality] ?? Math.max(...Object.values(rates.output));
}

function sum(tokens: TokenUsage['input']): number {
  return Object.values(tokens).reduce((total, count) => total + count, 0);
}

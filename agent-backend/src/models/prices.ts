import { MODALITIES, type TokenUsage } from './ports.ts';
import { PRICES, type Price, type Rates } from './priceTable.ts';

/** Cached input costs this part of the input rate. */
const CACHE_SHARE = 0.1;

const TOKENS_PER_RATE = 1_000_000;

/** What follows a model's name in the versions that answer: "-001", "-preview", "-preview-09-2026". */
const VERSION_SUFFIX = /^(-(\d+|preview|exp|latest))*$/;

/**
 * US dollars that a call cost, by the price of the model that answered on the UTC day of `at`; null where the price is
 * not known. An estimate: batch and flex discounts, caching fees and taxes are left out.
 */
export function costInUsd(modelVersion: string, usage: TokenUsage, at: Date): number | null {
  const price = findPrice(modelVersion.replace(/^models\//, ''), at.toISOString().slice(0, 10));
  if (price === undefined) return null;

  const input = sum(usage.input);
  const rates = price.beyond !== undefined && input > price.beyond.inputTokens ? price.beyond : price;
  const cached = Math.min(usage.cachedInput, input);
  let cost = (input - cached + cached * CACHE_SHARE) * rates.input;
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

/** A kind of output that has no rate is billed at the model's dearest, so that a cost is never understated. */
function outputRate(rates: Rates, modality: keyof Rates['output']): number {
  return rates.output[modality] ?? Math.max(...Object.values(rates.output));
}

function sum(tokens: TokenUsage['input']): number {
  return Object.values(tokens).reduce((total, count) => total + count, 0);
}

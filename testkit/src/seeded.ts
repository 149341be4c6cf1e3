/** Random choices that are the same for the same seed. */
export interface Random {
  /** From 0 up to, but not including, the limit. */
  below(limit: number): number;
  pick<T>(from: readonly T[]): T;
  /** Text of so many characters that programs stumble over. */
  text(length: number): string;
}

const LETTERS = [...'aZ09 _-.,:;/\\%&?#=+*"\'`<>{}[]()|~^$@!\n\t\r\0é李😀\u202e\ufeff\ud800'];

export function seededRandom(seed: number): Random {
  const modulus = 2 ** 31 - 1;
  let state = (Math.abs(seed) % (modulus - 1)) + 1;
  const next = () => {
    state = (state * 48_271) % modulus;
    return state / modulus;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <T>(from: readonly T[]) => from[below(from.length)] as T;
  return { below, pick, text: (length) => Array.from({ length }, () => pick(LETTERS)).join('') };
}

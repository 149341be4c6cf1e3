const MEETING =
  /^(?:(?:an?|the|one|two|three) )?(.{3,40}?) (?:\w{1,20}ly )?(?:finds|discovers|meets|hears|opens|inherits|follows|loses|steals|builds|befriends|receives|saves|hides|buys|wakes|catches|sees|keeps|learns of|falls for) (an?|the|his|her|their) (.{3,50})$/i;
const SMALL_WORDS = new Set(
  'a an and as at but by for from in into it its nor of on onto or over the to with who when'.split(' '),
);
const MAX_TITLE_LENGTH = 60;
const NAMELESS = 'A Story without a Name';

function capitalised(word: string): string {
  const [first = '', ...rest] = [...word];
  return first.toUpperCase() + rest.join('');
}

/** English titles capitalise their words; most other languages do not, so they are left as they are. */
function inTitleCase(phrase: string): string {
  const words = phrase.split(' ');
  const english = words.some((word) => /^(?:a|an|the|of|and|with|who|is|are)$/i.test(word));
  if (!english) return capitalised(phrase);
  return words
    .map((word, index) => (index > 0 && SMALL_WORDS.has(word.toLowerCase()) ? word.toLowerCase() : capitalised(word)))
    .join(' ');
}

/** As many whole words as fit, without small words left hanging at the end. */
function shortened(phrase: string, maxWords: number): string {
  const words = phrase.split(' ').slice(0, maxWords);
  while (
    words.length > 1 &&
    (words.join(' ').length > MAX_TITLE_LENGTH || SMALL_WORDS.has((words.at(-1) ?? '').toLowerCase()))
  ) {
    words.pop();
  }
  return [...words.join(' ')].slice(0, MAX_TITLE_LENGTH).join('');
}

/**
 * A title made from the prompt's own words: "A lighthouse keeper finds a door in the sea" becomes "The Lighthouse Keeper
 * and the Door in the Sea"; a prompt of another form gives its first clause.
 */
export function titleFrom(prompt: string): string {
  const clause = (/^[^.,;:!?—–…()[\]{}<>"“”\n]+/u.exec(prompt.replace(/^[^\p{L}\p{N}]+/u, ''))?.[0] ?? prompt).trim();
  if (!/[\p{L}\p{N}]/u.test(clause)) return NAMELESS;
  const meeting = MEETING.exec(clause.replace(/\s+/g, ' '));
  if (meeting !== null) {
    const [, who = '', , what = ''] = meeting;
    return inTitleCase(`the ${shortened(who, 4)} and the ${shortened(what, 5)}`);
  }
  return inTitleCase(shortened(clause, 9));
}

export const SAMPLE_TITLE = 'The Day the Wind Gave Notice';

/** The prompt that the sample story answers word for word; any other prompt is woven into the same scenes. */
export const SAMPLE_PROMPT =
  'In a harbour town that mends its own weather, the wind hands in its notice on the very morning the fishing fleet is ' +
  'due home.';

/** How many scenelets the longest path through the sample story has. */
export const SAMPLE_SCENELETS_PER_PATH = 8;

/** What stands below the premise in every constitution that the sample story is told from. */
export const SAMPLE_PRINCIPLES = `## The question underneath

What do we owe to those whose work we only notice when it stops? Every path answers it differently: by asking, by taking,
by making do, by joining in.

## The world

Harrow Quay is a town of three hundred people, one hill and too many hats. Weather here is a cloth: it wears, it tears, and
Oda Marrow mends it in her attic. Magic is a trade with a price list. Nobody is surprised by it; everybody is surprised by
kindness.

## The people

- **Tam**, eleven, apprentice. Brave in a hurry. Her brother Joss is with the fleet.
- **Oda**, seventy-one, weather-mender. Says the important thing as if it were about a sleeve.
- **Captain Roe**, harbourmaster. Shouts because he is frightened.
- **The Wind**, nine hundred years in service. Courteous, tired, and easily moved.

## Tone

Dry, warm, exact. Jokes are told with a straight face and sadness in a few plain words. Concrete things carry the
feeling: a jar, a label, a blue kite. No villain; only people, and one wind, who have not been asked.

## How choices work

A choice decides *how* something is tried, never whether one is good. Each has a price that is shown and not explained.
The ending of each path answers the question underneath in one image.

## What must never happen

Nobody is humiliated, no one drowns, the Wind is never tamed for good, and nothing is solved by shouting.
`;

/** Prompts that show what can be asked for. */
export const EXAMPLES = [
  {
    title: 'The lighthouse that moved',
    prompt:
      'A lighthouse keeper wakes to find that her lighthouse has moved inland overnight, and the ships keep coming. A quiet mystery with a warm heart.',
  },
  {
    title: 'Tea with the dragon',
    prompt:
      'A shy dragon opens a tea house at the edge of a village that is afraid of her. Gentle and funny, for children from six.',
  },
  {
    title: 'Last train to Orion',
    prompt:
      'Noir on a space station: a conductor, a forged ticket and one passenger too many on the last train before the line closes.',
  },
  {
    title: 'The map in the bread',
    prompt:
      'In a medieval town, a baker’s apprentice finds a map baked into a loaf. Three guilds want it, and none of them tells the truth.',
  },
] as const;

import type { SampleScenelet } from '../types.ts';

const fetching: SampleScenelet = {
  label: 'scenelet-5bb',
  parent: 'scenelet-4b',
  choiceLabel: 'Send the little wind to find the big one',
  description:
    'The little wind runs up the moor and lays every lost hat at Tam’s feet, until a voice speaks from a dark platform.',
  shots: [
    {
      framing: 'Wide shot, eye level',
      content: 'A moonlit moor road, a small swirl bounding ahead with a hat in its teeth, Tam far behind.',
      action: 'Tam trudges under a tower of hats; the little wind is in heaven.',
      camera: 'Tracking in front of them',
      light: 'Full moon night, silver heather',
      continuity: 'Eleven hats in her arms, one on her head.',
      place: 'Moorhead Halt',
      cast: ['Tam'],
      lines: [['Narrator', 'It ran ahead up the moor road, fetched every hat it met, and laid each one at her feet.']],
    },
    {
      framing: 'Medium two-shot on the platform',
      content: 'Tam with the hats, the dark figure of the Wind rising from the bench, labels fluttering on its coat.',
      action: 'Tam freezes, startled; the Wind is stern, and cannot take its eyes off the little one.',
      camera: 'Slow push in',
      light: 'Moonlight night, one lit window behind',
      continuity: 'The little wind sits down between them, wagging.',
      place: 'Moorhead Halt',
      cast: ['Tam', 'The Wind'],
      lines: [
        ['Tam', 'No, leave that one. Leave it! Oh, all right. Bring it along.'],
        ['The Wind', '(out of the dark) And who taught that draught to fetch?'],
      ],
    },
  ],
};

const warm: SampleScenelet = {
  label: 'scenelet-6bb',
  parent: 'scenelet-5bb',
  description: 'The Wind inspects the seams of its small relation with disapproval, and is lain upon.',
  shots: [
    {
      framing: 'Medium two-shot across the counter',
      content: 'The little swirl on the counter under the lamp, the Wind bent over it with a magnifying glass.',
      action: 'The Wind fusses, cross; Tam defends their work.',
      camera: 'Slow arc',
      light: 'Green lamp light, night in the window',
      continuity: 'Hats stacked on every shelf.',
      place: 'Moorhead Halt',
      cast: ['The Wind', 'Tam'],
      lines: [
        ['The Wind', 'It’s all seams! Who lets a thing this size out of doors without a westerly lining?'],
        ['Tam', 'It’s what we had. He’s mostly a cat’s yawn.'],
      ],
    },
    {
      framing: 'Insert, close-up on a small swirl of wind',
      content: 'Under the counter a patchwork swirl, curled up on a pair of very large grey shoes.',
      action: 'No one else in frame. It rises and falls with its snoring.',
      camera: 'Still',
      light: 'Warm lamp glow, night',
      continuity: 'The shoes are the Wind’s.',
      place: 'Moorhead Halt',
      cast: [],
      lines: [
        ['Narrator', 'The little wind turned round three times, lay down on the great one’s feet, and began to snore.'],
      ],
    },
    {
      framing: 'Close-up on the Wind',
      content: 'The Wind behind the counter looks down, hands in the air so as not to wake what lies on its feet.',
      action: 'Undone, tender, trying to stay dignified.',
      camera: 'Slow push in',
      light: 'Lamp glow from below, night',
      continuity: 'Its hair has stopped streaming and hangs soft.',
      place: 'Moorhead Halt',
      cast: ['The Wind'],
      lines: [
        ['The Wind', '(helpless) Nobody told me they were warm.'],
        ['Tam', '(off screen) He needs someone to show him how. There’s a whole fleet to practise on.'],
      ],
    },
  ],
};

const wellBlown: SampleScenelet = {
  label: 'scenelet-7bb',
  parent: 'scenelet-6bb',
  description:
    'Ending: the apprentice. Two winds bring the fleet home, one of them on its first day. The notice is withdrawn on the ' +
    'Wednesday.',
  shots: [
    {
      framing: 'Medium shot above the sea',
      content: 'The Wind behind a sail, a small patchwork swirl beside it puffing with all its might.',
      action: 'The Wind teaches, strict at first, then proud.',
      camera: 'Gliding with the boat',
      light: 'Pink and gold dawn over the sea',
      continuity: 'The boat is the Marigold, with an orange stripe.',
      place: 'The Water off the Teeth',
      cast: ['The Wind'],
      lines: [['The Wind', 'Lean on the sail. Not through it! There. (softly) Oh, well blown.']],
    },
    {
      framing: 'Medium two-shot on the quay',
      content: 'Captain Roe bareheaded, Oda beside him with her darning; sails coming in behind them.',
      action: 'Roe is puzzled and softened; Oda is amused.',
      camera: 'Still',
      light: 'Bright gold morning light',
      continuity: 'Roe’s hat flies past in the background.',
      place: 'Harrow Quay',
      cast: ['Captain Roe', 'Oda'],
      lines: [
        ['Captain Roe', 'Two of them. And which one has my hat?'],
        ['Oda', 'The one that’s bringing it back, Captain.'],
      ],
    },
    {
      framing: 'Wide shot, eye level',
      content: 'The quay at sunset: Tam on the wall, a kite of patchwork air at her side, a long figure beside them.',
      action: 'Three of them sit with their feet over the water, content.',
      camera: 'Slow pull back',
      light: 'Amber sunset over the sea',
      continuity: 'The letter of notice has become a paper boat.',
      place: 'Harrow Quay',
      cast: ['Tam', 'The Wind'],
      lines: [
        ['Narrator', 'The wind withdrew its notice on the Wednesday. It couldn’t possibly retire, it said.'],
        ['Narrator', 'It had an apprentice.'],
      ],
    },
  ],
};

/** Two winds: the little one finds the big one. */
export const APPRENTICE: readonly SampleScenelet[] = [fetching, warm, wellBlown];

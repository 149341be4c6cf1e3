import type { SampleScenelet } from '../types.ts';

const blueKite: SampleScenelet = {
  label: 'scenelet-5aa',
  parent: 'scenelet-4a',
  choiceLabel: 'Put the jar down and ask for something back',
  description:
    'Tam sets the jar on the counter and asks for her brother’s blue kite. Nobody has ever come to fetch a thing before. ' +
    'The Wind is not angry, it turns out, only tired.',
  shots: [
    {
      framing: 'Medium two-shot across the counter',
      content: 'An empty glass jar on the counter between them, like a cup set down at a friend’s house.',
      action: 'Tam asks, hopeful; the Wind straightens up, proud, a shopkeeper at last.',
      camera: 'Slow arc around the jar',
      light: 'Green lamp warming to amber glow',
      continuity: 'Tam’s hands are now empty and in view.',
      place: 'Moorhead Halt',
      cast: ['Tam', 'The Wind'],
      lines: [
        ['Tam', 'I’ve come to fetch something. Have you got a blue kite? Joss cried for a week.'],
        ['The Wind', 'Third shelf. The nineteenth of April. (proudly) I mended the tail.'],
      ],
    },
    {
      framing: 'Insert, extreme close-up on a kite',
      content: 'A blue kite on a wooden counter, its tail tied with dozens of tiny careful bows.',
      action: 'No figures. The bows tremble a little.',
      camera: 'Slow slide along the tail',
      light: 'Warm lamp glow from above',
      continuity: 'The kite is blue with one white patch; it leaves with Tam.',
      place: 'Moorhead Halt',
      cast: [],
      lines: [['Narrator', 'It had been mended with forty tiny bows. Wind has no fingers. It must have taken years.']],
    },
    {
      framing: 'Medium shot, the two side by side',
      content: 'They sit on the platform bench, the kite across Tam’s knees, hats all around them.',
      action: 'The Wind lets its shoulders down, tired; Tam listens, gentle.',
      camera: 'Still',
      light: 'Moonlight night, a thin lamp glow from the office behind them',
      continuity: 'The Wind has put its shoes back on.',
      place: 'Moorhead Halt',
      cast: ['The Wind', 'Tam'],
      lines: [
        ['The Wind', 'Nine hundred years, and never one Sunday. I’m not angry, child. I’m tired.'],
        ['Tam', '(making room) Then sit. Nobody’s going to call you anything.'],
      ],
    },
  ],
};

const fortyLamps: SampleScenelet = {
  label: 'scenelet-6aa',
  parent: 'scenelet-5aa',
  choicePrompt: 'What can you promise a wind?',
  description:
    'From the platform they see the lamps of the fleet and the dark line of the Teeth. The Wind could bring them in ' +
    'by breakfast, but why should tomorrow be any different?',
  shots: [
    {
      framing: 'Extreme wide shot, from behind the bench',
      content: 'Two small figures on a platform above the whole bay; a row of boat lamps far out on the black water.',
      action: 'They look out, side by side.',
      camera: 'Very slow pull back',
      light: 'Starlit night, forty specks of lamp light',
      continuity: 'The Teeth show as a jagged darker line behind the lamps.',
      place: 'Moorhead Halt',
      cast: ['Tam', 'The Wind'],
      lines: [
        [
          'Narrator',
          'They could see the fleet from there: forty lamps in a row, and the dark line of the Teeth behind them.',
        ],
      ],
    },
    {
      framing: 'Close-up on the Wind, three-quarter',
      content: 'The long pale face turned to the sea, stars seen through the ends of its hair.',
      action: 'Longing, and a worried crease between the brows.',
      camera: 'Slow push in',
      light: 'Cold starlight night, a rim of lamp glow',
      continuity: 'Its hair now streams towards the sea.',
      place: 'Moorhead Halt',
      cast: ['The Wind'],
      lines: [
        [
          'The Wind',
          'I could have them home for breakfast. And by supper it’s “blasted” again. Why would tomorrow be different?',
        ],
      ],
    },
    {
      framing: 'Close-up on Tam',
      content: 'Tam hugging the blue kite, her chin on its edge, thinking as hard as a person can.',
      action: 'A slow determined smile.',
      camera: 'Still',
      light: 'Lamp glow and starlight night',
      continuity: 'Kite in both arms.',
      place: 'Moorhead Halt',
      cast: ['Tam'],
      lines: [['Tam', '(slowly) Because from tomorrow you won’t be doing it alone.']],
    },
  ],
};

const sundaysOff: SampleScenelet = {
  label: 'scenelet-7aaa',
  parent: 'scenelet-6aa',
  choiceLabel: 'Every Sunday off, in writing',
  description:
    'The fleet comes home with the dawn, and Captain Roe signs a contract with the weather on a herring barrel.',
  shots: [
    {
      framing: 'Wide shot, low angle from the water',
      content: 'The fleet running in between the piers with full round sails, gulls above, the town waving.',
      action: 'People throw their hats into the air and let them go.',
      camera: 'Gliding alongside the first boat',
      light: 'Rose and gold dawn',
      continuity: 'Flags and smoke move again.',
      place: 'Harrow Quay',
      cast: [],
      lines: [
        [
          'Narrator',
          'The fleet came in at six, sails round as loaves, and the wind walked the last boat to its mooring.',
        ],
      ],
    },
    {
      framing: 'Medium two-shot over a barrel',
      content:
        'A contract spread on a herring barrel, held down by Captain Roe’s fist; the Wind bending over it politely.',
      action: 'Roe signs, gruff and puzzled; the Wind is suddenly shy.',
      camera: 'Slow push in to the pen',
      light: 'Bright gold morning light',
      continuity: 'The paper stays perfectly flat: the Wind is holding its breath.',
      place: 'Harrow Quay',
      cast: ['Captain Roe', 'The Wind'],
      lines: [
        ['Captain Roe', '(signing) “Every Sunday, and the third of March.” What’s the third of March?'],
        ['The Wind', 'My birthday. I never liked to say.'],
      ],
    },
  ],
};

const windlessSunday: SampleScenelet = {
  label: 'scenelet-8aaa',
  parent: 'scenelet-7aaa',
  description: 'Ending: the windless Sunday. One day a week the whole town sits still, and leaves a door open.',
  shots: [
    {
      framing: 'Medium two-shot in front of the workshop door',
      content: 'Oda on a stool hangs a painted board on a nail; Tam below holds the hammer and reads it upside down.',
      action: 'Oda squints, amused; Tam beams.',
      camera: 'Still',
      light: 'Amber sunset of a Saturday evening',
      continuity: 'The board swings a little: it is not Sunday yet.',
      place: 'Harrow Quay',
      cast: ['Oda', 'Tam'],
      lines: [
        ['Oda', '(hanging up a sign) “Closed for the weather.” Is that spelled right?'],
        ['Tam', 'He’ll tell us if it isn’t.'],
      ],
    },
    {
      framing: 'Wide shot, eye level',
      content:
        'The quay wall on a still Sunday: a row of people in hats, an open door behind them, an empty chair set out.',
      action: 'Nobody does anything at all, happily. Tam waves at the empty chair.',
      camera: 'Locked off',
      light: 'Soft golden afternoon light',
      continuity: 'The chair is the stationmaster’s. The water is a mirror.',
      place: 'Harrow Quay',
      cast: ['Tam', 'Oda'],
      lines: [
        ['Narrator', 'So on Sundays nothing moves in Harrow Quay. They sit along the wall with their hats on.'],
        ['Narrator', 'And somebody always leaves the door open.'],
      ],
    },
  ],
};

const tradeWinds: SampleScenelet = {
  label: 'scenelet-7aab',
  parent: 'scenelet-6aa',
  choiceLabel: 'Two more hands: take me with you',
  description: 'High above the fleet, Tam learns what a wind does with its hands.',
  shots: [
    {
      framing: 'Medium shot, from the air',
      content: 'Tam and the Wind above the sails of the fleet, coat and scarf flying, boats below.',
      action: 'Tam is terrified and overjoyed, arms out; the Wind shows her how.',
      camera: 'Swooping alongside',
      light: 'First pink light of dawn over the sea',
      continuity: 'The blue kite is tied to her wrist.',
      place: 'The Water off the Teeth',
      cast: ['Tam', 'The Wind'],
      lines: [
        ['Tam', '(shouting) What do I do with my hands?'],
        ['The Wind', 'Cup them. Now push, gently, as if the sea were asleep.'],
      ],
    },
    {
      framing: 'Extreme wide shot, high angle',
      content:
        'The whole fleet from above, forty curved wakes on a brightening sea, two specks ahead of the first sail.',
      action: 'One boat goes backwards, stops, and then all of them run forward together.',
      camera: 'Slow turn, as a gull would',
      light: 'Gold sunrise over the sea',
      continuity: 'The Teeth fall behind, top left.',
      place: 'The Water off the Teeth',
      cast: [],
      lines: [['Narrator', 'She got it wrong twice, and the Marigold went briefly backwards. Then she got it right.']],
    },
  ],
};

const openWindow: SampleScenelet = {
  label: 'scenelet-8aab',
  parent: 'scenelet-7aab',
  description: 'Ending: the trade winds. A hat with a note in it comes down Oda’s chimney, and the window stays open.',
  shots: [
    {
      framing: 'Wide shot of the workshop',
      content: 'The workshop at breakfast; a bowler hat has come down the chimney and sits in a cloud of soot.',
      action: 'Oda, cup in hand, regards the hat without surprise.',
      camera: 'Slow tilt down from the chimney',
      light: 'Clear morning light through the round window',
      continuity: 'The hole in the roof has been darned with fog.',
      place: "The Weather-Mender's Workshop",
      cast: ['Oda'],
      lines: [
        [
          'Narrator',
          'The fleet was home by breakfast. Tam was not. A hat came down the chimney, with a note pinned inside it.',
        ],
      ],
    },
    {
      framing: 'Close-up on Oda',
      content: 'Oda with the note at arm’s length, needles in her bun, the window open behind her.',
      action: 'She reads, her eyes wet, and laughs a small proud laugh.',
      camera: 'Slow push in',
      light: 'Morning sun on her face',
      continuity: 'The curtain behind her moves: there is a breeze.',
      place: "The Weather-Mender's Workshop",
      cast: ['Oda'],
      lines: [
        ['Oda', '(reading) “Gone to learn the trade winds. Back with the swallows. Leave the window open.”'],
        ['Oda', '(a small laugh) As if I’d ever shut it.'],
      ],
    },
  ],
};

/** Asking instead of taking: two promises, two endings. */
export const PROMISE: readonly SampleScenelet[] = [
  blueKite,
  fortyLamps,
  sundaysOff,
  windlessSunday,
  tradeWinds,
  openWindow,
];

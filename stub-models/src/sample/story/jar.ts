import type { SampleScenelet } from '../types.ts';

const lid: SampleScenelet = {
  label: 'scenelet-5ab',
  parent: 'scenelet-4a',
  choiceLabel: 'Snap the lid on: the fleet can’t wait',
  description:
    'Tam claps the mending jar over the Wind and runs for the harbour with nine hundred years of weather in her arms.',
  shots: [
    {
      framing: 'Insert, extreme close-up on a jar',
      content: 'A glass jar on the counter, its lid just closed, something pale turning round and round inside.',
      action: 'No figures. Labels hang dead still behind it.',
      camera: 'Still',
      light: 'Green lamp light, night',
      continuity: 'From here on no label or hair moves.',
      place: 'Moorhead Halt',
      cast: [],
      lines: [['Narrator', 'The lid went on with a small, polite click. Every label in the room stopped fluttering.']],
    },
    {
      framing: 'Medium shot, tracking',
      content: 'Tam running down the moor road in the dark with the glowing jar held to her chest.',
      action: 'She runs, out of breath and ashamed, not looking at what she carries.',
      camera: 'Hand-held, running beside her',
      light: 'Moonlit night, the jar a pale glow on her chin',
      continuity: 'She has lost the extra hat.',
      place: 'Moorhead Halt',
      cast: ['Tam'],
      lines: [
        ['Tam', '(breathless) I’m sorry, I’m sorry. It’s forty boats. It’s Joss.'],
        ['The Wind', '(tiny, from inside the glass) You had only to ask.'],
      ],
    },
  ],
};

const trumpets: SampleScenelet = {
  label: 'scenelet-6ab',
  parent: 'scenelet-5ab',
  choicePrompt: 'The glass is warm in your hands, and the tide is turning.',
  description: 'The quay cheers, Captain Roe plans how to spend the wind, and Oda asks the only question that matters.',
  shots: [
    {
      framing: 'Wide shot, high angle',
      content:
        'The night quay full of people with lanterns and trumpets; one small yellow coat in the middle with a jar.',
      action: 'Everyone cheers but Tam.',
      camera: 'Slow descent towards her',
      light: 'Night, a hundred lanterns',
      continuity: 'Flags still hang dead.',
      place: 'Harrow Quay',
      cast: ['Tam'],
      lines: [
        [
          'Narrator',
          'On the quay they cheered. In her arms the jar hummed, like someone who would rather not be heard crying.',
        ],
      ],
    },
    {
      framing: 'Medium two-shot',
      content: 'Captain Roe bends down with a spoon in his hand; Tam turns her shoulder to shield the jar.',
      action: 'Roe is jubilant; Tam is cross and sad.',
      camera: 'Slow push in',
      light: 'Lantern light from below, night',
      continuity: 'The spoon is real silver, from the harbour office.',
      place: 'Harrow Quay',
      cast: ['Captain Roe', 'Tam'],
      lines: [
        ['Captain Roe', 'By thunder, bottled! A spoonful for the fleet, and the rest we’ll keep for washing days.'],
        ['Tam', 'It isn’t mustard, Captain.'],
      ],
    },
    {
      framing: 'Over-the-shoulder shot, from behind Tam onto Oda',
      content: 'Oda close, lantern in hand, looking not at the jar but at Tam.',
      action: 'Oda is gentle and asks as if asking about a torn sleeve.',
      camera: 'Still',
      light: 'One lantern between them, night around',
      continuity: 'The crowd is only a blur of lights.',
      place: 'Harrow Quay',
      cast: ['Tam', 'Oda'],
      lines: [
        ['Oda', '(low, for Tam alone) A jar is for mending, love. So what is it that’s broken?'],
        ['Narrator', 'Far out, the Marigold’s lamp began to drift.'],
      ],
    },
  ],
};

const sorry: SampleScenelet = {
  label: 'scenelet-7aba',
  parent: 'scenelet-6ab',
  choiceLabel: 'Let it go, and say you’re sorry',
  description: 'At the end of the pier Tam opens the jar and asks for nothing at all.',
  shots: [
    {
      framing: 'Close-up on Tam',
      content: 'Tam at the end of the pier, the open jar lifted like a lantern, eyes shut.',
      action: 'She says it plainly, ashamed and brave.',
      camera: 'Slow push in',
      light: 'Grey hour before dawn, the jar’s last pale glow',
      continuity: 'The lid is in her left hand.',
      place: 'Harrow Quay',
      cast: ['Tam'],
      lines: [['Tam', 'I was frightened, and I was rude. You don’t owe us a thing. (very small) Off you go.']],
    },
    {
      framing: 'Wide shot, from behind the crowd',
      content: 'The quay, the flat sea, the empty jar on a bollard. Hats quite still on every head.',
      action: 'All of them look out and nobody dares to say it.',
      camera: 'Locked off',
      light: 'Grey dawn',
      continuity: 'Still no flag moves.',
      place: 'Harrow Quay',
      cast: ['Tam', 'Captain Roe'],
      lines: [
        [
          'Narrator',
          'Nothing stirred. It had gone without so much as ruffling her hair, and everyone looked at the sea.',
        ],
      ],
    },
  ],
};

const homecoming: SampleScenelet = {
  label: 'scenelet-8aba',
  parent: 'scenelet-7aba',
  description:
    'Ending: the quiet homecoming. A sail at a time the fleet is breathed home, and a captain learns to say thank you.',
  shots: [
    {
      framing: 'Wide shot, low over the water',
      content:
        'One boat’s sail fills, round and gold; behind it a second; a silver ribbon of air goes from boat to boat.',
      action: 'The fleet begins to move, all of it, without a sound.',
      camera: 'Rising slowly with the sails',
      light: 'Gold sunrise, rose haze',
      continuity: 'The lead boat is the Marigold, with an orange stripe.',
      place: 'The Water off the Teeth',
      cast: ['The Wind'],
      lines: [
        ['Narrator', 'Then the Marigold’s sail filled, like somebody breathing in. It brought them home one by one.'],
        ['The Wind', '(at her ear, in passing) There. That is all it ever took.'],
      ],
    },
    {
      framing: 'Medium shot, eye level',
      content: 'Captain Roe alone at the end of the pier with his cap in both hands, boats coming in behind him.',
      action: 'Roe is bashful and addresses the empty air with great courtesy.',
      camera: 'Still, then a small start upwards',
      light: 'Bright gold morning light',
      continuity: 'His hair stands up by itself after the line.',
      place: 'Harrow Quay',
      cast: ['Captain Roe'],
      lines: [
        ['Captain Roe', '(cap in hand, to nobody) Much obliged to you. I mean it. Good morning.'],
        ['Narrator', 'It blew the cap out of his hands. And then, for the first time ever, it put it back.'],
      ],
    },
  ],
};

const thimble: SampleScenelet = {
  label: 'scenelet-7abb',
  parent: 'scenelet-6ab',
  choiceLabel: 'Uncork it a thimbleful at a time',
  description: 'One thimbleful brings the fleet home. The rest stands on a shelf, and the harbour keeps an order book.',
  shots: [
    {
      framing: 'Wide shot, eye level',
      content: 'The fleet in harbour in neat rows, washing dead straight on every line, a clean and silent town.',
      action: 'People nod to each other, pleased, and do not look at the sky.',
      camera: 'Slow pan along the washing',
      light: 'Clear cold noon',
      continuity: 'No gulls.',
      place: 'Harrow Quay',
      cast: [],
      lines: [
        [
          'Narrator',
          'One thimbleful brought the fleet home. A second dried the nets. No one in Harrow Quay lost a hat again.',
        ],
      ],
    },
    {
      framing: 'Medium two-shot across the workbench',
      content: 'Captain Roe with an order book, Oda with a thimble; the jar on the shelf above them, chained.',
      action: 'Roe is businesslike; Oda lays her needle down, sad.',
      camera: 'Still',
      light: 'Dim afternoon light, shelf in shadow, jar glow',
      continuity: 'The rain on the line has gone dusty.',
      place: "The Weather-Mender's Workshop",
      cast: ['Captain Roe', 'Oda'],
      lines: [
        ['Captain Roe', 'Two thimbles for Saturday. And a pinch for the regatta.'],
        ['Oda', 'Same price as ever, Captain. It only feels dearer.'],
      ],
    },
  ],
};

const quarterTurn: SampleScenelet = {
  label: 'scenelet-8abb',
  parent: 'scenelet-7abb',
  description:
    'Ending: a wind on the shelf. At night Tam reads to the jar, and every year the lid is a quarter turn looser.',
  shots: [
    {
      framing: 'Wide shot, low angle',
      content: 'Children on the quay under an empty sky, kites lying at their feet like fish on a slab.',
      action: 'They sit in a row and look up, patient and glum.',
      camera: 'Slow tilt up into nothing',
      light: 'Pale afternoon haze',
      continuity: 'The blue kite is among them.',
      place: 'Harrow Quay',
      cast: [],
      lines: [['Narrator', 'Only the children complained. They had seventeen kites, and nothing to put in the sky.']],
    },
    {
      framing: 'Close-up on Tam, beside the jar',
      content: 'Tam in her nightshirt under the yellow coat, a paper label in her hand, her cheek almost at the glass.',
      action: 'She reads aloud, tender; her fingers rest on the lid.',
      camera: 'Slow push in',
      light: 'Night, candle and jar glow',
      continuity: 'The label is the blue kite’s.',
      place: "The Weather-Mender's Workshop",
      cast: ['Tam'],
      lines: [
        ['Narrator', 'At night Tam reads to the jar, the names of all the kites. And she has begun to loosen the lid.'],
        ['Narrator', 'A quarter turn a year.'],
      ],
    },
  ],
};

/** Taking instead of asking: a wind in a jar, and what is done with it. */
export const JAR: readonly SampleScenelet[] = [lid, trumpets, sorry, homecoming, thimble, quarterTurn];

import type { SampleScenelet } from '../types.ts';

const hats: SampleScenelet = {
  label: 'scenelet-3a',
  parent: 'scenelet-2',
  choiceLabel: 'Follow the hats up the moor',
  description:
    'Tam follows a trail of lost hats across the moor to a railway station where no train has stopped for thirty ' +
    'years, and knocks at the Lost Property Office.',
  shots: [
    {
      framing: 'Wide shot, low angle across the heather',
      content: 'A moor road at dusk, dotted with hats and one open umbrella; on the ridge a tiny station with a clock.',
      action: 'Tam climbs with her arms already full of hats.',
      camera: 'Tracking slowly beside her',
      light: 'Violet dusk, a thin gold line at the horizon',
      continuity: 'She wears one of the found hats on top of her hood.',
      place: 'Moorhead Halt',
      cast: ['Tam'],
      lines: [
        [
          'Narrator',
          'She counted sixty-one hats, nine umbrellas and a wedding veil, all of them pointing the same way.',
        ],
      ],
    },
    {
      framing: 'Medium shot, eye level',
      content: 'The overgrown platform, rails gone to heather, the station clock stopped; one window is lit.',
      action: 'Tam stands on the platform, curious, her breath held.',
      camera: 'Slow drift past a lamp post',
      light: 'Blue dusk, one window warm as butter',
      continuity: 'The hats are piled on the bench behind her.',
      place: 'Moorhead Halt',
      cast: ['Tam'],
      lines: [
        ['Tam', 'Moorhead Halt. There hasn’t been a train since before I was born.'],
        ['Narrator', 'But somebody had lit the lamp in the Lost Property Office.'],
      ],
    },
    {
      framing: 'Close-up on Tam at the door',
      content: 'Her knuckles on peeling paint, the letter in her other hand, lamplight through the keyhole.',
      action: 'She knocks, bold on the outside only.',
      camera: 'Still',
      light: 'Night falling, a needle of lamp glow across her cheek',
      continuity: 'The voice behind the door is close, as if it had been waiting there.',
      place: 'Moorhead Halt',
      cast: ['Tam'],
      lines: [
        ['Tam', '(knocking) Hello? I’ve brought your letter back. There’s a spelling mistake in it.'],
        ['The Wind', '(hoarse, from inside) Where?'],
      ],
    },
  ],
};

const lostProperty: SampleScenelet = {
  label: 'scenelet-4a',
  parent: 'scenelet-3a',
  choicePrompt: 'Behind your back you hold one of Oda’s mending jars. The lid is off.',
  description:
    'Among shelves of everything it ever carried off, each thing labelled and kept dry, the Wind sits in the ' +
    'stationmaster’s chair with its shoes off. Tam has a mending jar behind her back.',
  shots: [
    {
      framing: 'Wide shot, slightly high angle',
      content:
        'Shelves up to the rafters: kites, hats, letters, laundry, each with a paper label. In the middle the Wind, ' +
        'grey and long, in a chair too small for it.',
      action: 'The Wind sits with drooping shoulders, tired; Tam stands in the door, amazed.',
      camera: 'Slow crane down past the kites',
      light: 'Night outside, one green lamp, labels glowing like moths',
      continuity: 'The labels flutter as long as the Wind is in the room.',
      place: 'Moorhead Halt',
      cast: ['The Wind', 'Tam'],
      lines: [
        [
          'Narrator',
          'Inside was everything it had ever carried off. Every kite had a label, and every label had a name.',
        ],
      ],
    },
    {
      framing: 'Medium two-shot',
      content: 'The Wind leaning across the counter, Tam with both hands behind her back.',
      action: 'The Wind is indignant; Tam tries not to laugh and fails.',
      camera: 'Slow push in',
      light: 'Green lamp light from the left, night in the window',
      continuity: 'Tam hides an open glass jar behind her back.',
      place: 'Moorhead Halt',
      cast: ['The Wind', 'Tam'],
      lines: [
        ['The Wind', 'Do you know what they call me? Blasted. “Shut that door, keep the blasted wind out.”'],
        ['Tam', 'You did take the mayor’s trousers.'],
      ],
    },
    {
      framing: 'Close-up on the Wind',
      content: 'A long pale face before the shelves, hair streaming towards the window, a child’s mitten in its hand.',
      action: 'Its pride gives way to something sad and shy.',
      camera: 'Almost still, breathing',
      light: 'Lamp glow on one side, moonlight on the other',
      continuity: 'The mitten has a label too.',
      place: 'Moorhead Halt',
      cast: ['The Wind'],
      lines: [
        [
          'The Wind',
          'He waved. I thought he was being friendly. (softly) I kept it all dry. I thought someone might come for it.',
        ],
      ],
    },
  ],
};

/** The road up the moor, to the wind itself. */
export const MOOR: readonly SampleScenelet[] = [hats, lostProperty];

import type { SampleScenelet } from '../types.ts';

const bathtubs: SampleScenelet = {
  label: 'scenelet-5ba',
  parent: 'scenelet-4b',
  choiceLabel: 'Row out and fetch them ourselves',
  description:
    'Tam calls out the town: dinghies, washtubs, a captain’s bathtub and one grand piano put to sea by lantern light.',
  shots: [
    {
      framing: 'Medium two-shot, low angle',
      content: 'Tam standing on a bollard, finally as tall as Captain Roe; faces and lanterns all around.',
      action: 'Tam shouts, fierce; Roe struggles with himself and confesses.',
      camera: 'Slow rise with her',
      light: 'Night, lanterns from all sides',
      continuity: 'The little wind is buttoned into Tam’s coat.',
      place: 'Harrow Quay',
      cast: ['Tam', 'Captain Roe'],
      lines: [
        ['Tam', '(shouting) Who has a boat with oars? Who has a door that floats?'],
        ['Captain Roe', '(after a while) I have a bathtub. It was my mother’s.'],
      ],
    },
    {
      framing: 'Extreme wide shot, high angle',
      content:
        'A black mirror of sea strewn with little boats and lanterns, like a second sky rowing out under the first.',
      action: 'Oars dip; each lantern doubles in the water.',
      camera: 'Slow drift above them',
      light: 'Clear night, stars above and lanterns below',
      continuity: 'The piano is at the centre, lid up.',
      place: 'The Water off the Teeth',
      cast: [],
      lines: [
        [
          'Narrator',
          'They came in dinghies and washtubs, and one in a grand piano. Two hundred lanterns went out over the sea.',
        ],
      ],
    },
    {
      framing: 'Close-up on Oda',
      content: 'Oda at the oars, lantern at her feet, hair coming out of its bun.',
      action: 'She rows and laughs, surprised at herself, joyful.',
      camera: 'Rocking gently with the boat',
      light: 'Lantern glow from below, night',
      continuity: 'Her knitting needles are still in her hair.',
      place: 'The Water off the Teeth',
      cast: ['Oda'],
      lines: [
        ['Oda', '(out of breath, happy) Sixty years I’ve sewn weather. Nobody told me you could just go out in it.'],
      ],
    },
  ],
};

const heave: SampleScenelet = {
  label: 'scenelet-6ba',
  parent: 'scenelet-5ba',
  description: 'The town ties itself to its fleet and pulls. And Captain Roe’s hat moves.',
  shots: [
    {
      framing: 'Wide shot, low over the water',
      content:
        'A rope from a tall sailing boat to a bathtub, from the bathtub to a piano, from the piano to a hundred boats.',
      action: 'All of them lean into the oars at once.',
      camera: 'Tracking along the rope',
      light: 'Deep night, lanterns, the black Teeth behind',
      continuity: 'The sailing boat is the Marigold, with an orange stripe.',
      place: 'The Water off the Teeth',
      cast: [],
      lines: [['Narrator', 'They tied the Marigold to the bathtub, and the bathtub to the piano, and they pulled.']],
    },
    {
      framing: 'Medium two-shot in a small boat',
      content: 'Captain Roe red-faced at the oars of his bathtub, Tam in the bow with a lantern and one finger raised.',
      action: 'Roe bellows, then catches himself; Tam listens, amazed.',
      camera: 'Still, rocking',
      light: 'Night going grey, lantern glow',
      continuity: 'Roe’s hat has tipped to one side.',
      place: 'The Water off the Teeth',
      cast: ['Captain Roe', 'Tam'],
      lines: [
        ['Captain Roe', 'Heave! And if that blasted… (catching himself) if that good old wind could see us now!'],
        ['Tam', '(whispering) Captain. Your hat just moved.'],
      ],
    },
  ],
};

const bestDay: SampleScenelet = {
  label: 'scenelet-7ba',
  parent: 'scenelet-6ba',
  description:
    'Ending: the best day of the job. The Wind comes down to see what they are doing, is asked a question nobody ever ' +
    'asked it, and leans in beside them.',
  shots: [
    {
      framing: 'Over-the-shoulder shot, from behind Tam onto the Wind',
      content: 'The Wind, long as a cloud, bends down out of the sky over the little boat.',
      action: 'It is curious and a little jealous; Tam looks up with blistered hands, unafraid.',
      camera: 'Slow tilt up',
      light: 'Grey dawn, lantern glow fading',
      continuity: 'All sails are still slack.',
      place: 'The Water off the Teeth',
      cast: ['Tam', 'The Wind'],
      lines: [
        ['The Wind', '(curious) What are you all doing?'],
        ['Tam', 'Your job. It’s terribly hard. How did you manage it by yourself?'],
      ],
    },
    {
      framing: 'Wide shot, eye level',
      content:
        'The long grey figure standing in the sea among the boats, its coat laid over the Teeth, pushing with both arms.',
      action: 'Everyone pulls, and the Wind with them, glad.',
      camera: 'Slow pull back',
      light: 'Rose and gold sunrise',
      continuity: 'Sails begin to fill from the back of the fleet.',
      place: 'The Water off the Teeth',
      cast: ['The Wind'],
      lines: [
        [
          'Narrator',
          'Nobody had ever asked. It thought about that. Then it took off its coat, and came down, and leaned in.',
        ],
      ],
    },
    {
      framing: 'Wide shot, high angle',
      content: 'A year later, a sunny morning: bathtubs, dinghies and a piano with flags row out to meet the fleet.',
      action: 'Tam stands in the bow with the little wind on a string like a kite, laughing.',
      camera: 'Rising like a gull',
      light: 'Bright clear morning',
      continuity: 'Captain Roe’s bathtub has been painted yellow.',
      place: 'Harrow Quay',
      cast: ['Tam'],
      lines: [
        [
          'Narrator',
          'They still row out to meet the fleet each year, though they needn’t. The wind says it’s the best day of the job.',
        ],
      ],
    },
  ],
};

/** Doing it by hand: the town rows, and the wind gets curious. */
export const ROWING: readonly SampleScenelet[] = [bathtubs, heave, bestDay];

import type { SampleScenelet } from '../types.ts';

const notice: SampleScenelet = {
  label: 'scenelet-1',
  parent: null,
  description:
    'Morning in the weather-mender’s workshop. A weathercock drops through the roof with a letter in its beak: ' +
    'after nine hundred years, the wind has handed in its notice.',
  shots: [
    {
      framing: 'Wide establishing shot, eye level, from the doorway',
      content:
        'A crooked attic workshop: shelves of jars with weather in them, a torn fog on a darning frame, rain hung up ' +
        'to dry on a line. Oda small behind her bench, Tam on a stool with a skein of thread.',
      action: 'Oda darns with great calm; Tam winds thread and yawns.',
      camera: 'Slow push in between two shelves of jars',
      light: 'Early morning light through a round window, warm lamp glow on the bench',
      continuity: 'Roof still whole. The weathercock is not yet inside.',
      place: "The Weather-Mender's Workshop",
      cast: ['Oda', 'Tam'],
      lines: [
        [
          'Narrator',
          'In Harrow Quay they mend their own weather. Torn fog is darned, and tired rain is wrung out and hung to dry.',
        ],
      ],
    },
    {
      framing: 'Medium two-shot, slightly low angle',
      content: 'A brass weathercock lies between them in a puddle of roof tiles, a letter in its beak. Dust drifts.',
      action: 'Tam has leapt up, mouth open, delighted and alarmed; Oda has not lifted her eyes from her needle.',
      camera: 'A small jolt on the crash, then still',
      light: 'A sharp shaft of morning light from the new hole in the roof, warm dust',
      continuity: 'Tam’s stool has fallen over. The letter is sealed with a feather.',
      place: "The Weather-Mender's Workshop",
      cast: ['Tam', 'Oda'],
      lines: [
        ['Oda', '(without looking up) Tam, dear. The weathercock has come in.'],
        ['Tam', 'Through the roof! And it’s holding a letter.'],
      ],
    },
    {
      framing: 'Close-up on Tam',
      content: 'Tam holds the letter up to the light; the handwriting leans over like grass.',
      action: 'She reads aloud, slower and slower, brows going up.',
      camera: 'Gentle drift towards her eyes',
      light: 'Morning light through the paper, a warm glow on her face',
      continuity: 'Yellow oilskin coat, teal scarf. The letter stays in her right hand.',
      place: "The Weather-Mender's Workshop",
      cast: ['Tam'],
      lines: [
        [
          'Tam',
          '(reading) “Dear Sirs. Nine hundred years I have blown for you. As of today, I don’t. Yours, the Wind.”',
        ],
        ['Oda', '(off screen) Oh, that is a pity. The fleet comes home today.'],
      ],
    },
  ],
};

const becalmed: SampleScenelet = {
  label: 'scenelet-2',
  parent: 'scenelet-1',
  choicePrompt: 'Dawn is twelve hours off. Where do you look for a wind?',
  description:
    'On the quay the sea lies flat as a plate. Forty boats stand becalmed three miles out, Tam’s brother among them, and ' +
    'at dawn the tide will carry them onto the rocks called the Teeth.',
  shots: [
    {
      framing: 'Extreme wide shot, high angle',
      content:
        'The harbour and a sea without one wrinkle; far out a row of small sails hanging like washing. A lighthouse.',
      action: 'People stand along the quay wall with their hands over their eyes, nobody speaking.',
      camera: 'Very slow pan from the quay to the horizon',
      light: 'Flat white noon haze, no shadows',
      continuity: 'No smoke, flag or gull moves in any shot of this scene.',
      place: 'Harrow Quay',
      cast: [],
      lines: [
        [
          'Narrator',
          'By noon the sea lay flat as a plate. Three miles out stood the herring fleet, and not one sail of it moved.',
        ],
      ],
    },
    {
      framing: 'Medium two-shot, eye level',
      content: 'Captain Roe, huge, with a spyglass; Tam beside him barely reaches his elbow. Boats behind them.',
      action: 'Roe is grim and will not look at her; Tam has gone very still, worried.',
      camera: 'Still, then a slight tilt down to Tam',
      light: 'Noon haze, the first gold of afternoon on the brass buttons',
      continuity: 'The wind’s letter sticks out of Tam’s pocket.',
      place: 'Harrow Quay',
      cast: ['Captain Roe', 'Tam'],
      lines: [
        ['Captain Roe', 'Forty boats, girl. When the tide turns at dawn it’ll carry them onto the Teeth.'],
        ['Tam', '(quietly) My brother is on the Marigold.'],
      ],
    },
    {
      framing: 'Wide shot over the shoulder of Tam',
      content: 'Where the quay ends a road climbs to the moor. In the dust lies a bowler hat, further up another hat.',
      action: 'Tam turns from the boats and sees the hats; a thought begins.',
      camera: 'Rack focus from her scarf to the first hat',
      light: 'Low gold afternoon light along the road',
      continuity: 'Captain Roe is out of frame to the left. The hats all point uphill.',
      place: 'Harrow Quay',
      cast: ['Tam'],
      lines: [
        ['Captain Roe', '(off screen) You’re weather-menders, aren’t you? Then mend it!'],
        ['Narrator', 'Up the moor road, where nothing had blown for hours, lay a hat. And past it, another hat.'],
      ],
    },
  ],
};

/** The root and the first choice: how it begins, whatever the player does. */
export const OPENING: readonly SampleScenelet[] = [notice, becalmed];

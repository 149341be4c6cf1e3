import type { SampleCharacter } from './types.ts';

/** How one character looks and sounds. */
interface SampleDesign {
  name: SampleCharacter;
  role: string;
  face: string;
  physique: string;
  attire: string;
  voiceName: string;
  voiceProfile: string;
}

/** The four who speak, in the order in which designs and voices list them. */
export const SAMPLE_CAST: readonly SampleDesign[] = [
  {
    name: 'Tam',
    role: 'Protagonist, eleven years old, apprentice to the weather-mender',
    face: 'Round freckled face, pale skin, big hazel eyes, a gap between the front teeth, a short copper bob that never lies flat',
    physique: 'A small wiry child, quick on her feet, always leaning into something',
    attire: 'An oversized yellow oilskin coat with rolled sleeves, a long teal scarf, brown boots a size too large',
    voiceName: 'Leda',
    voiceProfile:
      'Young, quick and clear. Says brave things fast, so as to have said them before she thinks better of it.',
  },
  {
    name: 'Oda',
    role: 'Mentor, seventy-one, weather-mender of Harrow Quay',
    face: 'Brown lined face, amused dark eyes behind small round glasses, silver hair in a bun held by two knitting needles',
    physique: 'A short sturdy elderly woman with careful hands',
    attire: 'An indigo dress under a cream apron with many pockets, a rose shawl',
    voiceName: 'Gacrux',
    voiceProfile: 'Low, unhurried and dry. Every sentence sounds like a stitch being finished.',
  },
  {
    name: 'Captain Roe',
    role: 'Harbourmaster, sixty, a loud man with a good heart a long way in',
    face: 'Ruddy weathered face, a huge grey beard, bushy eyebrows, small worried eyes',
    physique: 'An enormous broad man, built like a bollard',
    attire: 'A dark navy greatcoat with brass buttons, a captain’s cap with a brick red band',
    voiceName: 'Algenib',
    voiceProfile: 'Deep and gravelly, used to shouting across water. Turns quite small when he is ashamed.',
  },
  {
    name: 'The Wind',
    role: 'The west wind, nine hundred years in service, never a Sunday off',
    face: 'A long pale, almost transparent face, grey eyes, endless silver hair that streams sideways',
    physique: 'A very tall, slender, translucent spirit that ends in drifting air instead of feet',
    attire: 'A long silver-blue coat sewn from lost laundry and letters, paper labels fluttering at its hems',
    voiceName: 'Enceladus',
    voiceProfile: 'Breathy, courteous, a little old-fashioned. A tired civil servant of the sky who is easily moved.',
  },
];

export const SAMPLE_NARRATOR = {
  voiceName: 'Sulafat',
  voiceProfile: 'Warm and close, as if told across a kitchen table, with the straightest face for the silliest things.',
} as const;

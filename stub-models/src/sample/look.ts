/** The look of the whole sample story, in the shape of the visual design's reply. */
export const SAMPLE_AESTHETIC = {
  visual_style: {
    name: 'Cut-paper gouache',
    description:
      'Layered paper silhouettes painted in matt gouache: soft gradients, a little grain, clean shapes with slightly ' +
      'uneven edges, and light that seems to come from behind the paper.',
  },
  master_color_palette: [
    { color_name: 'Deep-water indigo', hex_code: '#1F2A4D', usage_notes: 'Night, shadows, deep water' },
    { color_name: 'Oilskin yellow', hex_code: '#F2B632', usage_notes: 'Tam’s coat; kept away from everything else' },
    { color_name: 'Verdigris teal', hex_code: '#3D8A86', usage_notes: 'Glass, the scarf, shallow water' },
    { color_name: 'Moor heather', hex_code: '#8A6A9C', usage_notes: 'The moor, dusk skies' },
    { color_name: 'Lamp amber', hex_code: '#F6A34B', usage_notes: 'Lamps, windows, sunrise' },
    { color_name: 'Sailcloth cream', hex_code: '#F4E7CF', usage_notes: 'Sails, paper, haze' },
    { color_name: 'Herring silver', hex_code: '#A9BCC6', usage_notes: 'The Wind, still water, fog' },
    { color_name: 'Brick rose', hex_code: '#C8574B', usage_notes: 'Roofs, cap bands, the last of the sunset' },
  ],
} as const;

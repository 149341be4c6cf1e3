import { describe, expect, it } from 'vitest';
import type { CharacterBrief } from '../brief.ts';
import { aboutEach, actingOf } from './acting.ts';
import { lookOf } from './look.ts';

const someone = (
  character_name: string,
  words: Partial<CharacterBrief['detailed_description']> = {},
): CharacterBrief => ({
  character_id: character_name.toLowerCase(),
  character_name,
  role: '',
  detailed_description: { facial_features: '', physique: '', attire: '', ...words },
});

describe('aboutEach', () => {
  it('gives everybody what is said about them, by their full name or its last word', () => {
    const text = 'Roe is grim and will not look at her; Tam has gone very still, worried.';
    const [roe, tam] = aboutEach([someone('Captain Roe'), someone('Tam')], text);
    expect(roe).toContain('grim');
    expect(roe).not.toContain('worried');
    expect(tam).toContain('worried');
  });

  it('gives a person alone all of it', () => {
    expect(aboutEach([someone('Tam')], 'She laughs.')).toEqual(['She laughs.']);
  });
});

describe('actingOf', () => {
  it('reads feelings, gestures and what is held', () => {
    expect(actingOf('Tam shouts, fierce')).toMatchObject({ emotion: 'cross', gesture: 'raised' });
    expect(actingOf('reads a letter, delighted')).toMatchObject({ emotion: 'glad', gesture: 'hold', held: 'paper' });
    expect(actingOf('hides a jar behind her back')).toMatchObject({ gesture: 'behind', held: null });
    expect(actingOf('')).toEqual({ emotion: 'calm', gesture: 'down', held: null, eyesShut: false, running: false });
  });
});

describe('lookOf', () => {
  it('reads hair, clothes and age', () => {
    const tam = someone('Tam', {
      facial_features: 'Freckled face, a short copper bob',
      physique: 'A small wiry child',
      attire: 'A yellow oilskin coat, a long teal scarf',
    });
    expect(lookOf(tam)).toMatchObject({
      build: 'child',
      hairStyle: 'bob',
      hair: '#c8642f',
      garment: 'coat',
      garmentColour: '#f0b733',
      scarf: '#2f8580',
      freckles: true,
      spirit: false,
    });
  });

  it('makes up the rest the same way every time, and differently for others', () => {
    const looks = ['Ada', 'Bruno', 'Cleo', 'Dag', '李小龙'].map((name) => JSON.stringify(lookOf(someone(name))));
    expect(JSON.stringify(lookOf(someone('Ada')))).toBe(looks[0]);
    expect(new Set(looks).size).toBe(looks.length);
  });
});

import { describe, expect, it } from 'vitest';
import { withoutParentheticals, withoutPerformanceNotes } from './performanceNotes.ts';

describe('a performance note', () => {
  it.each([
    // At the beginning
    ['(softly) Come in.', 'Come in.'],
    ['[softly] Come in.', 'Come in.'],
    ['(low, for Tam alone, without turning round) A jar is for mending.', 'A jar is for mending.'],
    ['(sighs) (slowly) Well, then.', 'Well, then.'],
    ['“(softly) Come in,” she said.', '“Come in,” she said.'],
    ['(laughs) 😂', '😂'],
    // Between sentences
    ['Not through it! There. (softly, as if to herself) Oh, well blown.', 'Not through it! There. Oh, well blown.'],
    ['And if that blasted… (catching himself) if it could see us!', 'And if that blasted… if it could see us!'],
    ['First line.\n(turning to the window at last) Second line.', 'First line.\nSecond line.'],
    ['One.\n(beat)\nTwo.', 'One.\nTwo.'],
    // Within a sentence: a few words
    ['Wait (whispering), please.', 'Wait, please.'],
    ['Wait (whispering) here.', 'Wait here.'],
    ['Bonjour (gaiement) !', 'Bonjour !'],
    ['I [pauses and looks away for a moment] did.', 'I did.'],
    // At the end
    ['Come in. (She turns away.)', 'Come in.'],
    ['Come in (without looking up from the letter)', 'Come in'],
    ['Come in. [sighs]', 'Come in.'],
    // With a separator after it
    ['(softly): Come in.', 'Come in.'],
    ['Go on. (softly): Come in.', 'Go on. Come in.'],
    ['（插话）：老师', '老师'],
    ['Mira (softly): Come in.', 'Mira: Come in.'],
    // In scripts with brackets and spacing of their own
    ['（笑）你好。', '你好。'],
    ['她（插话）说', '她说'],
    ['(轻声)听。', '听。'],
    ['【小声】听。', '听。'],
    ['［小声］听。', '听。'],
    ['(тихо) Войдите.', 'Войдите.'],
    // Nested, and with brackets that never meet
    ['I said (louder (much [so])) go!', 'I said go!'],
    ['((softly)) Come in.', 'Come in.'],
    ['(sighs [deeply) Listen.', 'Listen.'],
    ['(one]two) three', 'three'],
    // Without anything to say
    ['Well () then.', 'Well then.'],
    ['Well (…) then.', 'Well then.'],
  ])('is taken out of %j', (line, said) => {
    expect(withoutPerformanceNotes(line)).toBe(said);
  });
});

describe('what is said', () => {
  it.each([
    ['Come in.'],
    // Numbers
    ['She was born in (1984) here.'],
    ['(1984) She was born here.'],
    ['I was born here (in 1984)'],
    ['As the footnote says [3].'],
    // Longer passages within a sentence
    ['My aunt (the one who lives in Lyon) never came.'],
    ['I live in Paris (the one in Texas, not the other).'],
    ['我的哥哥（他一直住在北京城里）来了。'],
    // Brackets of a word
    ['It is f(x) that matters.'],
    ['The usual (un)certainty.'],
    ['Bring your key(s).'],
    ['函数f(x)是'],
    // Brackets without a partner, and faces
    ['Smile :) and (unclosed'],
    ['I am sad :( but well :) now.'],
    ['Listen) now.'],
    // Nothing but notes
    ['(she says nothing)'],
    ['[beat]'],
    ['(sighs).'],
    ['(sighs) …'],
    ['（沉默）'],
    [''],
  ])('stays in %j', (line) => {
    expect(withoutPerformanceNotes(line)).toBe(line);
  });

  it('keeps its own lines, without the space around them', () => {
    expect(withoutPerformanceNotes('  One.\n\nTwo.  ')).toBe('One.\n\nTwo.');
    expect(withoutPerformanceNotes('  [beat]  ')).toBe('[beat]');
  });
});

it('takes a line that is nothing but brackets', () => {
  const opening = '('.repeat(50_000);
  const closing = ')'.repeat(50_000);
  expect(withoutPerformanceNotes(`${opening}${closing} Hello`)).toBe('Hello');
  expect(withoutPerformanceNotes(opening)).toBe(opening);
  expect(withoutPerformanceNotes(`${opening}1984${closing}`)).toBe(`${opening}1984${closing}`);
  expect(withoutParentheticals(`Listen. ${'['.repeat(25_000)}${closing}`)).toMatch(/^Listen\. /);
});

it.each([
  ['She was born in (1984) here.', 'She was born in here.'],
  ['My aunt (the one who lives in Lyon) never came.', 'My aunt never came.'],
  ['It is f(x) that matters.', 'It is f that matters.'],
  ['(sighs)', ''],
  ['Listen) now (or', 'Listen) now (or'],
])('%j without parentheticals is %j', (text, bare) => {
  expect(withoutParentheticals(text)).toBe(bare);
});

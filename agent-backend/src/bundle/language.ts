/** Languages that people name in words; everything else is given as a tag. */
const COMMON_TAGS =
  'ar bg bn ca cs cy da de el en en-GB en-US es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka ko la lt lv mk ms nl no pl pt pt-BR ro ru sk sl sq sr sv sw ta te th tr uk ur vi zh zh-Hans zh-Hant'.split(
    ' ',
  );

const KNOWN_LANGUAGE = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
const TAGS_BY_NAME = new Map(COMMON_TAGS.flatMap((tag) => ['en', tag].map((locale) => [nameIn(locale, tag), tag])));

/** The BCP 47 tag of a language given as a tag or by its name, in English or in itself; undefined when it is neither. */
export function languageTag(language: string | undefined): string | undefined {
  if (language === undefined) return undefined;
  return TAGS_BY_NAME.get(language.trim().toLowerCase()) ?? canonicalTag(language.trim().replaceAll('_', '-'));
}

function nameIn(locale: string, tag: string): string {
  return (new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag).toLowerCase();
}

/** "Klingon" has the form of a tag, so the language itself must be a known one as well. */
function canonicalTag(text: string): string | undefined {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(text);
    const { language } = new Intl.Locale(tag);
    return KNOWN_LANGUAGE.of(language) === undefined ? undefined : tag;
  } catch {
    return undefined;
  }
}

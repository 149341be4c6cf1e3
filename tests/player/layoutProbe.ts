/**
 * A page around the player that makes it as large as is asked for without a navigation, and says what is wrong with what
 * it shows at that size. One pass over all sizes is one evaluation: a size costs one layout of a small page.
 */
export const PROBE_PAGE = `<!doctype html>
<meta charset="utf-8">
<style>body { margin: 0 } iframe { border: 0; display: block }</style>
<iframe src="player.html" width="1280" height="720"></iframe>
<script>
const frame = document.querySelector('iframe');
const find = (selector) => frame.contentDocument.querySelector(selector);
const isShown = (element) => element !== null && element.checkVisibility();
const boxOf = (element) => element.getBoundingClientRect();

/** What must lie apart, from the top down, and what of it scrolls within itself. */
const REGIONS = ['#view', '#captions', '#choice-panel', '#closing-panel', '#controls'];
const SCROLLING = ['#title-screen', '#view', '#captions', '#choice-panel', '#closing-panel', 'dialog[open]'];
const TEXTS = 'h1, h2, .tally > span, #description, .line, .speaker, .label, #closing-text, button, label > span';
/** What rounding may come to, in pixels. */
const SLACK = 1;

/** Presses a key in the player. */
function press(key) {
  frame.contentDocument.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}

/** Everything that is wrong at each of the sizes, a line each. */
function faultsAt(sizes) {
  return sizes.flatMap(([width, height]) => {
    frame.width = width;
    frame.height = height;
    return faultsNow(width, height).map((fault) => width + ' × ' + height + ': ' + fault);
  });
}

function faultsNow(width, height) {
  const { innerWidth, innerHeight } = frame.contentWindow;
  if (innerWidth !== width || innerHeight !== height) return ['the page is ' + innerWidth + ' × ' + innerHeight];
  return [...overlaps(), ...outside(width, height), ...hiddenByPicture(width, height), ...unreachable()];
}

const shownRegions = () => REGIONS.filter((region) => isShown(find(region)) && boxOf(find(region)).height > 0);

function overlaps() {
  const shown = shownRegions();
  return shown.slice(1).flatMap((region, index) => {
    const above = shown[index];
    const by = boxOf(find(above)).bottom - boxOf(find(region)).top;
    return by > SLACK ? [above + ' reaches ' + Math.round(by) + ' into ' + region] : [];
  });
}

function outside(width, height) {
  const boxes = [...shownRegions(), 'dialog[open]'].filter((each) => isShown(find(each)));
  const tools = [...frame.contentDocument.querySelectorAll('.tool')].filter(isShown);
  const rows = new Set(tools.map((tool) => boxOf(tool).top));
  return [
    ...boxes.filter((each) => isOutside(boxOf(find(each)), width, height)).map((each) => each + ' leaves the screen'),
    ...tools.filter((tool) => isOutside(boxOf(tool), width, height)).map(({ id }) => id + ' leaves the screen'),
    ...(rows.size > 1 ? ['the controls take ' + rows.size + ' rows'] : []),
  ];
}

function isOutside({ left, top, right, bottom }, width, height) {
  return left < -SLACK || top < -SLACK || right > width + SLACK || bottom > height + SLACK;
}

/** Where the screen is upright and has room, the whole picture is seen above the words. */
function hiddenByPicture(width, height) {
  const picture = find('.picture:last-child:not(.bare) .frame');
  if (width > height || height < 416 || picture === null || !isShown(find('#captions'))) return [];
  const by = boxOf(picture).bottom - boxOf(find('#captions')).top;
  return by > SLACK ? ['the captions lie ' + Math.round(by) + ' over the picture'] : [];
}

/** Every text can be brought whole, from side to side and line by line, into the part of its region that is seen. */
function unreachable() {
  return SCROLLING.filter((region) => isShown(find(region))).flatMap((region) => {
    const box = find(region);
    const texts = [...box.querySelectorAll(TEXTS)].filter(isShown);
    const lineHeight = Math.max(0, ...texts.map((text) => parseFloat(getComputedStyle(text).lineHeight) || 0));
    const isHigh = texts.length === 0 || box.clientHeight >= lineHeight;
    return [
      ...(isHigh ? [] : [region + ' is lower than a line of its text']),
      ...texts.flatMap((text) => (sticksOut(box, text) ? [region + ' cuts off ' + text.textContent.slice(0, 20)] : [])),
    ];
  });
}

function sticksOut(box, text) {
  const { left, right } = boxOf(box);
  const across = boxOf(text).left < left - SLACK || boxOf(text).right > right + SLACK;
  box.scrollTop = 0;
  const above = boxOf(text).top < boxOf(box).top - SLACK;
  box.scrollTop = box.scrollHeight;
  const below = boxOf(text).bottom > boxOf(box).bottom + SLACK;
  return across || above || below;
}
</script>
`;

"""Colours of a page as a browser computes them, and how far text stands out.

A colour is red, green, blue and opacity, each 0 to 255, in sRGB.
"""

# For each kind of element with visible text of its own: what it is, the colour of its text, and
# the backgrounds behind it, from its own to that of the page. A canvas reads every notation.
TEXTS = """() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", {willReadFrequently: true});
  const known = new Map();
  const read = (colour) => {
    if (!known.has(colour)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      known.set(colour, [...pen.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(colour);
  };
  const found = new Map();
  for (const one of document.body.querySelectorAll("*")) {
    const hasText = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasText || one.closest(".vh, .skip") || !one.checkVisibility()) continue;
    const layers = [];
    for (let at = one; at; at = at.parentElement) layers.push(read(getComputedStyle(at).backgroundColor));
    const parent = one.parentElement;
    const name = [parent, one].map((at) => [at.localName, ...at.classList].join(".")).join(" > ");
    const text = [name, read(getComputedStyle(one).color), layers];
    const key = JSON.stringify(text);
    if (!found.has(key)) found.set(key, text);
  }
  return [...found.values()];
}"""


def over(front, behind):
    """What is seen of two colours, one before the other; the one behind is opaque."""
    opacity = front[3] / 255
    mixed = (f * opacity + b * (1 - opacity) for f, b in zip(front[:3], behind[:3], strict=True))
    return (*mixed, 255)


def luminance(colour):
    """Relative luminance, 0 to 1, as WCAG 2.2 defines it."""
    parts = (value / 255 for value in colour[:3])
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour, layers):
    """The contrast ratio, 1 to 21, of text with the backgrounds behind it, nearest first."""
    seen = (255, 255, 255, 255)
    for layer in reversed(layers):
        seen = over(layer, seen)
    high, low = sorted((luminance(over(colour, seen)), luminance(seen)), reverse=True)
    return (high + 0.05) / (low + 0.05)

"""The same as a picture: times on a logarithmic scale, a block of bars for each case."""
import math
from html import escape

from race import FLOOR, OURS
from report import TITLES, seconds

WIDTH, LABEL, VALUE, BAR, GAP, HEAD = 960, 250, 130, 15, 22, 24
COLORS = {OURS: "#0b6e4f", FLOOR: "#9aa0a6"}
PEER = "#4a78b5"
STYLE = """
text { font: 12px system-ui, 'DejaVu Sans', sans-serif; fill: #202124 }
.title { font-size: 17px; font-weight: 600 }
.case { font-weight: 600 }
.quiet { fill: #5f6368 }
.ours { font-weight: 600; fill: #0b6e4f }
.label { text-anchor: end }
line { stroke: #e3e5e8 }
"""


class Scale:
    """Of one case: from half the shortest time to the longest."""

    def __init__(self, times):
        self.low = math.log10(min(times) / 2)
        self.high = max(math.log10(max(times)), self.low + 1)

    def width(self, time):
        part = (math.log10(time) - self.low) / (self.high - self.low)
        return max(2.0, part * (WIDTH - LABEL - VALUE))

    def powers(self):
        return range(math.ceil(self.low), math.floor(self.high) + 1)


def text(x, y, content, kind=""):
    return f'<text x="{x:.0f}" y="{y:.0f}" class="{kind}">{escape(content)}</text>'


def bar(result, standing, scale, y):
    kind = "ours" if standing.name == OURS else ""
    width = scale.width(standing.median)
    ratio = result.ratio(standing.name)
    value = seconds(standing.median)
    if standing.name != OURS and ratio:
        value += f"  ({ratio:.3g}×)"
    return [
        text(LABEL - 8, y + 12, standing.name, f"label {kind}"),
        f'<rect x="{LABEL}" y="{y}" width="{width:.1f}" height="{BAR}" rx="2"'
        f' fill="{COLORS.get(standing.name, PEER)}"/>',
        text(LABEL + width + 6, y + 12, value, kind),
    ]


def block(result, y):
    """\\return the elements, and where the next block begins"""
    title = f"{result.case.workload}  {TITLES[result.case.workload]}: {result.case.name}"
    shown = [each for each in result.standings if each.median and not each.reason]
    out = [text(12, y + 14, title, "case")]
    top = y + HEAD
    bottom = top + len(shown) * GAP
    scale = Scale([each.median for each in shown])
    for power in scale.powers():
        x = LABEL + scale.width(10.0**power)
        out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top - 3}" y2="{bottom}"/>')
        out.append(text(x + 2, bottom + 10, seconds(10.0**power), "quiet"))
    for i, standing in enumerate(shown):
        out += bar(result, standing, scale, top + i * GAP)
    return out, bottom + 30


def svg(results, about):
    out, y = [], 62
    for result in results:
        if result.failure:
            continue
        elements, y = block(result, y)
        out += elements
    head = [
        text(12, 26, "LINDI, natively: time for each job, shorter is better", "title"),
        text(12, 46, f"{about['machine']}; commit {about['commit']}; logarithmic, medians, (ours = 1×)", "quiet"),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y:.0f}" width="{WIDTH}" height="{y:.0f}">'
        f"<style>{STYLE}</style>"
        f'<rect width="100%" height="100%" fill="#ffffff"/>' + "\n".join(head + out) + "</svg>\n"
    )

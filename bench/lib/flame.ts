import type { Profiler } from "node:inspector";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** A function at one place of the stack, with all the time in and below it. */
interface Frame {
  name: string;
  micros: number;
  callees: Map<string, Frame>;
}

const WIDTH = 1_200;
const ROW = 18;
/** What would be narrower is left out. */
const LEAST = 2;

/** A flame graph of a CPU profile, as SVG: each box as wide as its time, callers below their callees. */
export function flameGraph(profile: Profiler.Profile, title: string): string {
  const root = treeOf(profile);
  const boxes: string[] = [];
  let deepest = 0;
  const draw = (frame: Frame, left: number, depth: number) => {
    const width = (frame.micros / root.micros) * WIDTH;
    if (width < LEAST) return;
    deepest = Math.max(deepest, depth);
    boxes.push(boxOf(frame, { left, width, depth, share: frame.micros / root.micros }));
    let at = left;
    for (const callee of [...frame.callees.values()].sort((a, b) => b.micros - a.micros)) {
      draw(callee, at, depth + 1);
      at += (callee.micros / root.micros) * WIDTH;
    }
  };
  draw(root, 0, 0);
  const height = (deepest + 2) * ROW;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 ${-height + ROW} ${WIDTH} ${height}" font-family="monospace" font-size="11">
<title>${escaped(title)}</title>
<rect x="0" y="${-height + ROW}" width="${WIDTH}" height="${height}" fill="white"/>
<text x="4" y="${-height + ROW + 13}">${escaped(title)}</text>
${boxes.join("\n")}
</svg>
`;
}

/** The samples as one tree; what waits for something to do is no work, and the profiler none of ours. */
function treeOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Frame {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const callers = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const root: Frame = { name: "all", micros: 0, callees: new Map() };
  samples.forEach((id, at) => {
    const stack: string[] = [];
    for (let node = byId.get(id); node; node = byId.get(callers.get(node.id) ?? -1)) {
      stack.push(nameOf(node.callFrame));
    }
    if (stack[0] === "(idle)" || stack.some((name) => name.includes("node:inspector"))) return;
    const micros = timeDeltas[at] ?? 0;
    root.micros += micros;
    let frame = root;
    for (const name of stack.reverse().slice(1)) {
      const callee = frame.callees.get(name) ?? { name, micros: 0, callees: new Map() };
      frame.callees.set(name, callee);
      callee.micros += micros;
      frame = callee;
    }
  });
  return root;
}

function nameOf({ functionName, url, lineNumber }: Profiler.ProfileNode["callFrame"]): string {
  const file = url.startsWith("file:") ? relative(process.cwd(), fileURLToPath(url)) : url;
  const place = file.replace(/^.*node_modules\//, "");
  const name = functionName || "(anonymous)";
  return place ? `${name} ${place}:${lineNumber + 1}` : name;
}

interface Box {
  left: number;
  width: number;
  depth: number;
  share: number;
}

function boxOf({ name }: Frame, { left, width, depth, share }: Box): string {
  const y = -depth * ROW;
  const words = name.slice(0, Math.max(0, Math.floor(width / 6.7) - 1));
  return `<g><title>${escaped(name)}: ${(share * 100).toFixed(1)} %</title><rect x="${left.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${ROW - 1}" fill="${colourOf(name)}" stroke="white"/><text x="${(left + 3).toFixed(1)}" y="${y + 13}">${escaped(words)}</text></g>`;
}

/** Whose code it is: ours, a library's, or Node's. */
function colourOf(name: string): string {
  if (/ (?:packages|apps)\//.test(name)) return "#f4a259";
  return / (?!node:)\S+\//.test(name) ? "#8cb369" : "#a9c5e8";
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

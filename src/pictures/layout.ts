/** Where nodes and edges of a picture lie: dagre's layered layout. */
import * as dagre from "@dagrejs/dagre";

/** What of dagre is used; its own declarations name files without endings, which Node's resolution does not find. */
interface Layered {
  setGraph(options: Readonly<Record<string, string | number>>): unknown;
  setNode(name: string, box: object): unknown;
  setEdge(from: string, to: string, label: object): unknown;
  graph(): Partial<Box>;
  node(name: string): Placed;
  edge(from: string, to: string): Point & { readonly points: readonly Point[] };
}
const { Graph, layout } = dagre as unknown as { readonly Graph: new () => Layered; readonly layout: (graph: Layered) => void };

/** A box to be placed. */
interface Box {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node in its place, by its centre. */
export interface Placed extends Box, Point {}

/** An edge in its place: the points that it passes, and its label's box. */
export interface Route {
  readonly points: readonly Point[];
  readonly label: Placed | undefined;
}

/** A picture: its size, its nodes, and its edges in the order given. */
interface Layout extends Box {
  readonly nodes: readonly Placed[];
  readonly edges: readonly Route[];
}

/** Places nodes in layers, from the top or from the left, and leaves room for labels beside their edges. The first node comes before the last of those without edges into them. */
export function placed(
  nodes: readonly Box[],
  edges: readonly { readonly from: number; readonly to: number; readonly label: Box | undefined }[],
  direction: "down" | "right",
): Layout {
  const graph = new Graph();
  graph.setGraph({ rankdir: direction === "down" ? "TB" : "LR", nodesep: 28, edgesep: 16, ranksep: 30, marginx: 8, marginy: 8 });
  nodes.forEach((box, k) => graph.setNode(String(k), { ...box }));
  for (const { from, to, label } of edges)
    graph.setEdge(String(from), String(to), label === undefined ? {} : { ...label, labelpos: "r", labeloffset: 5 });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const laid = nodes.map((_, k) => graph.node(String(k)));
  const sources = laid.filter((_, k) => edges.every(({ to }) => to !== k));
  const across = direction === "down" ? "x" : "y";
  const along = sources.map((box) => box[across]);
  const isTurned = Number(along[0]) > Number(along.at(-1));
  const turned = <P extends Point>(point: P): P =>
    !isTurned ? point : { ...point, ...(across === "x" ? { x: width - point.x } : { y: height - point.y }) };
  return {
    width,
    height,
    nodes: laid.map(turned),
    edges: edges.map(({ from, to, label }) => {
      const { points, x, y } = graph.edge(String(from), String(to));
      return { points: points.map(turned), label: label && { ...label, ...turned({ x, y }) } };
    }),
  };
}

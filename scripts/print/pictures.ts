/** The pictures in the documents, as the library draws them. */
import { mul, sin, trace, type Value } from "wengert";
import { svg } from "wengert/pictures";

const f = ([x, y]: [Value, Value]): Value => mul(x, y).add(sin(x));

const reverse = (theme: "light" | "dark"): string =>
  svg(trace(f, [[2, 3]]), {
    args: [[2, 3]],
    mode: "reverse",
    names: [["x", "y"]],
    theme,
    title: "The graph of x · y + sin(x) at (2, 3): values, and adjoints as the reverse sweep makes them",
  });

/** The files, by their paths. */
export const pictures: Readonly<Record<string, string>> = {
  "docs/figures/graph-light.svg": reverse("light"),
  "docs/figures/graph-dark.svg": reverse("dark"),
};

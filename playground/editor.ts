/** The editor: CodeMirror with JavaScript, in which an error stands at its line. */
import { basicSetup } from "codemirror";
import { javascript } from "@codemirror/lang-javascript";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

interface Editor {
  code: string;
  /** Marks a line as wrong, or none. */
  mark(line: number | undefined, message: string): void;
}

/** An editor in an element; `onChange` is called when the user types, `onRun` at Ctrl+Enter. */
export function editorIn(element: HTMLElement, onChange: () => void, onRun: () => void): Editor {
  const run = { key: "Mod-Enter", run: () => (onRun(), true) };
  let isSetting = false;
  const view = new EditorView({
    parent: element,
    state: EditorState.create({
      extensions: [
        keymap.of([run]),
        basicSetup,
        javascript(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "The function f, in JavaScript. Escape, then Tab leaves the editor" }),
        EditorView.updateListener.of(({ docChanged }) => {
          if (docChanged && !isSetting) onChange();
        }),
      ],
    }),
  });
  return {
    get code() {
      return view.state.doc.toString();
    },
    set code(text) {
      isSetting = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      isSetting = false;
    },
    mark(line, message) {
      const { doc } = view.state;
      const at = line === undefined || line < 1 || line > doc.lines ? undefined : doc.line(line);
      const found: Diagnostic[] = at ? [{ from: at.from, to: Math.max(at.to, at.from), severity: "error", message }] : [];
      view.dispatch(setDiagnostics(view.state, found));
    },
  };
}

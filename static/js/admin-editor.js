// The rich text editor of staff, with the tags of leadbureau/kit/safe_html.py and no others. It imports the
// editor by its path, so that no inline import map is needed, and keeps it from adding a <style> of its own;
// those rules stand in css/admin-editor.css. Without this script the fields hold HTML as text.
import {
  Blockquote, Bold, BulletList, createTextareaEditor, Document, Dropcursor, Extension, Gapcursor, HardBreak,
  Heading, History, HTML, initializeEditors, Italic, Link, ListItem, Menu, OrderedList, Paragraph, Table,
  TableCell, TableHeader, TableRow, Text, updateAttrsDialog,
} from "../django_prose_editor/editor.js";

const StylesFromFile = Extension.create({
  name: "stylesFromFile",
  onBeforeCreate() {
    this.editor.options.injectCSS = false;
  },
});

// A header cell stands at the top of its column, which is told to those who hear the table.
const ScopedHeader = TableHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: { default: "col" } };
  },
});

// The package's dialog asks for a title too, which our cleaning drops.
const askAddress = updateAttrsDialog(
  { href: { type: "string", title: "Address: /contact/ for a page of this site, https://… for another" } },
  { title: "Link", submitText: "Set the link" },
);
const PlainLink = Link.extend({
  addCommands() {
    const setLink = (editor, answer) => {
      const chain = editor.chain().focus().extendMarkRange("link");
      return (answer.href ? chain.setMark("link", { href: answer.href }) : chain.unsetLink()).run();
    };
    return {
      ...this.parent?.(),
      addLink: () => ({ editor }) => {
        askAddress(editor, editor.getAttributes("link")).then((answer) => answer && setLink(editor, answer));
      },
    };
  },
});

const groups = [
  { group: "blockType -lists" }, // plain buttons: the package's drop-down cannot be opened by keyboard
  { group: "lists" },
  { group: "nodes -blockType -lists" },
  { group: "marks" },
  { group: "link" },
  { group: "table" },
  { group: "history" },
  { group: "utility" },
];

const extensions = [
  StylesFromFile, Document, Paragraph, Text, Heading.configure({ levels: [3, 4] }), Bold, Italic, BulletList,
  OrderedList.configure({ enableListAttributes: false }), ListItem, Blockquote, HardBreak,
  PlainLink.configure({ enableTarget: false, openOnClick: false }),
  Table, TableRow, ScopedHeader, TableCell, History, HTML, Dropcursor, Gapcursor, Menu.configure({ groups }),
];

// The field's label names the editor, its hint and errors describe it, for people who do not see it.
function describe(editor, field) {
  const label = field.labels?.[0];
  if (label) {
    label.id ||= `${field.id}_label`;
    label.addEventListener("click", () => editor.commands.focus());
  }
  const attributes = { role: "textbox", "aria-multiline": "true" };
  if (label) attributes["aria-labelledby"] = label.id;
  const hint = field.getAttribute("aria-describedby");
  if (hint) attributes["aria-describedby"] = hint;
  editor.setOptions({ editorProps: { attributes } });
}

initializeEditors((field) => {
  if (field.closest(".prose-editor")) return;
  const labels = field.labels; // the field moves into the editor; its labels stay its own
  const editor = createTextareaEditor(field, extensions);
  describe(editor, { id: field.id, labels, getAttribute: (name) => field.getAttribute(name) });
}, "[data-rich-text]");

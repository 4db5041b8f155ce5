// Everything the pages of the people who work here need; each module looks after one thing.
import "./session.js";
import "./live.js";
import "./composer.js";
import "./thread.js";
import "./list.js";
import "./bulk.js";
import "./marks.js";
import "./times.js";
import "./columns.js";
import "./dialogs.js";
import "./keys.js";
import "./mentions.js";
import "./sheets.js";
import "./menu.js";
import "./combobox.js";
import "./undo.js";
import "./palette.js";

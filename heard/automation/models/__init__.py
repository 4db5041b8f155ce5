"""What a team writes and does often."""

from heard.automation.models.macro import Macro
from heard.automation.models.reply import SavedReply

__all__ = ["Macro", "SavedReply"]

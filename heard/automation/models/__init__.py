"""What a team writes and does often, and what is done by itself."""

from heard.automation.models.macro import Macro
from heard.automation.models.reply import SavedReply
from heard.automation.models.rule import Firing, Rule

__all__ = ["Firing", "Macro", "Rule", "SavedReply"]

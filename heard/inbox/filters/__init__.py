"""Which conversations are meant: the one Filter of page, count, saved view, bulk action and API.

    meant = read('is:open assigned:me tag:refund "late parcel"')
    meant.applied(Conversation.objects.of(user), user)

Its text is its lasting form: what a person types, what a view keeps, what a program sends.
"""

from heard.inbox.filters.filter import Filter
from heard.inbox.filters.reading import read

__all__ = ["Filter", "read"]

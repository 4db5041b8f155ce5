"""What must not stand in a log: customers' words, which a database error quotes in its detail."""

import logging

from psycopg import Error


class NoWords(logging.Filter):
    """Shortens an error of the database to its kind and its first line, and drops the detail."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without what the database quotes."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and _of_the_database(error):
            record.msg = f"{record.getMessage()} ({type(error).__name__})"
            record.args, record.exc_info, record.exc_text = (), None, None
        return True


def _of_the_database(error: BaseException | None) -> bool:
    """Whether a database error stands anywhere in the chain of causes."""
    while error is not None:
        if isinstance(error, Error):
            return True
        error = error.__cause__ or error.__context__
    return False

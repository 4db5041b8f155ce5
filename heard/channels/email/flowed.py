"""Plain text sent with format=flowed (RFC 3676): soft line ends joined again."""


def unflow(text: str, *, delete_space: bool = False) -> str:
    """Join the lines that end in a space with the next of the same quote depth.

    ``delete_space`` is the parameter DelSp of the content type.
    """
    joined: list[list[str]] = []
    open_depth = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        soft = words.endswith(" ") and words != "-- "
        if depth != open_depth or words == "-- ":
            joined.append([f"{'>' * depth} "] if depth else [])
        joined[-1].append(words[:-1] if soft and delete_space else words)
        open_depth = depth if soft else -1
    return "\n".join("".join(pieces) for pieces in joined)

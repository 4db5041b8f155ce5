"""`heard listen` and what people really have: broken, foreign and odd files, and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from heard.listening.cli import main

SRT = "1\n00:00:0{}\nTom Okafor: How can I help?\n\n2\n00:00:0{}\nInes Duarte: When does it ship?\n"
ASKS = {"speaker": "customer", "text": "When will the blade ship?", "name": "Ines"}
SAYS = {"speaker": "agent", "text": "It ships today.", "name": "Tom"}


def file(folder: Path, name: str, content: str | bytes | list[dict[str, object]]) -> str:
    """A file's path; a list is written as the turns of a JSON file."""
    if isinstance(content, list):
        content = json.dumps({"turns": content})
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return str(folder / name)


@pytest.mark.parametrize(
    ("name", "content", "line", "says"),
    [
        ("a.json", "", 1, "The file is empty."),
        ("a.csv", " \n\n", 1, "The file is empty."),
        ("a.vtt", b"\xef\xbb\xbf", 1, "The file is empty."),
        ("a.srt", "", 1, "The file is empty."),
        ("a.eml", "", 1, "The file is empty."),
        ("a.mbox", "\n", 1, "The file is empty."),
        ("a.eml", "Just a note.\nNo letter.", 1, "This is not a letter: it has no head"),
        ("a.mbox", "\nDear all", 2, "An mbox file begins with a line"),
        ("a.vtt", "<html>", 1, "A WebVTT file begins with the word WEBVTT."),
        ("a.srt", "\nDear Tom,\nhello", 2, "A SubRip file begins with a number and"),
        ("a.srt", "Dear Tom,\nlook --> there", 1, "A SubRip file begins with a number and"),
        ("a.srt", "1\n00:00 --> 00:01\nTom: Hi", 2, "The times of this cue cannot be read."),
        ("a.srt", SRT.format("1,0 --> 2", "3,0 --> 00:00:04,0"), 2, "The times of this cue"),
        ("a.srt", b"\x00\xff\x80PNG\x00", 1, "This is not a text file."),
        ("a.srt", "1\n00:00:01,0 --> 00:00:02,0\nhello", 2, "No cue names its speaker"),
        ("a.csv", "id,date\n1,2", 1, "no column for the words (text, message, body or content)"),
        ("a.csv", "text;date\nHi;2", 1, "no column for who speaks (speaker, role, author"),
        ("a.csv", "text;date\nHi;2", 1, "The columns are «text», «date»."),
        ("a.csv", 'role,text\nagent,"Hi\nthere', 2, "This row cannot be read"),
        ("a.json", '{"turns": [{"speaker": "agent", "text": "\0"}]}', 1, "This is not JSON"),
        ("a.json", '{"turns": [{"speaker":"agent","text":"","end":1e999}]}', 1, "number of sec"),
        ("a.json", '{"turns": [{"speaker":"agent","text":"","end":NaN}]}', 1, "number of sec"),
        ("a.json", '{"turns": [' + "9" * 5000 + "]}", 1, "JSON"),
        ("a.json", f'{{"turns": [{{"speaker":"agent","text":"","end":{"9" * 400}}}]}}', 1, "num"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: str | bytes,
    line: int,
    says: str,
) -> None:
    path = file(tmp_path, name, content)
    assert main([path]) == 2
    said = capsys.readouterr()
    assert f"heard listen: {path}, line {line}: " in said.err
    assert says in said.err
    assert said.out == ""


def test_a_folder_and_a_glob_without_any(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file(tmp_path, "notes.txt", "Hi")
    assert main([str(tmp_path)]) == 2
    assert f"{tmp_path}: There is nothing to read in this folder" in capsys.readouterr().err
    assert main([str(tmp_path / "*.vtt")]) == 2
    assert "*.vtt: No file fits this." in capsys.readouterr().err
    assert main([str(tmp_path / "*.txt")]) == 2
    assert "No file that fits this can be read; the kinds are .eml" in capsys.readouterr().err


def test_one_bad_file_among_many_stops_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file(tmp_path, "a.json", [ASKS, SAYS])
    file(tmp_path, "b.srt", "no cues")
    file(tmp_path, "c.json", [ASKS])
    file(tmp_path, "d.txt", "left alone")
    assert main([str(tmp_path), "--format", "json"]) == 2
    said = capsys.readouterr()
    assert [Path(json.loads(one)["source"]).name for one in said.out.splitlines()] == [
        "a.json",
        "c.json",
    ]
    assert "b.srt, line 1" in said.err
    assert f"passed over, of another kind: {tmp_path / 'd.txt'}\n" in said.err
    assert main([str(tmp_path / "a.json"), "--format", "json"]) == 0


def test_a_file_that_is_named_twice_is_read_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file(tmp_path, "a.json", [ASKS, SAYS])
    file(tmp_path, "b.json", [ASKS])
    monkeypatch.chdir(tmp_path)
    assert main(["*.json", "a.json", "./a.json", str(tmp_path / "a.json"), "--format=json"]) == 0
    read = [json.loads(one)["source"] for one in capsys.readouterr().out.splitlines()]
    assert read == ["a.json", "b.json"]


def test_files_passed_over_are_named_and_many_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file(tmp_path, "a.json", [ASKS, SAYS])
    for name in ("b.txt", "c.txt", "d.txt", "e.txt", "f.txt"):
        file(tmp_path, name, "left alone")
    monkeypatch.chdir(tmp_path)
    for named in (".", "*"):
        assert main([named, "--format", "json"]) == 0
        told = capsys.readouterr().err.splitlines()
        assert "heard listen: passed over, of other kinds: b.txt, c.txt, d.txt and 2 more" in told


BROKEN = {"speaker": "agent", "text": "Hi \ud83d there"}
NUL = {"speaker": "agent", "text": "It ships\0 today."}
GERMAN = (
    "Guten Tag, meine Bestellung ist leider immer noch nicht angekommen und ich warte "
    "seit mehr als drei Wochen darauf, bitte melden Sie sich endlich bei mir."
)
# A language that nobody has written rules for.
FINNISH = (
    "Hyvää päivää, tilaukseni ei ole vieläkään saapunut ja olen odottanut sitä yli kolme "
    "viikkoa, pyydän ystävällisesti ilmoittamaan milloin paketti lopulta tulee perille."
)


@pytest.mark.parametrize(
    ("turns", "says"),
    [
        ([], "There are no turns here."),
        ([ASKS, {**SAYS, "text": " "}], "Turn 2 is empty."),
        ([ASKS, *[{**SAYS, "text": ""}] * 9], "Turns 2, 3, 4, 5, 6 and 4 more are empty."),
        ([ASKS], "Only the customer speaks here: what passes between two sides is not measured."),
        ([SAYS], "Only the colleague speaks here"),
        ([ASKS, {**SAYS, "text": "👍👍"}], "Turn 2 is without words: nothing is marked there."),
        ([{**ASKS, "text": FINNISH}, SAYS], "Turn 1 is in a language that has no rules"),
        ([{**ASKS, "lang": "fi"}, SAYS], "Turn 1 is in a language that has no rules"),
        ([ASKS, NUL], "Turn 2 is not plain text, it holds nul bytes: each is shown as \ufffd."),
        ([NUL, NUL], "Turns 1 and 2 are not plain text, they hold nul bytes: each is shown"),
        ([ASKS, BROKEN], "Halves of characters in turn 2 were replaced by \ufffd."),
        (
            [{**ASKS, "at": "2026-11-19T10:00"}, {**SAYS, "at": "2026-11-19T09:00Z"}],
            "Turn 2 is earlier than what stands before: no wait is counted there.",
        ),
        (
            [{**ASKS, "start": 9, "end": 12}, {**SAYS, "start": 4, "end": 3}],
            "Turn 2 is over before it began, by its times.",
        ),
        (
            [{**ASKS, "start": 3, "end": 2}, {**SAYS, "start": 4, "end": 3}],
            "Turns 1 and 2 are over before they began, by their times.",
        ),
    ],
)
def test_a_reading_says_what_it_left_out(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    turns: list[dict[str, object]],
    says: str,
) -> None:
    path = file(tmp_path, "a.json", turns)
    for form in ("text", "json", "html"):
        assert main([path, "--format", form]) == 0
        said = capsys.readouterr().out
        found = json.loads(said)["remarks"] if form == "json" else []
        assert says in (" ".join(r["says"] for r in found) if form == "json" else said)
        assert "\0" not in said


def test_cues_whose_times_are_odd(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lapped = SRT.format("1,000 --> 00:00:04,000", "2,000 --> 00:00:05,000")
    assert main([file(tmp_path, "a.srt", lapped)]) == 0
    assert "Two voices likely overlap at line 6; cues cannot tell for sure." in (
        capsys.readouterr().out
    )
    back = SRT.format("5,000 --> 00:00:06,000", "2,000 --> 00:00:03,000")
    assert main([file(tmp_path, "a.srt", back), "--agent", "Tom"]) == 0
    said = capsys.readouterr().out
    assert "Times run backwards at line 6; the cues were put in order of time." in said
    assert said.index("1. customer (Ines Duarte)") < said.index("2. agent (Tom Okafor)")
    over = SRT.format("5,000 --> 00:00:01,000", "6,000 --> 00:00:07,000")
    assert main([file(tmp_path, "a.srt", over)]) == 0
    assert "A cue ends before it begins at line 2; its times were left out." in (
        capsys.readouterr().out
    )
    assert main([file(tmp_path, "a.vtt", "WEBVTT\n\nNOTE nothing\n")]) == 0
    assert "There is no cue in this file." in capsys.readouterr().out


def test_who_is_ours_is_guessed_aloud(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file(tmp_path, "a.srt", SRT.format("1,0 --> 00:00:02,0", "2,0 --> 00:00:03,0"))
    main([path])
    said = capsys.readouterr().out
    assert "No name tells the sides apart, so «Tom Okafor», who comes first, was taken as ours" in (
        said
    )
    assert "Line 2" not in said
    main([path, "--agent", "ines"])
    said = capsys.readouterr().out
    assert "agent (Ines Duarte)" in said and "No name tells" not in said
    main([path, "--agent", "Priya"])
    assert "Nobody here has the name that was given for our side." in capsys.readouterr().out


def test_a_table_in_old_letters_with_semicolons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (
        "sep=;\r\nTicket ID;Author Type;Author;createdAt;Body\r\n"
        '1;Customer;Inês;2026-11-19 10:00;"When does it ship;\r\nto Évora?"\r\n'
        "1;Agent;Tom;19/11/2026;It ships today.\r\n"
        "1;System;;;Merged\r\n;;;;\r\n1;;;;Who?\r\n1;Agent;Tom;;Soon;ish\r\n"
    )
    path = file(tmp_path, "a.csv", rows.encode("latin-1"))
    assert main([path]) == 0
    said = capsys.readouterr().out
    assert "Line 3: This is not UTF-8 text; it was read as Windows-1252." in said
    assert "Line 5: the time is not as ISO 8601 has it (2026-11-19 10:30)" in said
    assert "Line 6: a program speaks; the row was left out." in said
    assert "Line 8: nobody is named as speaking; the row was left out." in said
    assert "Line 9: there are more fields than columns; those were left out." in said
    assert "1. customer (Inês), 2026-11-19 10:00: When does it ship; to Évora?" in said
    assert "3. agent (Tom): Soon" in said


def test_right_to_left_and_signs_that_steer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hebrew = {"speaker": "customer", "text": "שלום, מתי זה יגיע?", "name": "נועה"}
    steering = {"speaker": "agent", "text": "It ships\x1b[2J\u202e today.", "name": "Tom"}
    path = file(tmp_path, "a.json", [hebrew, steering])
    assert main([path]) == 0
    said = capsys.readouterr().out
    assert "נועה" in said and "\x1b" not in said and "\u202e" not in said
    assert main([path, "--format", "html"]) == 0
    said = capsys.readouterr().out
    assert '<div class="words" dir="auto">' in said and "\x1b" not in said


def test_ten_thousand_turns_and_a_turn_of_a_megabyte(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = file(tmp_path, "many.json", [ASKS, SAYS] * 5_000)
    long = "The blade arrived on a truck. " * 35_000
    one = file(tmp_path, "one.csv", f'role,text\ncustomer,"{long}"\n')
    assert main([many, one, "--format", "json"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert len(json.loads(first)["turns"]) == 10_000
    assert json.loads(second)["turns"][0]["text"] == long
    assert main([many, "--format", "html"]) == 0
    assert 'id="turn-1-10000"' in capsys.readouterr().out

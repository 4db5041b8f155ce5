"""`heard listen`: what it prints, and how it fails."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args, get_type_hints

import jsonschema
import pytest
from markupsafe import escape

from heard.listening import page, progress, read, report
from heard.listening.cli import main
from heard.listening.formats import conversations
from heard.listening.remarks import Remark, remarks
from heard.listening.tests.said import agent, customer
from heard.listening.types import Link

SCHEMA = json.loads(
    (Path(__file__).parents[3] / "docs" / "reading.schema.json").read_text(encoding="utf-8")
)
TURNS = [
    customer(
        "I am really frustrated. When will the blade ship, and what does it cost?", name="Ines"
    ),
    agent(
        "Hi Ines, that must be frustrating. What do you cut? I'll call you by Friday.", name="Tom"
    ),
    customer("Oak. As I said, what does it cost? 😀", at=None),
]


def test_each_line_follows_the_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for turns in (TURNS, TURNS[:1], []):
        reading = read(turns)
        line = report.line("a.eml", reading, [Remark("Cut.", line=3), *remarks(reading)])
        assert "\n" not in line
        jsonschema.validate(json.loads(line), SCHEMA, jsonschema.Draft202012Validator)


def test_the_schema_has_the_version_that_is_printed_and_every_kind_of_link() -> None:
    assert SCHEMA["$id"] == f"urn:heard:reading:{report.VERSION}"
    assert SCHEMA["$comment"].startswith(f"Version {report.VERSION}.")
    kinds = SCHEMA["properties"]["links"]["items"]["properties"]["kind"]["enum"]
    assert set(kinds) == set(get_args(get_type_hints(Link)["kind"]))


def test_the_report_shows_words_reasons_and_promises() -> None:
    text = report.text("a.eml", read(TURNS))
    assert "«frustrated»" in text
    assert "Tom: call you by Friday (2026-11-20 23:59), turn 2" in text
    assert "repeated" in text


def test_without_times_of_saying_the_report_keeps_the_words() -> None:
    reading = read([agent("I'll refund you tomorrow.", name="Tom", at=None)])
    said = report.text("a.json", reading)
    assert "Tom: refund you tomorrow (tomorrow), turn 1" in said
    assert "1 of 1 promises say by when" in said
    assert "no time named" not in said and "not by when" not in said
    assert json.loads(report.line("a.json", reading))["commitments"][0]["when"] == "tomorrow"


def conversation(path: Path) -> Path:
    turns = [{"speaker": t.speaker, "text": t.text, "name": t.name} for t in TURNS]
    path.write_text(json.dumps({"turns": turns}), encoding="utf-8")
    return path


def test_json_is_one_object_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    conversation(tmp_path / "a.json")
    conversation(tmp_path / "b.json")
    assert main([str(tmp_path), "--format", "json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [Path(json.loads(line)["source"]).name for line in lines] == ["a.json", "b.json"]


def test_its_own_output_can_be_read_again(tmp_path: Path) -> None:
    again = tmp_path / "again.jsonl"
    spoken = [customer("Hi?", lang="en", zone="Europe/Lisbon", start=1.5, end=2.0, channel="chat")]
    lines = [report.line("x", read(turns)) for turns in (TURNS, spoken)]
    again.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert [list(one.turns) for one in conversations(again)] == [TURNS, spoken]


def test_a_bad_file_is_named_and_the_others_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "a.vtt"
    bad.write_text("no subtitles", encoding="utf-8")
    good = conversation(tmp_path / "b.json")
    assert main([str(bad), str(good)]) == 2
    said = capsys.readouterr()
    assert f"{bad}, line 1: A WebVTT file begins with the word WEBVTT." in said.err
    assert "frustrat" in said.out


@pytest.mark.parametrize("name", ["nofile", "nofile.eml"])
def test_a_file_that_is_not_there(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / name)]) == 2
    assert f"{name}: There is no such file." in capsys.readouterr().err


class Seen(HTMLParser):
    """The tags of a page, their ids and where they lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.leads: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.ids += [value or ""] if name == "id" else []
            self.leads += [value or ""] if name in ("href", "src") else []


def test_the_page_is_whole_in_itself_and_every_link_leads_somewhere() -> None:
    hostile = customer('<script>alert(1)</script> Is "this" broken?', name="<b>Rui</b>")
    readings = [read([*TURNS, hostile]), read(TURNS), read([])]
    sections = [page.section(n, f"{n}.json", one) for n, one in enumerate(readings, 1)]
    whole = page.whole(sections, ["a.vtt, line 1: <no>"])
    seen = Seen(whole)
    assert not {"script", "link", "img", "iframe", "b"} & set(seen.tags)
    assert all(lead.startswith("#") and lead[1:] in seen.ids for lead in seen.leads)
    assert len(seen.ids) == len(set(seen.ids))
    assert "url(" not in whole and "@import" not in whole
    assert "a.vtt, line 1: &lt;no&gt;" in whole


def test_the_page_shows_marks_reasons_asks_promises_and_skills() -> None:
    reading = read(TURNS)
    drawn = page.section(1, "a.eml", reading, [Remark("Cut.", line=3)]).html
    for signs in reading.signs:
        for sign in signs:
            assert drawn.count(escape(sign.why)) >= 1
    assert drawn.count("<tr id=") == sum(map(len, reading.signs))
    for shown in ("Line 3: Cut.", "Asked again", "call you by Friday", "How we listened"):
        assert shown in drawn
    for skill in reading.skills:
        assert escape(skill.why) in drawn


def test_a_bar_is_shown_on_a_terminal_and_none_in_a_pipe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [conversation(tmp_path / "a.json"), conversation(tmp_path / "b.json")]
    assert list(progress.progress(paths)) == paths
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(progress, "is_watched", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert list(progress.progress(paths)) == paths
    assert "2/2" in capsys.readouterr().err

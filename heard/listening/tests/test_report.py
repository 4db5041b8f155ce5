"""`heard listen`: what it prints, and how it fails."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from heard.listening import read, report
from heard.listening.cli import main
from heard.listening.tests.said import agent, customer

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
        line = report.line("a.eml", read(turns))
        assert "\n" not in line
        jsonschema.validate(json.loads(line), SCHEMA, jsonschema.Draft202012Validator)


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
    again = tmp_path / "again.json"
    again.write_text(report.line("x", read(TURNS)), encoding="utf-8")
    assert main([str(again)]) == 0


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

"""The page shows what the sender wrote this time; the rest is folded, and nothing is lost."""

# ruff: noqa: E501  the lines are as long as mail programs write them

from collections import Counter
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.channels.email import parse
from heard.channels.email.quoting import quote, split, without_quotes
from heard.channels.tests.letters import letter, multipart, part, patient

OWN = "It snapped again.\n\nCan you send another?"


@pytest.mark.parametrize(
    "history",
    [
        "On Mon, 2 Nov 2026 at 10:00, Tom Okafor <support@larkfield.example> wrote:\n> Dear Ines,\n> it is sent.",
        "On Mon, 2 Nov 2026 at 10:00, Tom Okafor\n<support@larkfield.example> wrote:\n\n> Dear Ines",
        "On Mon, 2 Nov 2026 at 10:00, Larkfield Support Tom Okafor\n<support@larkfield.example>\nwrote:\n> Dear Ines",
        "On 2 Nov 2026, at 10:00, Tom Okafor wrote:\n\nDear Ines,\nit is sent.",
        "Am 02.11.26 um 10:00 schrieb Tom Okafor:\n> Liebe Ines",
        "Am Mo., 2. Nov. 2026 um 10:00 Uhr schrieb Tom Okafor <\nsupport@larkfield.example>:\n> Liebe Ines",
        "Le lun. 2 nov. 2026 à 10:00, Tom Okafor <support@larkfield.example> a écrit :\n> Chère Ines",
        "Le 02/11/2026 à 10:00, Tom Okafor a écrit :\n> Chère Ines",
        "El lun, 2 nov 2026 a las 10:00, Tom (<support@larkfield.example>) escribió:\n> Querida Ines",
        "Em seg., 2 de nov. de 2026 às 10:00, Tom <support@larkfield.example> escreveu:\n> Cara Ines",
        "Il giorno lun 2 nov 2026 alle ore 10:00 Tom <t@larkfield.example> ha scritto:\n> Cara Ines",
        "Op ma 2 nov 2026 om 10:00 schreef Tom <t@larkfield.example>:\n> Beste Ines",
        "Den mån 2 nov. 2026 kl 10:00 skrev Tom <t@larkfield.example>:\n> Hej Ines",
        "2026年11月2日(月) 10:00 Tom Okafor <t@larkfield.example>:\n> Ines",
        "Tom Okafor <support@larkfield.example> wrote:\n> Dear Ines",
        "-----Original Message-----\nFrom: Tom\nSent: Monday\nTo: Ines\nSubject: saw\n\nDear Ines",
        "From: Tom Okafor <t@larkfield.example>\nSent: 2 November 2026 10:00\nTo: Ines\nSubject: saw\n\nDear",
        "________________________________\nFrom: Tom\nSent: Monday\nTo: Ines\nSubject: saw\n\nDear Ines",
        "*From:* Tom\n*Sent:* Monday\n*To:* Ines\n*Subject:* saw\n\nDear Ines",
        "Von: Tom\nGesendet: Montag, 2. November 2026 10:00\nAn: Ines\nBetreff: Säge\n\nLiebe Ines",
        "-----Ursprüngliche Nachricht-----\nVon: Tom\nGesendet: Montag\nAn: Ines\n\nLiebe Ines",
        "De : Tom\nEnvoyé : lundi 2 novembre 2026 10:00\nÀ : Ines\nObjet : scie\n\nChère Ines",
        "De: Tom\nEnviado: lunes\nPara: Ines\nAsunto: sierra\n\nQuerida Ines",
        "De: Tom\nEnviada em: segunda\nPara: Ines\nAssunto: serra\n\nCara Ines",
        "On Monday, Sam wrote:\n> Dear Ines,\n> it is sent.",
        "On Monday, Sam wrote:\n\n> Dear Ines",
        "On Monday morning, Dr. Sam Whitlock wrote:\n> Dear Ines",
        "On Tue, Larkfield Support wrote:\n> Dear Ines",
        "Am Montag schrieb Sam:\n> Liebe Ines",
        "Le lundi, Sam a écrit :\n> Chère Ines",
        "Op maandag schreef Sam:\n> Beste Ines",
        "> Dear Ines,\n> it is sent.",
        "> > older\n> newer\n>\n> end",
    ],
)
def test_the_history_is_folded_in_the_ways_mail_programs_write_it(history: str) -> None:
    found = split(f"{OWN}\n\n{history}\n")
    assert found.own == OWN
    assert found.quoted == history
    assert "folded" in found.remarks[0]


@pytest.mark.parametrize(
    "text",
    [
        OWN,
        "On Monday I wrote: please call.\nNobody did.",
        "The label says:\nFrom: Lisbon\nand it is wrong.",
        "Tom wrote: it is sent.",
        "I need two things:\n- a blade\n- a belt",
        "Thanks,\nbut the second one is broken too.",
        "Best\nof all was the delivery.",
        "What your colleague wrote on 3 May 2026 is wrong:\nthe saw is not mine.",
        "From: me\nTo: you\nwith love",
        "The parcel went\nFrom: Porto\nTo: Lisbon\nDate: 3 May 2026\nand never came.",
        "Total -- see below\n\nmore",
        "On Monday Sam wrote a letter to me.",
        "I called.\nOn Monday, Sam wrote:\nit is sent.",
        "I called.\nOn Monday, Sam wrote:\n\n\nit is sent.",
        "On 3 May 2026 your driver came. He wrote:\nnobody home",
        "",
    ],
)
def test_words_that_only_look_like_history_stay(text: str) -> None:
    assert split(text).own == text
    assert split(text).quoted == split(text).signature == ""


@pytest.mark.parametrize(
    "line",
    [
        "On Monday Sam wrote a letter to me.",
        "On Monday Sam wrote a letter to me, and it said:",
        "On Monday it broke, and Sam wrote:",
        "On Monday it broke. Sam wrote:",
        "On Monday it broke. Later, Sam wrote:",
        "On the second page of the letter, Sam wrote:",
        "On Monday, Sam came. He wrote: no, your driver wrote:",
        "Sam wrote:",
    ],
)
def test_what_is_told_above_a_quotation_stays(line: str) -> None:
    found = split(f"{OWN}\n{line}\n> Dear Ines")
    assert found.own == f"{OWN}\n{line}"
    assert found.quoted == "> Dear Ines"


@pytest.mark.parametrize(
    ("signature", "kept"),
    [
        ("-- \nInes Duarte\nDuarte Joinery", ""),
        ("--\nInes", ""),
        ("Sent from my iPhone", ""),
        ("Von meinem iPhone gesendet", ""),
        ("Envoyé de mon iPhone", ""),
        ("Enviado desde mi iPhone", ""),
        ("Get Outlook for iOS<https://aka.example/x>", ""),
        (
            "Duarte Joinery, Porto\nTel. +351 220 000 000\nwww.duarte.example",
            "\n\nKind regards,\nInes Duarte\n",
        ),
    ],
)
def test_a_signature_is_folded(signature: str, kept: str) -> None:
    found = split(f"{OWN}{kept or chr(10) * 2}{signature}\n")
    assert found.own == (OWN + kept).rstrip("\n")
    assert found.signature == signature
    assert found.remarks[-1].startswith("Signature folded at «")


@pytest.mark.parametrize(
    "text",
    [
        "Hello\n\nKind regards,\nInes",
        "Hello\n\nThanks\nInes Duarte\nOwner",
        "-- \nOnly this",
        "Sent from my workshop two parcels, one is missing.\nWhere is it?",
        "Best regards,\nInes\nPS: call me under +351 220 000 000, because "
        + "the saw is needed badly " * 6
        + "\nwww.duarte.example",
        "List\n--\n" + "\n".join(f"item {n}" for n in range(40)),
    ],
)
def test_what_may_be_said_to_the_reader_is_not_folded(text: str) -> None:
    assert split(text).signature == ""
    assert split(text).own == text


def test_answers_between_the_lines_stay_with_what_they_answer() -> None:
    text = "On 2 Nov 2026, Tom wrote:\n> Which blade?\nThe long one.\n> How many?\nTwo."
    found = split(text)
    assert (found.own, found.quoted) == (text, "")
    assert "between the quoted lines" in found.remarks[0]
    scored = without_quotes(found.own)
    assert len(scored) == len(text)
    assert "Which" not in scored and scored.index("Two.") == text.index("Two.")


def test_an_answer_under_the_quotation_is_found() -> None:
    found = split("On 2 Nov 2026, Tom wrote:\n> Which blade?\n\nThe long one.\n\n-- \nInes")
    assert found.own == "The long one."
    assert found.signature == "-- \nInes"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "See below\n\n---------- Forwarded message ---------\nFrom: Rui\nSubject: saw\n\nIt broke.",
            "",
        ),
        (
            "Begin forwarded message:\n\nFrom: Rui\n\nIt broke.\n\nOn 1 Nov 2026, X wrote:\n> old",
            "",
        ),
        ("-------- Weitergeleitete Nachricht --------\nVon: Rui\nBetreff: Säge\n\nKaputt.", ""),
        ("FYI\n\nFrom: Rui\nSent: Monday\nTo: Ines\nSubject: saw\n\nIt broke.", "FW: saw"),
        ("FYI\n\n-----Original Message-----\nFrom: Rui\n\nIt broke.", "WG: saw"),
    ],
)
def test_a_letter_passed_on_keeps_what_it_passes_on(text: str, subject: str) -> None:
    assert split(text, subject).own == text
    assert "passes another letter on" in split(text, subject).remarks[0]


@pytest.mark.parametrize("text", ["> all\n> quoted", "On 2 Nov 2026, Tom wrote:\n> words", ">"])
def test_a_letter_of_nothing_but_quotation_is_shown(text: str) -> None:
    assert split(text).own == text


@patient
@given(
    st.lists(
        st.sampled_from(
            [
                "> quoted",
                ">",
                "",
                "words",
                "-- ",
                "From: x",
                "Sent: y",
                "To: z",
                "On 2 Nov 2026, Tom wrote:",
                "-----Original Message-----",
                "Kind regards,",
                "www.duarte.example",
                "Sent from my phone",
                "Begin forwarded message:",
                "_" * 32,
            ]
        )
        | st.text(alphabet=st.characters(exclude_characters="\n\r\x00")),
        max_size=30,
    )
)
def test_every_line_stands_in_one_of_the_three(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = split(text)
    shown = "\n".join([found.own, found.quoted, found.signature])
    assert Counter(filter(str.strip, shown.split("\n"))) == Counter(filter(str.strip, lines))
    assert bool(found.own.strip()) == bool(text.strip())


@patient
@given(st.text(), st.text(alphabet=st.characters(categories=["L", "N", "Zs"]), min_size=1))
def test_the_history_we_write_is_the_history_we_fold(words: str, name: str) -> None:
    history = quote(words, name.strip() or "Tom", datetime(2026, 11, 2, 10, 0))
    assert split(f"{OWN}\n\n{history}").own == OWN


@pytest.mark.parametrize(
    "html",
    [
        '<p>It snapped.</p><div class="gmail_quote"><div>On 2 Nov 2026, Tom wrote:</div>'
        '<blockquote class="gmail_quote"><p>Dear Ines</p><blockquote>old</blockquote></blockquote></div>',
        '<p>It snapped.</p><blockquote type="cite"><div>Dear Ines</div></blockquote>',
        "<p>It snapped.</p><hr><div><b>From:</b> Tom<br><b>Sent:</b> Monday<br><b>To:</b> Ines<br>"
        "<b>Subject:</b> saw</div><p>Dear Ines</p>",
    ],
)
def test_history_in_html_is_folded_too(html: str) -> None:
    read = parse(multipart("alternative", part("text/html", html)))
    assert read.text == "It snapped."
    assert "Dear Ines" in read.quoted


def test_the_readers_decisions_are_said() -> None:
    read = parse(letter("It snapped.\n\n-- \nInes\n\nOn 2 Nov 2026, Tom wrote:\n> Dear Ines\n"))
    assert read.remarks == (
        "Earlier letters folded at «On 2 Nov 2026, Tom wrote:».",
        "Signature folded at «--».",
    )

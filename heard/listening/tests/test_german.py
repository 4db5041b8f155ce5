"""German: what counts, what looks alike, and what is in neither of the languages with rules."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from heard.listening import Turn, check, read
from heard.listening.passage import made
from heard.listening.tests.said import agent, customer, heard, kinds, states, words

# A Thursday; the zone of the turns is set where an hour is asked for.
HEARD_OF_AGENTS = [
    # greetings and courtesies
    ("courtesy", "Sehr geehrte Frau Maaß,"),
    ("courtesy", "Grüß Gott, hier ist die Gemeinde."),
    ("courtesy", "Gruess Gott, hier ist die Gemeinde."),
    ("courtesy", "Freundliche Grüsse aus Bern"),
    ("courtesy", "Auf Wiederhören und alles Gute."),
    ("courtesy", "Schönen Feierabend noch!"),
    ("courtesy", "Bis Freitag, Frau Maaß!"),
    ("courtesy", "Servus, baba und auf Wiederschauen."),
    ("thanks", "Vielen Dank für Ihre Geduld mit uns."),
    ("thanks", "Merci vielmal für den Hinweis."),
    ("apology", "Das tut mir leid, da haben wir einen Fehler gemacht."),
    ("apology", "Bitte entschuldigen Sie die lange Wartezeit."),
    ("apology", "Es tut uns wirklich leid."),
    ("apology", "Das war unser Fehler."),
    ("apology", "Sorry, das hätte nicht passieren dürfen."),
    ("empathy", "Das ist wirklich ärgerlich, gerade vor dem Urlaub."),
    ("empathy", "Das kann ich gut verstehen."),
    ("empathy", "Oh je, so ein Weg umsonst."),
    ("reassurance", "Keine Sorge, die Nummer bleibt."),
    ("reassurance", "Sie müssen sich um nichts kümmern, es geht nichts verloren."),
    ("reassurance", "Melden Sie sich jederzeit bei mir."),
    ("recall", "Wie Sie schon geschrieben haben, ist das Paket offen angekommen."),
    ("hold", "Einen kleinen Moment bitte, ich schaue nach."),
    ("hold", "Augenblick, ich frage kurz im Lager."),
    ("blame", "Das hätten Sie vorher lesen müssen."),
    ("blame", "Wie bereits mehrfach mitgeteilt, liegt uns nichts vor."),
    ("blame", "Da sind Sie selber schuld."),
    ("blame", "Jetzt beruhigen Sie sich doch mal."),
    ("absolute", "Das klappt zu hundert Prozent."),
    ("absolute", "Bei uns ist noch nie etwas verloren gegangen."),
    ("jargon", "Das Ticket liegt bei der Disposition."),
    ("next-step", "Die Auszahlung erfolgt nach der Prüfung."),
    ("next-step", "Sie bekommen binnen zehn Werktagen Post."),
    # questions: the verb first, a question word, a demand
    ("question.closed", "Haben Sie die Rechnungsnummer zur Hand?"),
    ("question.closed", "Hast du den Code richtig abgetippt?"),
    ("question.closed", "Könnten Sie mir ein Foto schicken?"),
    ("question.closed", "Wann war der Anruf?"),
    ("question.closed", "Ihre Kundennummer bitte."),
    ("question.closed", "Nennen Sie mir bitte die Seriennummer des Gerätes."),
    ("question.open", "Was ist denn passiert?"),
    ("question.open", "Und wie ist das Gespräch abgelaufen?"),
    ("question.open", "Erzählen Sie mir in Ruhe, was war?"),
    ("question.clarifying", "Was meinen Sie mit abgestürzt?"),
    ("understanding-check", "Habe ich das so richtig verstanden?"),
    ("understanding-check", "Also die zweite Lieferung kam ohne Lampe, richtig?"),
    # advice
    ("advice", "Starten Sie das Gerät einmal neu."),
    ("advice", "Probier mal, die Karte neu einzulegen."),
    ("advice", "Sie können den Zähler auch online ablesen und melden."),
    ("advice", "Drücken Sie den roten Knopf, dann geht die Klappe auf."),
    ("advice", "Ich empfehle Ihnen, die Frist abzuwarten."),
    ("advice", "Am besten rufen Sie vor neun Uhr an."),
    # promises
    ("commitment", "Ich schicke Ihnen den Ersatz morgen."),
    ("commitment", "Wir melden uns bis Freitag bei Ihnen."),
    ("commitment", "Bis Freitag überweisen wir Ihnen den Betrag."),
    ("commitment", "Ich werde das heute noch prüfen lassen."),
    ("commitment", "Das gebe ich gleich an die Kollegen weiter."),
    ("commitment", "Sie hören bis Montag von mir."),
    ("commitment", "Ich kümmere mich darum."),
    ("commitment", "Unser Techniker kommt morgen vorbei."),
    ("commitment", "Dann ruf ich Sie um zehn an."),
]
LOOK_ALIKE_OF_AGENTS = [
    ("thanks", "Nein danke, das brauchen wir nicht."),
    ("apology", "Nicht unser Fehler."),
    ("apology", "Leider geht das nicht."),
    ("empathy", "Das verstehe ich nicht ganz."),
    ("empathy", "Das ist nicht schlimm."),
    ("hold", "Im Moment ist das Modell nicht lieferbar."),
    ("blame", "Das ist nicht Ihr Fehler."),
    ("blame", "Sie haben nichts falsch gemacht."),
    ("absolute", "Das kann ich Ihnen leider nicht garantieren."),
    ("absolute", "Wie immer gern."),
    ("question.closed", "Sie haben die Rechnungsnummer ja schon genannt."),
    ("question.open", "Was Sie schreiben, stimmt."),
    ("question.open", "Wie lange haben Sie schon gewartet?"),
    ("advice", "Kommen Sie gut nach Hause."),
    ("advice", "Sie müssen nichts weiter tun."),
    ("advice", "Können Sie mir die Nummer sagen?"),
    ("commitment", "Ich habe Ihnen den Ersatz gestern geschickt."),
    ("commitment", "Ich verstehe Sie gut."),
    ("commitment", "Wenn ich das richtig sehe, fehlt die Unterschrift."),
    ("commitment", "Wir schicken normalerweise keine Pakete ins Ausland."),
    ("commitment", "Ich rufe Sie nicht an."),
    ("commitment", "Kann ich Ihnen den Ersatz schicken?"),
    ("next-step", "Das kommt ganz darauf an."),
    ("courtesy", "Bis Freitag überweisen wir den Betrag."),
    ("courtesy", "Das schicke ich bis Montag."),
    ("blame", "Das müssen Sie nicht."),
    ("advice", "Sie brauchen nichts zu schicken."),
    ("question.open", "Sonst noch was?"),
    ("name", "Der Herr Doktor ist erst morgen da."),
]
HEARD_OF_CUSTOMERS = [
    ("emotion.anger", "Das ist eine Unverschämtheit!"),
    ("emotion.anger", "Das ist eine Unverschaemtheit!"),
    ("emotion.anger", "Wollen Sie mich verarschen?"),
    ("emotion.anger", "Ich bin stinksauer."),
    ("emotion.frustration", "Langsam reicht es mir."),
    ("emotion.frustration", "Ich habe den ganzen Tag gewartet und bin echt genervt."),
    ("emotion.disappointment", "Ich bin sehr enttäuscht von Ihnen."),
    ("emotion.disappointment", "Sehr enttaeuscht, das hätte ich nicht erwartet."),
    ("emotion.worry", "Ich mache mir große Sorgen um das Geld."),
    ("emotion.worry", "Ich mache mir grosse Sorgen um das Geld."),
    ("emotion.worry", "Ich hab Angst, dass die Miete platzt."),
    ("emotion.confusion", "Ich verstehe das Schreiben nicht."),
    ("emotion.confusion", "Da werde ich nicht schlau draus."),
    ("emotion.sadness", "Mein Mann ist gestorben."),
    ("emotion.urgency", "Es ist wirklich dringend."),
    ("emotion.relief", "Gott sei Dank, mir fällt ein Stein vom Herzen."),
    ("emotion.gratitude", "Sie sind ein Engel."),
    ("emotion.joy", "Wir freuen uns riesig darauf."),
    ("complaint", "Die Heizung ist seit Samstag kalt."),
    ("complaint", "Niemand hat zurückgerufen."),
    ("complaint", "Es wurde doppelt abgebucht."),
    ("complaint", "Der Techniker ist schon wieder nicht gekommen."),
    ("leave-risk", "Ich kündige den Vertrag zum Monatsende."),
    ("leave-risk", "Das übergebe ich meinem Anwalt."),
    ("leave-risk", "Ich will mein Geld zurück."),
    ("leave-risk", "Dann gehe ich zur Konkurrenz."),
    ("leave-risk", "Ich wende mich an die Arbeiterkammer."),
    ("repeat", "Wie ich bereits geschrieben habe, fehlt die Schraube."),
    ("repeat", "Das habe ich Ihnen schon zweimal gesagt."),
    ("need", "Ich brauche das Gerät bis Freitag, weil ich verreise."),
    ("preference", "Bitte nur per E-Mail antworten."),
    ("preference", "Am liebsten wäre mir der Vormittag."),
    ("thanks", "Besten Dank, das hilft mir weiter."),
]
LOOK_ALIKE_OF_CUSTOMERS = [
    ("emotion.anger", "Die Milch war sauer."),
    ("emotion.urgency", "Es ist nicht dringend."),
    ("emotion.worry", "Kein Grund zur Sorge."),
    ("emotion.worry", "Ich habe keine Angst davor."),
    ("emotion.joy", "Ich freue mich auf Ihre Antwort."),
    ("emotion.gratitude", "Für eine Antwort wäre ich dankbar."),
    ("complaint", "Was tun wir, falls etwas kaputt ist?"),
    ("complaint", "Ist die Heizung kaputt?"),
    ("leave-risk", "Wie kann ich kündigen?"),
    ("leave-risk", "Ich will nicht kündigen."),
    ("repeat", "Noch eine Frage zum Preis."),
    ("need", "Ich brauche das nicht mehr."),
    ("thanks", "Danke für nichts."),
    ("thanks", "Gott sei Dank ist es da."),
]


@pytest.mark.parametrize(("kind", "text"), HEARD_OF_AGENTS)
def test_what_a_colleague_says_in_german_is_heard(kind: str, text: str) -> None:
    assert kind in kinds(agent(text, lang="de"))


@pytest.mark.parametrize(("kind", "text"), LOOK_ALIKE_OF_AGENTS)
def test_what_only_looks_like_it_is_not(kind: str, text: str) -> None:
    assert kind not in kinds(agent(text, lang="de"))


@pytest.mark.parametrize(("kind", "text"), HEARD_OF_CUSTOMERS)
def test_what_a_customer_says_in_german_is_heard(kind: str, text: str) -> None:
    assert kind in kinds(customer(text, lang="de"))


@pytest.mark.parametrize(("kind", "text"), LOOK_ALIKE_OF_CUSTOMERS)
def test_what_a_customer_does_not_say_is_not_heard(kind: str, text: str) -> None:
    assert kind not in kinds(customer(text, lang="de"))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Können Sie die Karte sperren?", ["Können Sie die Karte sperren?"]),
        ("Wann kommt jemand?", ["Wann kommt jemand?"]),
        ("wann kommt der Techniker", ["wann kommt der Techniker"]),
        ("Bitte schicken Sie mir die Unterlagen.", ["Bitte schicken Sie mir die Unterlagen."]),
        ("Ich bitte um Ummeldung des Vertrags.", ["Ich bitte um Ummeldung des Vertrags."]),
        ("Ich möchte wissen, was das kostet.", ["Ich möchte wissen, was das kostet."]),
        ("kannst du mir sagen wo ich klicken muss", ["kannst du mir sagen wo ich klicken muss"]),
        (
            "Was kostet das und wann ist es fertig?",
            ["Was kostet das", "wann ist es fertig?"],
        ),
        ("Könnts ihr mir des schicken?", ["Könnts ihr mir des schicken?"]),
        ("Wieso hat des so lang dauert?", ["Wieso hat des so lang dauert?"]),
        (
            "Was kostet die Reparatur, und bis wann bekomme ich Ersatz?",
            ["Was kostet die Reparatur", "bis wann bekomme ich Ersatz?"],
        ),
        ("Ich hätte gern eine neue Rechnung.", ["Ich hätte gern eine neue Rechnung."]),
        ("Ist das Ihr Ernst?", []),
        ("Wie gesagt, die Nummer steht oben.", []),
        ("Jetzt kann ich wieder schlafen.", []),
        ("Mit freundlichen Grüßen", []),
    ],
)
def test_what_a_customer_asks_for_in_german(text: str, asked: list[str]) -> None:
    assert [ask.text for ask in read([customer(text, lang="de")]).asks] == asked


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Ich schicke es bis Freitag.", "2026-11-20T23:59"),
        ("Ich schicke es morgen.", "2026-11-20T23:59"),
        ("Ich schicke es heute noch.", "2026-11-19T23:59"),
        ("Ich schicke es übermorgen.", "2026-11-21T23:59"),
        ("Ich schicke es uebermorgen.", "2026-11-21T23:59"),
        ("Ich melde mich morgen früh.", "2026-11-20T12:00"),
        ("Ich rufe Sie morgen um 14 Uhr an.", "2026-11-20T14:00"),
        ("Ich rufe Sie um 14.30 Uhr an.", "2026-11-19T14:30"),
        ("Ich rufe Sie am Montag um halb acht an.", "2026-11-23T07:30"),
        ("Ich rufe Sie um fünf an.", "2026-11-19T17:00"),
        ("Ich melde mich bis Donnerstagmittag.", "2026-11-19T13:00"),
        ("Ich melde mich innerhalb von zwei Werktagen.", "2026-11-23T23:59"),
        ("Ich melde mich in zwei Stunden.", "2026-11-19T12:30"),
        ("Ich überweise es binnen einer Woche.", "2026-11-26T23:59"),
        ("Ich schicke es am 3. Dezember.", "2026-12-03T23:59"),
        ("Ich schicke es am 3. März.", "2027-03-03T23:59"),
        ("Ich schicke es bis zum 24.12.", "2026-12-24T23:59"),
        ("Ich schicke es nächste Woche.", "2026-11-27T23:59"),
        ("Ich schicke es bis Ende der Woche.", "2026-11-20T23:59"),
        ("Ich schicke es am 5. Jänner.", "2027-01-05T23:59"),
        ("Ich schicke es innert zwei Wochen.", "2026-12-03T23:59"),
        ("Am 24. sehe ich nach.", "2026-11-24T23:59"),
        ("Um dreiviertel acht rufe ich Sie an.", "2026-11-20T07:45"),
        ("Ich schicke es bis Ende Februar.", "2027-02-28T23:59"),
        ("Ich schicke es bis Ende des Monats.", "2026-11-30T23:59"),
        ("Ich schicke es im Laufe des Nachmittags.", "2026-11-19T18:00"),
        ("Ich schicke es nächsten Dienstag.", "2026-11-24T23:59"),
        ("Ich schicke es bald.", ""),
        ("Guten Morgen, ich schicke es Ihnen.", ""),
    ],
)
def test_by_when_a_german_promise_is_due(text: str, due: str) -> None:
    (promise,) = read([agent(text, lang="de")]).commitments
    assert (promise.due.strftime("%Y-%m-%dT%H:%M") if promise.due else "") == due


@pytest.mark.parametrize(
    ("question", "reply", "state"),
    [
        ("Wann kommt der Techniker?", "Der Techniker kommt am Montag um zehn.", "answered"),
        ("Wann kommt der Techniker?", "Danke für Ihre Anfrage.", "open"),
        ("Was kostet das?", "Das kostet 20 Euro.", "answered"),
        ("Ist die Karte gesperrt?", "Ja, seit eben.", "answered"),
        ("Ist die Karte nicht gesperrt?", "Doch, seit eben.", "answered"),
        ("Können Sie die Karte sperren?", "Ich habe die Karte gerade gesperrt.", "answered"),
        ("Wann kommt der Techniker?", "Das kläre ich mit der Werkstatt.", "open"),
    ],
)
def test_what_answers_a_german_ask(question: str, reply: str, state: str) -> None:
    reading = read([customer(question, lang="de"), agent(reply, lang="de")])
    assert states(reading) == [(question, state)]


LONG_GERMAN = (
    "Guten Tag, ich habe letzte Woche bei Ihnen eine Lampe bestellt und sie ist leider kaputt "
    "angekommen."
)
LONG_ENGLISH = (
    "Thank you for your letter, I have asked the warehouse to send you a new lamp today and "
    "I will call you tomorrow."
)
DUTCH = (
    "Goedemiddag, ik heb vorige week een lamp bij jullie besteld maar die is niet aangekomen "
    "en ik wil graag weten waar het pakket is."
)
DANISH = (
    "Hej, jeg har bestilt en lampe hos jer i sidste uge, men den er ikke kommet endnu, og jeg vil "
    "gerne vide hvornår den kommer."
)


@pytest.mark.parametrize(
    ("texts", "langs"),
    [
        ([LONG_GERMAN, LONG_ENGLISH], ["de", "en"]),
        ([LONG_GERMAN, "Merci!"], ["de", "de"]),
        ([LONG_ENGLISH, "Ok"], ["en", "en"]),
        (["Ok"], ["en"]),
        (["Danke, das ist gut."], ["de"]),
        ([DUTCH], [""]),
        ([DANISH], [""]),
    ],
)
def test_which_language_a_turn_is_in(texts: list[str], langs: list[str]) -> None:
    sides = [customer, agent]
    turns = [sides[index % 2](text) for index, text in enumerate(texts)]
    assert [passage.lang for passage in made(turns)] == langs


@pytest.mark.parametrize(("tag", "lang"), [("de-AT", "de"), ("de_CH", "de"), ("nl", "")])
def test_the_tag_decides(tag: str, lang: str) -> None:
    assert made([customer(LONG_GERMAN, lang=tag)])[0].lang == lang


def test_a_german_customer_and_an_english_colleague_are_each_read_in_their_own() -> None:
    reading = read([customer(LONG_GERMAN + " Wann kommt Ersatz?"), agent(LONG_ENGLISH)])
    assert "complaint" in {sign.kind for sign in reading.signs[0]}
    assert "commitment" in {sign.kind for sign in reading.signs[1]}
    assert not any(measure.name == "turns_not_read" for measure in reading.measures)


@pytest.mark.parametrize("text", [DUTCH, DANISH])
def test_a_neighbouring_language_is_left_out_and_said_so(text: str) -> None:
    reading = read([customer(text)])
    assert reading.signs == ((),)
    assert ("turns_not_read", 1.0) in [(m.name, m.value) for m in reading.measures]


def test_a_customer_is_called_by_title_and_name() -> None:
    before = customer("Hier ist Gerda Emmerich.", name="Gerda Emmerich", lang="de")
    said = agent("Guten Tag Frau Emmerich, was kann ich tun?", lang="de")
    assert words("name", said, before) == ["Frau Emmerich"]


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("Sehr geehrte Frau Yilmaz, wir prüfen das.", ["Frau Yilmaz"]),
        ("Guten Tag Frau Dr. Yilmaz, wir prüfen das.", ["Frau Dr. Yilmaz"]),
        ("Die Frau an der Kasse gibt Ihnen den Beleg.", []),
    ],
)
def test_a_title_is_no_name(text: str, used: list[str]) -> None:
    before = customer("Wo bleibt mein Geld?", name="Frau Dr. Yilmaz", lang="de")
    assert words("name", agent(text, lang="de"), before) == used


def test_swiss_spelling_is_heard_like_any_other() -> None:
    assert ("courtesy", "Freundliche Grüsse") in heard(
        agent("Freundliche Grüsse\nLukas", lang="de")
    )


def test_a_german_draft_is_told_what_it_leaves_out() -> None:
    asked = Turn(
        speaker="customer",
        text="Ich bin wirklich sauer, die Lampe ist kaputt. Was kostet die Reparatur?",
        lang="de",
        at=datetime(2026, 11, 19, 9, tzinfo=UTC),
    )
    draft = "Guten Tag, vielen Dank für Ihre Nachricht, wir haben sie erhalten und gelesen."
    assert {advice.kind for advice in check(draft, [asked])} >= {"ask.open", "feeling"}


def test_reading_ease_of_german_is_measured_by_a_german_formula() -> None:
    text = "Die Karte ist seit heute früh gesperrt. Sie müssen nichts tun. " * 4
    reading = read([agent(text, lang="de")])
    (ease,) = [m for m in reading.measures if m.name == "reading_ease"]
    assert "Amstad" in ease.source and 60 < ease.value < 110
    assert not any(m.name in ("language_mirroring", "personal_words") for m in reading.measures)


@pytest.mark.parametrize(
    "text",
    [
        "ich schicke " * 4_000,
        "können Sie und " * 3_000,
        "bis Ende der Woche und " * 2_000,
        "Sie können " * 4_000,
        "bitte " * 8_000,
        "gege" * 12_000,
        "sie haben es " * 4_000,
        "Frau " * 8_000,
        "melde mich bei ihr nach " * 2_000,
    ],
    ids=lambda text: text[:12].strip(),
)
@pytest.mark.parametrize("speaker", ["agent", "customer"])
def test_a_german_flood_is_read_to_its_end(text: str, speaker: str) -> None:
    turn = Turn(speaker=speaker, text=text, lang="de")  # type: ignore[arg-type]
    assert len(read([turn]).signs) == 1

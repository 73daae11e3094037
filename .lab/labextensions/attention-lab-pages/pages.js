// JupyterLab opens all *.md in one way (jupytext issue 1371). Here those without a jupytext header,
// pages without cells, get a file type of their own, "page": the settings open it as text.

const header = (text) => (text.startsWith("---\n") ? text.split("\n---\n")[0] : "");

/** The names of the pages in the folder that JupyterLab serves. */
async function pages(contents) {
  const names = (await contents.get("")).content.map(({ name }) => name);
  const read = (name) => contents.get(name, { type: "file", format: "text", content: true });
  const files = await Promise.all(names.filter((name) => name.endsWith(".md")).map(read));
  return files.filter(({ content }) => !header(content).includes("\njupytext:")).map(({ name }) => name);
}

const plugin = {
  id: "attention-lab-pages:plugin",
  autoStart: true,
  activate: async ({ docRegistry, serviceManager }) => {
    const names = (await pages(serviceManager.contents)).map((name) => name.replace(/\W/g, "\\$&"));
    docRegistry.addFileType({
      ...docRegistry.getFileType("markdown"),
      name: "page",
      extensions: [],
      pattern: `^(${names.join("|")})$`,
    });
  },
};

// What a bundler would write: this is how JupyterLab asks an extension for its plugins.
window._JUPYTERLAB ??= {};
window._JUPYTERLAB["attention-lab-pages"] = { init() {}, get: async () => () => plugin };

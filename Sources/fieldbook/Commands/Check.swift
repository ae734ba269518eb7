import Diagnostics
import Experiments
import Pages
import Runs

/// Checks a whole book in every profile: all that is wrong is said in one go. Nothing runs.
func checkBook(
  at path: String, kinds: [Kind], profile: String = Profile.full.name, console: Console
) throws(Failure) {
  var (book, _, diagnostics) = try checkedBook(at: path, kinds: kinds, profile: profile, console: console)
  diagnostics += book.experiments.mistakesInProfiles(kinds: kinds)
  if !diagnostics.hasErrors { diagnostics += book.mistakesInStoredNumbers }
  if diagnostics.hasErrors { throw .diagnostics(diagnostics) }
  console.say(diagnostics)
  console.note("nothing is wrong")
}

/// Reads and checks a book with its templates and formulas.
func checkedBook(
  at path: String, kinds: [Kind], profile: String, console: Console
) throws(Failure) -> (book: CheckedBook, templates: TemplateFiles, diagnostics: [Diagnostic]) {
  let folder = try BookFolder(path)
  console.know(folder.sources)
  let katex = try Katex()
  let memory = MathMemory(folder.store.folder + "/math.json")
  let experiments = CheckedExperiments(folder, kinds: kinds, profile: try folder.profile(profile))
  let book = CheckedBook(experiments, knownMath: memory.formulas, katex: katex.library)
  memory.remember(book.math)
  let templates = try TemplateFiles(of: folder.path)
  console.know(templates.sources)
  var diagnostics = book.diagnostics + templates.diagnostics
  diagnostics += experiments.plan.refusals(only: book.wanted, store: experiments.store)
  return (book, templates, diagnostics)
}

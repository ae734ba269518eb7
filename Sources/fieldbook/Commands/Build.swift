import Diagnostics
import Experiments
import Pages
import Runs

/// Builds a book: check everything, run what is not stored, write the site beside the old one, swap it in.
func buildBook(
  at path: String, output: String, kinds: [Kind], profile: String = Profile.full.name, workers: Int, measurements: Bool,
  console: Console, isInterrupted: @escaping () -> Bool = { Interruption.wasAsked }
) throws(Failure) {
  try SiteFolder.refuseForeign(output)
  let (book, templates, diagnostics) = try checkedBook(at: path, kinds: kinds, profile: profile, console: console)
  if diagnostics.hasErrors { throw .diagnostics(diagnostics) }
  console.say(diagnostics)
  let report = try book.experiments.run(only: book.wanted, workers: workers, console: console)
  // The half-written site goes away, whatever ends the build.
  Interruption.listen()
  defer { Interruption.stopListening() }
  let site = try SiteFolder(output, isInterrupted: isInterrupted)
  do {
    let content = try book.rendered(templates, measurements: measurements, isInterrupted: isInterrupted)
    console.say(content.diagnostics)
    try content.write(to: site, book: book, templates: templates)
    try site.finish()
    let pages = content.pages.count
    console.note(built(output, pages: pages, ran: report.ran, stored: report.stored))
  } catch {
    site.abandon()
    throw error
  }
}

private func built(_ output: String, pages: Int, ran: Int, stored: Int) -> String {
  let count = pages == 1 ? "1 page" : "\(pages) pages"
  return
    "wrote \(output): \(count); \(ran) \(ran == 1 ? "run" : "runs") ran, \(stored) \(stored == 1 ? "was" : "were") stored"
}

import Charts
import Diagnostics
import Markup
import Notebook
import Pages
import Runs
import Tables

/// All files of a site that are made, not copied.
struct SiteContent {
  var pages: [Page]
  /// The rows behind each figure and table, by its id.
  var data: [String: Table]
  /// Warnings that only the rows could tell.
  var diagnostics: [Diagnostic]

  func write(to site: SiteFolder, book: CheckedBook, templates: TemplateFiles) throws(Failure) {
    for page in pages { try site.write(page.text, to: page.path) }
    for (id, table) in data.sorted(by: { $0.key < $1.key }) {
      try site.write(table.csv(), to: "data/\(id).csv")
      try site.write(table.json(), to: "data/\(id).json")
    }
    try Katex().write(to: site)
    for (name, path) in templates.assets {
      guard try site.copy(path, to: name) else { throw .inputOutput("‘\(path)’ cannot be read") }
    }
    let chapters = book.experiments.folder.path + "/chapters"
    for chapter in book.book.chapters {
      for file in chapter.files {
        let path = chapter.bookPath(file.path)
        guard try site.copy("\(chapters)/\(path)", to: path) else {
          throw .inputOutput("‘\(chapters)/\(path)’ cannot be read")
        }
      }
    }
  }
}

extension CheckedBook {
  /// Draws everything and fills the pages. All results must be stored.
  /// - Parameter isInterrupted: whether to stop; asked before each figure, table and number.
  func rendered(
    _ templates: TemplateFiles, measurements: Bool, isInterrupted: @escaping () -> Bool
  ) throws(Failure) -> SiteContent {
    var data: [String: Table] = [:]
    var found: [Diagnostic] = []
    let number: (String, Place) -> Node = { _, place in
      if isInterrupted() { return .empty }
      switch self.number(at: place, measurements: measurements) {
      case .success(let node): return node
      case .failure(let error):
        found += error.diagnostics
        return .empty
      }
    }
    let computed = Computed(
      fence: { fence, typesetter in
        .fragment(
          (views[fence] ?? []).map { view in
            if isInterrupted() { return .empty }
            let presentation = Presentation(
              number: references.number(of: view.id) ?? "", caption: typesetter.node(view.caption),
              dataLink: "\(typesetter.root)data/\(view.id).csv", showsMeasurements: measurements)
            let drawing = view.draw(presentation, tables: sources.table)
            data[view.id] = measurements ? drawing.csv : drawing.csv.withoutMeasurements()
            // Rows that a smaller version of the book leaves out are not missed.
            if experiments.profile.isFull { found += drawing.diagnostics }
            return drawing.node
          })
      }, number: number, notice: notice)
    let pages = renderPages(
      book, references: references, citations: citations, math: math, templates: templates.templates!,
      computed: computed)
    if isInterrupted() { throw .interrupted }
    if found.hasErrors { throw .diagnostics(found) }
    return SiteContent(pages: pages, data: data, diagnostics: found)
  }

  /// What a page with results of another profile than the full one says of itself.
  private func notice(_ chapter: Chapter) -> String? {
    let profile = experiments.profile
    let hasResults = !views(of: chapter).isEmpty || !(chapter.body.numbers.isEmpty)
    return profile.isFull || !hasResults ? nil : smaller(profile.name)
  }

  /// A number in the prose; one that was measured is not told where measurements are left out.
  private func number(at place: Place, measurements: Bool) -> Result<Node, DiagnosticError> {
    guard let number = numbers[place] else { return .success(.empty) }
    let whole = number.render(sources.table)
    // What a smaller version of the book leaves out is not a mistake of the chapter's.
    if case .failure = whole, !experiments.profile.isFull {
      return .success(.tag("span", ["class": "number"], "–"))
    }
    guard !measurements, case .success = whole else { return whole }
    if case .success(let node) = number.render({ sources.table($0).withoutMeasurements() }) { return .success(node) }
    return .success(.tag("span", ["class": "number"], "not measured"))
  }
}

private func smaller(_ profile: String) -> String {
  "The results on this page are of the profile ‘\(profile)’: fewer seeds, shorter training or less data than the text "
    + "speaks of, so that sentences and numbers need not agree."
}

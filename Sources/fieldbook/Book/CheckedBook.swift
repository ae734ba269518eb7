import Charts
import Diagnostics
import Experiments
import Foundation
import Notebook
import Pages
import Runs
import Specs

/// A book of which everything is checked that can be checked before anything runs.
struct CheckedBook {
  let experiments: CheckedExperiments
  let book: Book
  let sources: TableSources
  /// The views of each fence that has any.
  var views: [Fence: [View]] = [:]
  /// The numbers in the prose, by where they stand.
  var numbers: [Place: InlineNumber] = [:]
  let references: CrossReferences
  let citations: Citations
  let math: RenderedMath
  var diagnostics: [Diagnostic]

  /// - Parameters:
  ///   - knownMath: formulas that earlier builds set.
  ///   - katex: the text of the library that sets the others.
  init(_ experiments: CheckedExperiments, knownMath: [String: String] = [:], katex: String) {
    self.experiments = experiments
    book = experiments.folder.book
    sources = TableSources(experiments)
    var found = experiments.diagnostics
    let schemas: SchemaLookup = { [sources] in sources.schema($0, &$1) }
    var labels: [String: [LabelledView]] = [:]
    var prose: [Prose] = []
    for chapter in experiments.folder.inOrder {
      prose += chapter.body
      for fence in chapter.body.fences {
        let declaration = experiments.plan.declaration(of: fence)
        let (checked, broken) = View.check(
          fence, shown: declaration?.views ?? [], of: declaration?.id ?? "", schemas: schemas, into: &found)
        if !checked.isEmpty { views[fence] = checked }
        for (source, conditions) in checked.flatMap(\.choices) {
          guard case .results(let id, _) = source.origin, let experiment = experiments.written[id] else { continue }
          // What stands in the source itself was said when its columns were looked up.
          found += experiment.checkValues(of: conditions.filter { !source.conditions.contains($0) })
        }
        labels[chapter.path, default: []] += checked.map(\.labelled) + broken
        prose += checked.flatMap(\.caption)
      }
    }
    for (expression, place) in prose.numbers {
      switch InlineNumber.parse(expression, at: place) {
      case .success(let number):
        let before = found.count
        number.check(schemas: schemas, into: &found)
        if found.count == before { found += experiments.written.severalValues(number.source) }
        numbers[place] = number
      case .failure(let error): found += error.diagnostics
      }
    }
    let (references, unknown) = CrossReferences.collect(book, views: labels)
    self.references = references
    let (citations, unciteable) = Citations.collect(book, views: labels, references: references)
    self.citations = citations
    let (math, mistakes) = renderMath(prose.formulas, known: knownMath, katex: katex)
    self.math = math
    found += unknown + unciteable + mistakes + checkLinks(book, references) + experiments.folder.missingFiles
    diagnostics = found
  }

  /// The views that a chapter places, in order.
  func views(of chapter: Chapter) -> [View] { chapter.body.fences.flatMap { views[$0] ?? [] } }

  /// The experiments that pages need: those that chapters with a page declare, and those that they show.
  var wanted: Set<String> {
    var ids: Set<String> = []
    for chapter in book.chapters {
      for fence in chapter.body.fences {
        if let declaration = experiments.plan.declaration(of: fence) { ids.insert(declaration.id) }
      }
      let prose = chapter.body + views(of: chapter).flatMap(\.caption)
      let read =
        views(of: chapter).flatMap(\.sources)
        + prose.numbers.compactMap { numbers[$0.place]?.source }
      for source in read { if case .results(let id, _) = source.origin { ids.insert(id) } }
    }
    return ids
  }
}

extension CheckedBook {
  /// The numbers that no row gives, as far as results are stored whole: known before anything runs.
  var mistakesInStoredNumbers: [Diagnostic] {
    guard experiments.profile.isFull else { return [] }
    let standing = Standing(experiments.plan, store: experiments.store)
    let stored = Set(standing.lines.filter { $0.stale == 0 }.map(\.id))
    return numbers.values.flatMap { number -> [Diagnostic] in
      guard case .results(let id, _) = number.source.origin, stored.contains(id),
        case .failure(let error) = number.render(sources.table)
      else { return [] }
      return error.diagnostics
    }
  }
}

extension Plan {
  /// Why a number's conditions leave several runs that differ in more than their seed: known before any runs.
  fileprivate func severalValues(_ source: Source) -> [Diagnostic] {
    guard case .results(let id, _) = source.origin, let experiment = self[id] else { return [] }
    let open = experiment.openAxes(source.conditions).filter { $0.name != "seed" && !$0.name.hasSuffix(".seed") }
    guard !open.isEmpty else { return [] }
    return [Diagnostic(at: source.place, severalRuns, hints: open.map(chooseOne))]
  }

  /// What a fence declares, if that can run.
  fileprivate func declaration(of fence: Fence) -> Declaration? {
    experiments.first { $0.declaration.fence == fence }?.declaration
  }
}

extension BookFolder {
  /// Images and other files that chapters link to and that are not there.
  fileprivate var missingFiles: [Diagnostic] {
    inOrder.flatMap { chapter in
      chapter.files.compactMap { file in
        let path = chapter.bookPath(file.path)
        if path.hasPrefix("..") { return Diagnostic(at: file.place, outside(file.path)) }
        if isFolder("\(self.path)/chapters/\(path)") == false { return nil }
        let folder = ("\(self.path)/chapters/\(path)" as NSString).deletingLastPathComponent
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let near = nearestSpelling(of: (path as NSString).lastPathComponent, among: names.sorted())
        return Diagnostic(
          at: file.place, "there is no file ‘\(file.path)’", hints: near.map { ["did you mean ‘\($0)’?"] } ?? [])
      }
    }
  }
}

private func outside(_ path: String) -> String {
  "‘\(path)’ lies outside the chapters folder, so a site cannot hold it"
}
private let severalRuns = "several runs are left where one number is needed"
private func chooseOne(_ axis: (name: String, values: [String])) -> String {
  let values = axis.values.prefix(8).joined(separator: ", ") + (axis.values.count > 8 ? ", …" : "")
  return "choose a value of ‘\(axis.name)’: \(values)"
}

public import Notebook
public import Diagnostics

/// A figure or table that a chapter shows, in the order of its appearance: a `figure` or `table` fence, or a view under
/// `show:` of an experiment.
public struct LabelledView: Sendable, Hashable {
  public enum Kind: Sendable, Hashable { case figure, table }

  /// Its `id`: `fig-init-loss`.
  public var label: String
  public var kind: Kind
  /// Where the `id` is written.
  public var place: Place
  /// Its caption after `inlineProse`: the references in it are checked like those of the chapter.
  public var caption: [Prose]

  public init(label: String, kind: Kind, place: Place, caption: [Prose] = []) {
    self.label = label
    self.kind = kind
    self.place = place
    self.caption = caption
  }
}

/// What every label of the book stands for: its kind, its number, where it is.
///
/// Figures, tables and equations are counted by themselves in each chapter: Figure 2.1 is the first of chapter 2, and in
/// a chapter without a number the count stands alone. Sections have no numbers; they are called by their titles.
public struct CrossReferences: Sendable, Hashable {
  public enum Kind: Sendable, Hashable { case figure, table, equation, section }

  public struct Target: Sendable, Hashable {
    public var kind: Kind
    /// `2.1`; nothing for sections.
    public var number: String
    /// What a reference to it says: `Figure 2.1`. A section's title is `title`.
    public var text: String
    /// The title of a section that is not a whole chapter: it may hold formulas.
    public var title: [Prose]
    /// The chapter's path and the id of the element there.
    public var chapter: String
    public var anchor: String
    public var place: Place
  }

  private var targets: [String: Target] = [:]

  /// The label's target, if the book has one.
  public subscript(label: String) -> Target? { targets[label] }

  /// `2.1` for `fig-init-loss`: what a figure or table prints before its caption.
  public func number(of label: String) -> String? { targets[label]?.number }

  /// All labels, sorted.
  var labels: [String] { targets.keys.sorted() }

  /// Collects the labels of a book and checks every reference.
  ///
  /// - Parameter views: the figures and tables of each chapter, by chapter path, in order.
  /// - Returns: the labels; and what is wrong: a label given twice (at the second place), an unknown one.
  public static func collect(_ book: Book, views: [String: [LabelledView]]) -> (CrossReferences, [Diagnostic]) {
    var references = CrossReferences()
    var diagnostics: [Diagnostic] = []
    for (entry, chapter) in book.published {
      var counter = Counter(chapter: entry.number ?? "")
      var ids = Set(chapter.headings.map(\.id))
      func add(_ label: String, _ target: Target) {
        if let first = references.targets[label] {
          diagnostics.append(labelTwice(label, at: target.place, first: first.place))
        } else if target.kind != .section, !ids.insert(label).inserted {
          diagnostics.append(labelIsHeading(label, at: target.place))
        } else {
          references.targets[label] = target
        }
      }
      for view in views[chapter.path] ?? [] {
        let kind: Kind = view.kind == .figure ? .figure : .table
        add(view.label, counter.target(kind, view.label, chapter, view.place))
      }
      for formula in chapter.body.formulas {
        guard let label = formula.label else { continue }
        add(label, counter.target(.equation, label, chapter, formula.place))
      }
      for heading in chapter.headings where heading.id.hasPrefix("sec-") {
        add(heading.id, section(heading, entry, chapter))
      }
    }
    for chapter in book.chapters {
      for prose in [chapter.body] + (views[chapter.path] ?? []).map(\.caption) {
        diagnostics += references.unknownLabels(in: prose)
      }
    }
    return (references, diagnostics)
  }

  /// The ids of a chapter's page: headings, and what has a label.
  func anchors(of chapter: Chapter) -> [String] {
    chapter.headings.map(\.id) + targets.values.filter { $0.chapter == chapter.path }.map(\.anchor).sorted()
  }

  private func unknownLabels(in prose: [Prose]) -> [Diagnostic] {
    let labels = labels
    return prose.references.filter { targets[$0.label] == nil }.map { unknownLabel($0, among: labels) }
  }
}

/// Counts figures, tables and equations of one chapter.
private struct Counter {
  var chapter: String
  var counts: [CrossReferences.Kind: Int] = [:]

  mutating func target(
    _ kind: CrossReferences.Kind, _ label: String, _ chapter: Chapter, _ place: Place
  ) -> CrossReferences.Target {
    counts[kind, default: 0] += 1
    let count = "\(counts[kind, default: 0])"
    let number = self.chapter.isEmpty ? count : "\(self.chapter).\(count)"
    return CrossReferences.Target(
      kind: kind, number: number, text: "\(word(for: kind))\u{A0}\(number)", title: [], chapter: chapter.path,
      anchor: label, place: place)
  }
}

private func section(_ heading: Heading, _ entry: Contents.Entry, _ chapter: Chapter) -> CrossReferences.Target {
  // The page's title is the chapter, and the chapter may have a number.
  let number = heading == chapter.headings.first { $0.level == 1 } ? entry.number : nil
  return CrossReferences.Target(
    kind: .section, number: "", text: number.map { "Chapter\u{A0}\($0)" } ?? "",
    title: number == nil ? heading.title : [], chapter: chapter.path, anchor: heading.id, place: heading.place)
}

private func word(for kind: CrossReferences.Kind) -> String {
  switch kind {
  case .figure: "Figure"
  case .table: "Table"
  case .equation: "Equation"
  case .section: "Section"
  }
}

// MARK: Messages

private func unknownLabel(_ reference: CrossReference, among labels: [String]) -> Diagnostic {
  // A figure's name after @tbl- is a near miss too.
  let near = nearestSpelling(of: reference.label, among: labels)
  let kind = reference.label.prefix { $0 != "-" } + "-"
  let valid = near.map { [$0] } ?? labels.filter { $0.hasPrefix(kind) }
  return Diagnostic(
    at: reference.place, "nothing in this book has the label ‘\(reference.label)’",
    hints: valid.count <= 12 ? suggestion(for: reference.label, among: valid) : [])
}

private func labelTwice(_ label: String, at place: Place, first: Place) -> Diagnostic {
  Diagnostic(
    at: place, "the label ‘\(label)’ is given twice",
    hints: ["first at \(first.file):\(first.line):\(first.column)"])
}

private func labelIsHeading(_ label: String, at place: Place) -> Diagnostic {
  Diagnostic(
    at: place, "the label ‘\(label)’ is also the address of a heading of this chapter",
    hints: ["give the heading another with {#sec-…}"])
}

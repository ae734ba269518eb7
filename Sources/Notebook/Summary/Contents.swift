public import Diagnostics

/// The table of contents: what is in the book, in order.
public struct Contents: Sendable, Hashable {
  public enum Item: Sendable, Hashable {
    case chapter(Entry)
    /// The title of a part, which goes up to the next.
    case part(String, at: Place)
    /// A line between chapters.
    case separator
  }

  /// A chapter as the table of contents names it.
  public struct Entry: Sendable, Hashable {
    public enum Position: Sendable, Hashable { case prefix, numbered, suffix }

    public var title: String
    /// Relative to the chapters folder: `init/what.md`; `nil` for a chapter that is only announced.
    public var path: String?
    /// Where its link stands.
    public var place: Place
    public var position: Position
    /// `[2, 1]` for chapter 2.1; empty for chapters before and after the numbered ones.
    public var numbers: [Int]
    /// The title of the part that it is in.
    public var part: String?

    public init(
      title: String, path: String?, place: Place, position: Position, numbers: [Int] = [], part: String? = nil
    ) {
      self.title = title
      self.path = path
      self.place = place
      self.position = position
      self.numbers = numbers
      self.part = part
    }

    /// `2.1`, if the chapter is numbered.
    public var number: String? { numbers.isEmpty ? nil : numbers.map(String.init).joined(separator: ".") }
    /// Whether the chapter is only announced (`[Title]()`).
    public var isDraft: Bool { path == nil }
    /// 0 for chapters that are in no other.
    public var depth: Int { max(0, numbers.count - 1) }
  }

  public var items: [Item]

  public init(items: [Item]) { self.items = items }

  /// All chapters in reading order, also those that are only announced.
  public var chapters: [Entry] {
    items.compactMap { if case .chapter(let entry) = $0 { entry } else { nil } }
  }

  /// An error for each chapter whose file `exists` does not find.
  public func missingChapters(exists: (String) -> Bool) -> [Diagnostic] {
    chapters.compactMap { entry in
      guard let path = entry.path, !exists(path) else { return nil }
      return Diagnostic(at: entry.place, "there is no chapter ‘\(path)’", hints: [draftHint(entry.title)])
    }
  }
}

private func draftHint(_ title: String) -> String { "a chapter that is yet to be written is ‘[\(title)]()’" }

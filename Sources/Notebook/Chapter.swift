public import Diagnostics

/// A parsed chapter.
public struct Chapter: Sendable, Hashable {
  /// Where it was read, relative to the chapters folder: `init/what.md`.
  public var path: String
  /// From the front matter, else the first heading; empty if there is neither (then the table of contents knows one).
  public var title: String
  public var isDraft: Bool
  /// All headings, for the on-page contents and for `@sec-…`.
  public var headings: [Heading]
  public var body: [Prose]
  /// Relative paths of images and other files that the chapter links to, as written, with the place of the link.
  public var files: [LinkedFile]
  /// Links to other chapters (`other.md#anchor`), as written; in the body they lead to `other.html` already.
  public var links: [LinkedFile]

  public init(
    path: String, title: String, isDraft: Bool, headings: [Heading], body: [Prose], files: [LinkedFile],
    links: [LinkedFile] = []
  ) {
    self.path = path
    self.title = title
    self.isDraft = isDraft
    self.headings = headings
    self.body = body
    self.files = files
    self.links = links
  }
}

/// A heading: its level (1–6), the `id` of its element, and its text.
public struct Heading: Sendable, Hashable {
  public var level: Int
  /// GitHub's slug of the text, made unique on the page; or the label of `{#sec-name}`.
  public var id: String
  public var title: [Prose]
  public var place: Place

  public init(level: Int, id: String, title: [Prose], place: Place) {
    self.level = level
    self.id = id
    self.title = title
    self.place = place
  }
}

/// A link to a file of the book.
public struct LinkedFile: Sendable, Hashable {
  /// The path as written, without what follows a `#` or `?`; `bookPath` makes it relative to the chapters folder.
  public var path: String
  /// What follows the `#` of a link to a chapter.
  public var anchor: String?
  public var place: Place

  public init(path: String, anchor: String? = nil, place: Place) {
    self.path = path
    self.anchor = anchor
    self.place = place
  }
}

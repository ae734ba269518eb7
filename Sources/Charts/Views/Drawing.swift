public import Diagnostics
public import Markup
public import Tables

/// A figure or table as it goes on the page, and the data behind it.
public struct Drawing: Sendable {
  /// The `<figure>` element; its `id` is the block's.
  public var node: Node
  /// The rows behind it before aggregation: the columns that are shown and those that tell rows apart.
  public var csv: Table
  /// What only the rows could tell, such as a filter that leaves none: warnings, never errors.
  public var diagnostics: [Diagnostic]
}

/// What the page decides about a view: its number, its caption, where its data lies.
public struct Presentation: Sendable {
  /// "3", or "2.3" in a book that numbers by chapter.
  public var number: String
  /// The caption after inline Markdown; `nil` shows it as written.
  public var caption: Node?
  /// Where the CSV lies, relative to the page; `nil` leaves the link out.
  public var dataLink: String?
  /// Whether measured columns (seconds, memory) are shown. Without them a book is the same on every machine.
  public var showsMeasurements: Bool

  public init(number: String, caption: Node? = nil, dataLink: String? = nil, showsMeasurements: Bool = true) {
    self.number = number
    self.caption = caption
    self.dataLink = dataLink
    self.showsMeasurements = showsMeasurements
  }
}

/// The caption line shared by figures and tables: "Figure 3. What it shows." and the link to the data.
func captionLine(_ noun: String, _ caption: String, notes: [String], _ presentation: Presentation) -> [Node] {
  var nodes: [Node] = [
    .tag("span", ["class": "caption-label"], .text("\(noun) \(presentation.number).")), " ",
    presentation.caption ?? .text(caption),
  ]
  if let link = presentation.dataLink {
    let label = "Data of \(noun.lowercased()) \(presentation.number) as CSV"
    nodes += [" ", .tag("a", ["class": "caption-data", "href": link, "download": "", "aria-label": label], "CSV")]
  }
  for note in notes { nodes.append(.tag("span", ["class": "caption-note"], .text(note))) }
  return nodes
}

public import Diagnostics
public import Markup

extension Prose {
  /// Calls `body` with this piece and then with everything in it, in reading order.
  public func visit(_ body: (Prose) throws -> Void) rethrows {
    try body(self)
    if case .element(_, _, let children) = self { for child in children { try child.visit(body) } }
  }

  /// This piece with every formula, number, reference, citation, block and piece of code replaced by what `transform` makes of it.
  public func mapHoles(_ transform: (Prose) throws -> Prose) rethrows -> Prose {
    switch self {
    case .element(let name, let attributes, let children):
      .element(name, attributes, try children.map { try $0.mapHoles(transform) })
    case .text, .html: self
    case .math, .number, .reference, .citation, .bibliography, .fence, .code: try transform(self)
    }
  }

  /// This piece as markup; `fill` gives what formulas, numbers, references, citations, blocks and code become.
  public func rendered(fill: (Prose) throws -> Node) rethrows -> Node {
    switch self {
    case .element(let name, let attributes, let children):
      .element(name, attributes, try children.map { try $0.rendered(fill: fill) })
    case .text(let text): .text(text)
    case .html(let html): .raw(html)
    case .math, .number, .reference, .citation, .bibliography, .fence, .code: try fill(self)
    }
  }

  /// The text without markup; of formulas their TeX, of numbers, references and citations what was written.
  public var plainText: String {
    switch self {
    case .element(_, _, let children): children.plainText
    case .text(let text), .code(_, let text): text
    case .math(let formula): formula.tex
    case .number(let expression, _): expression
    case .reference(let reference): "@\(reference.label)"
    case .citation(let citation): citation.written
    case .html, .fence, .bibliography: ""
    }
  }
}

extension Sequence<Prose> {
  /// Combines all pieces, also those within others, in reading order.
  public func fold<Result>(_ initial: Result, _ combine: (inout Result, Prose) throws -> Void) rethrows -> Result {
    var result = initial
    for piece in self { try piece.visit { try combine(&result, $0) } }
    return result
  }

  public func mapHoles(_ transform: (Prose) throws -> Prose) rethrows -> [Prose] {
    try map { try $0.mapHoles(transform) }
  }

  public func rendered(fill: (Prose) throws -> Node) rethrows -> Node {
    .fragment(try map { try $0.rendered(fill: fill) })
  }

  public var plainText: String { map(\.plainText).joined() }

  /// All computed blocks in reading order.
  public var fences: [Fence] { fold([]) { if case .fence(let fence) = $1 { $0.append(fence) } } }
  /// All formulas in reading order.
  public var formulas: [Formula] { fold([]) { if case .math(let formula) = $1 { $0.append(formula) } } }
  /// All cross-references in reading order.
  public var references: [CrossReference] {
    fold([]) { if case .reference(let reference) = $1 { $0.append(reference) } }
  }
  /// All works cited, in reading order.
  public var citations: [Citation.Item] {
    fold([]) { if case .citation(let citation) = $1 { $0 += citation.items } }
  }
  /// All numbers in reading order: the text after the `=` and the place of its first character.
  public var numbers: [(expression: String, place: Place)] {
    fold([]) { if case .number(let expression, let place) = $1 { $0.append((expression, place)) } }
  }
}

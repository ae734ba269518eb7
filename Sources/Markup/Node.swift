/// A piece of an HTML or SVG document.
public indirect enum Node: Sendable, Hashable {
  /// An element; attributes keep their order, so that the same tree always gives the same bytes.
  case element(String, [Attribute], [Node])
  /// Text, escaped when rendered.
  case text(String)
  /// Markup that is already rendered and trusted (a formula, highlighted code).
  case raw(String)
  /// Several nodes in a row.
  case fragment([Node])

  public static let empty = Node.fragment([])
}

/// A name and its value; a value of `nil` is a bare attribute such as `hidden`.
public struct Attribute: Sendable, Hashable {
  public var name: String
  public var value: String?

  public init(_ name: String, _ value: String?) {
    self.name = name
    self.value = value
  }
}

extension Node {
  /// `Node.tag("a", ["href": "x.html"], "text")`: an element from literals.
  public static func tag(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: Node...
  ) -> Node {
    tag(name, attributes, children)
  }

  public static func tag(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Node])
    -> Node
  {
    .element(name, attributes.map { Attribute($0.key, $0.value) }, children)
  }

  /// All text below this node, without markup: for titles, search and alt texts.
  public var plainText: String {
    switch self {
    case .element(_, _, let children), .fragment(let children): children.map(\.plainText).joined()
    case .text(let text): text
    case .raw: ""
    }
  }
}

extension Node: ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) { self = .text(value) }
}

public import Specs

/// A catalog whose entries know how to make what they name.
public struct MakerCatalog<Maker: Sendable>: Sendable {
  public struct Item: Sendable {
    public var entry: CatalogEntry
    public var make: Maker

    public init(_ entry: CatalogEntry, make: Maker) {
      self.entry = entry
      self.make = make
    }
  }

  public let catalog: Catalog
  private let makers: [String: Maker]

  public init(_ noun: String, _ items: [Item]) {
    catalog = Catalog(noun, items.map(\.entry))
    makers = Dictionary(uniqueKeysWithValues: items.map { ($0.entry.name, $0.make) })
  }

  /// The maker of a selection that was read against this catalog.
  public func maker(of selection: Selection) -> Maker { makers[selection.name]! }
}

import Diagnostics
import Experiments
import Specs

/// Every word that a block can use, from the same catalogs that read it.
struct Vocabulary {
  let catalogs: [Catalog]

  /// - Parameter views: what figures and tables can say.
  init(kinds: [Kind], views: [Catalog] = viewCatalogs) {
    var catalogs = [Catalog("kind", kinds.map(\.entry))]
    for kind in kinds { catalogs.collect(kind.entry.options) }
    for catalog in views {
      if !catalogs.contains(where: { $0.noun == catalog.noun }) { catalogs.append(catalog) }
      for entry in catalog.entries { catalogs.collect(entry.options) }
    }
    self.catalogs = catalogs
  }

  /// All names, or what one name or group is.
  func text(of name: String?) throws(Failure) -> String {
    guard let name else {
      return catalogs.map { catalog in
        let width = catalog.names.map(\.count).max() ?? 0
        return "\(catalog.noun)\n"
          + catalog.entries.map { "  \(padded($0.name, width))  \(firstSentence($0.doc))\n" }.joined()
      }.joined(separator: "\n")
    }
    if let catalog = catalogs.first(where: { $0.noun == name }) {
      return catalog.entries.map { described($0, noun: catalog.noun) }.joined(separator: "\n")
    }
    let found = catalogs.flatMap { catalog in catalog.entries.filter { $0.name == name }.map { ($0, catalog.noun) } }
    guard !found.isEmpty else {
      let all = catalogs.map(\.noun) + catalogs.flatMap(\.names)
      let near = nearestSpelling(of: name, among: all)
      throw .diagnostics([
        Diagnostic(
          at: nil, "nothing is called ‘\(name)’",
          hints: near.map { ["did you mean ‘\($0)’?"] } ?? ["groups: \(catalogs.map(\.noun).joined(separator: ", "))"])
      ])
    }
    return found.map { described($0, noun: $1) }.joined(separator: "\n")
  }

  private func described(_ entry: CatalogEntry, noun: String) -> String {
    var text = "\(entry.name) (\(noun))\n  \(entry.doc)\n"
    if !entry.source.isEmpty { text += "  Source: \(entry.source)\n" }
    let width = entry.options.map(\.name.count).max() ?? 0
    for option in entry.options {
      let fallback =
        switch option.fallback {
        case .required: "required"
        case .yaml(let yaml): "default \(yaml)"
        case .absent: "optional"
        }
      text += "    \(padded(option.name, width))  \(option.type.described) (\(fallback)). \(option.doc)\n"
    }
    return text
  }
}

extension [Catalog] {
  /// Adds the catalogs that options choose from, each once, in the order in which options name them.
  fileprivate mutating func collect(_ options: [Specs.Option]) { for option in options { collect(option.type) } }

  private mutating func collect(_ type: OptionType) {
    switch type {
    case .entry(let catalog):
      guard !contains(where: { $0.noun == catalog.noun && Set($0.names).isSuperset(of: catalog.names) }) else { return }
      append(catalog)
      for entry in catalog.entries { collect(entry.options) }
    case .list(let type, _), .map(let type): collect(type)
    case .options(let options): collect(options)
    case .either(let types): for type in types { collect(type) }
    default: break
    }
  }
}

private func firstSentence(_ text: String) -> String {
  text.firstRange(of: ". ").map { String(text[..<$0.lowerBound]) + "." } ?? text
}

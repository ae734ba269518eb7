import Diagnostics
import Markup

extension ProseBuilder {
  mutating func heading(_ node: MarkNode, level: Int, in container: Container) -> Prose {
    let leaf = Leaf(node, quotes: container.quotes, in: source, bytes: mask.bytes)
    var title = inlines(node.children, in: .heading(leaf))
    let start = offset(of: node)
    let label = takeLabel(from: &title, at: start)
    let id = unique(label ?? slug(title.plainText), isLabel: label != nil, at: start)
    headings.append(Heading(level: level, id: id, title: title, place: source.place(start)))
    return .element("h\(level)", [Attribute("id", id)], title)
  }

  /// Cuts `{#sec-name}` off the end of a heading.
  private mutating func takeLabel(from title: inout [Prose], at offset: Int) -> String? {
    guard case .text(let text)? = title.last, text.hasSuffix("}"),
      let open = text.ranges(of: "{#").last
    else { return nil }
    let label = String(text[open.upperBound...].dropLast())
    guard !label.contains(where: { $0 == "{" || $0 == "}" }) else { return nil }
    title[title.count - 1] = .text(String(text[..<open.lowerBound]))
    title = trimmed(title)
    let isOfOthers = ["fig-", "tbl-", "eq-", "fn-", "ref-", "cite-"].contains { label.hasPrefix($0) }
    guard !label.isEmpty, label.utf8.allSatisfy(\.isLabel), !isOfOthers else {
      report(offset, badLabel(label), hints: [labelHint])
      return nil
    }
    return label
  }

  private mutating func unique(_ name: String, isLabel: Bool, at offset: Int) -> String {
    var id = name
    if isLabel, ids.contains(id) { report(offset, taken(id)) }
    var number = 0
    while !ids.insert(id).inserted {
      number += 1
      id = "\(name)-\(number)"
    }
    return id
  }
}

/// GitHub's name for a heading: lower case, without punctuation, hyphens for spaces.
///
/// Names that could be a label's get a word in front, for a label is an id too.
func slug(_ title: String) -> String {
  var slug = ""
  for scalar in title.lowercased().unicodeScalars {
    let properties = scalar.properties
    if properties.isAlphabetic || properties.numericType != nil || scalar == "-" || scalar == "_"
      || properties.generalCategory == .nonspacingMark
    {
      slug.unicodeScalars.append(scalar)
    } else if properties.isWhitespace {
      slug += "-"
    }
  }
  if slug.isEmpty { return "section" }
  let isLabel = ["fig-", "tbl-", "eq-", "sec-", "fn-", "fnref-", "ref-", "cite-"].contains { slug.hasPrefix($0) }
  return isLabel ? "section-" + slug : slug
}

private func badLabel(_ label: String) -> String { "‘\(label)’ is no label of a section" }
private let labelHint = "write ‘{#sec-name}’, with letters, digits and hyphens"
private func taken(_ id: String) -> String { "another heading of this chapter is called ‘\(id)’ already" }

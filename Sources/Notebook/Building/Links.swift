import Diagnostics
import Markup

extension ProseBuilder {
  mutating func link(_ node: MarkNode, _ content: [Prose], in context: InlineContext) -> Prose {
    let url = mask.restored(node.url)
    let target = LinkTarget(url)
    let place = source.place(offset(of: node, in: context))
    var address = url
    switch target {
    case .elsewhere: break
    case .root: diagnostics.append(Diagnostic(at: place, fromRoot(url), hints: [relativeHint]))
    case .chapter(let path, let anchor):
      links.append(LinkedFile(path: path, anchor: anchor, place: place))
      address = path.dropLast(3) + ".html" + (anchor.map { "#\($0)" } ?? "")
    case .file(let path): files.append(LinkedFile(path: path, place: place))
    }
    var attributes = [Attribute("href", percentEncoded(address))]
    if !node.title.isEmpty { attributes.append(Attribute("title", mask.restored(node.title))) }
    return .element("a", attributes, content)
  }

  mutating func image(_ node: MarkNode, in context: InlineContext) -> Prose {
    let url = mask.restored(node.url)
    let place = source.place(offset(of: node, in: context))
    switch LinkTarget(url) {
    case .elsewhere:
      if !url.hasPrefix("data:") { diagnostics.append(Diagnostic(at: place, remote(url), hints: [remoteHint])) }
    case .root: diagnostics.append(Diagnostic(at: place, fromRoot(url), hints: [relativeHint]))
    case .chapter(let path, _), .file(let path): files.append(LinkedFile(path: path, place: place))
    }
    var attributes = [Attribute("src", percentEncoded(url)), Attribute("alt", plainText(node))]
    if !node.title.isEmpty { attributes.append(Attribute("title", mask.restored(node.title))) }
    return .element("img", attributes, [])
  }

  /// The text of an image's description as written.
  private func plainText(_ node: MarkNode) -> String {
    switch node.kind {
    case .text, .code, .html: mask.restored(node.literal)
    case .softBreak, .lineBreak: " "
    default: node.children.map(plainText).joined()
    }
  }
}

/// Where an address leads.
enum LinkTarget: Equatable {
  /// Another site, or a place on this page.
  case elsewhere
  /// A path from the root of a server, which a book in a folder does not have.
  case root
  /// A chapter of the book, as written, and what follows the `#`.
  case chapter(String, anchor: String?)
  /// Another file of the book, as written.
  case file(String)

  init(_ url: String) {
    let path = url.prefix { $0 != "#" && $0 != "?" }
    if path.isEmpty || url.hasPrefix("//") || hasScheme(url) {
      self = .elsewhere
    } else if url.hasPrefix("/") {
      self = .root
    } else if path.hasSuffix(".md") {
      self = .chapter(String(path), anchor: url.firstIndex(of: "#").map { String(url[url.index(after: $0)...]) })
    } else {
      self = .file(String(path))
    }
  }
}

/// Whether an address starts with a scheme: `https:`.
private func hasScheme(_ url: String) -> Bool {
  guard let colon = url.utf8.firstIndex(of: Byte.colon), let first = url.utf8.first, first.isLetter else {
    return false
  }
  return url.utf8[..<colon].allSatisfy { $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) }
}

/// An address with everything escaped that may not stand in one; what is escaped already stays.
func percentEncoded(_ url: String) -> String {
  var output = ""
  for byte in url.utf8 {
    if byte.isLetter || byte.isDigit || "-_.!~*'();/?:@&=+$,%#".utf8.contains(byte) {
      output.unicodeScalars.append(Unicode.Scalar(byte))
    } else {
      let digits = String(byte, radix: 16, uppercase: true)
      output += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
    }
  }
  return output
}

private func fromRoot(_ url: String) -> String { "‘\(url)’ starts at the root of a server, which a book does not have" }
private let relativeHint = "write the path relative to this chapter"
private func remote(_ url: String) -> String { "the image ‘\(url)’ is not in the book, and a page asks no other site" }
private let remoteHint = "put the image next to the chapter"

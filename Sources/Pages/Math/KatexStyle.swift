/// A file that the caller copies into the site as it is.
public struct Asset: Sendable, Hashable {
  /// From the library's folder: `fonts/KaTeX_Main-Regular.woff2`.
  public var source: String
  /// From the site's folder.
  public var destination: String
}

/// KaTeX's style sheet for the site, and the fonts it needs.
///
/// Only WOFF2 fonts stay: every browser that lays out these pages reads them.
///
/// - Parameter css: the text of `katex.min.css`.
public func katexStyle(_ css: String) -> (page: Page, fonts: [Asset]) {
  var output = ""
  var fonts: [Asset] = []
  var rest = css[...]
  while let source = rest.firstRange(of: "src:") {
    let end = rest[source.upperBound...].firstIndex { $0 == ";" || $0 == "}" } ?? rest.endIndex
    let choices = rest[source.upperBound..<end].split(separator: ",")
    let kept = choices.filter { $0.contains(".woff2") }
    output += rest[..<source.upperBound] + (kept.isEmpty ? choices : kept).joined(separator: ",")
    for choice in kept {
      guard let font = address(choice) else { continue }
      let asset = Asset(source: font, destination: "katex/\(font)")
      if !fonts.contains(asset) { fonts.append(asset) }
    }
    rest = rest[end...]
  }
  return (Page(path: "katex/katex.css", text: output + rest), fonts)
}

/// What stands in `url(…)`.
private func address(_ text: Substring) -> String? {
  guard let open = text.firstRange(of: "url(")?.upperBound, let close = text[open...].firstIndex(of: ")") else {
    return nil
  }
  return text[open..<close].filter { $0 != "\"" && $0 != "'" }
}

internal import Notebook

/// Where each chapter's page is, and how pages address each other: always relatively, so that the site works from any
/// folder of any server and from a disk.
public struct SitePaths: Sendable, Hashable {
  /// Page paths by chapter path.
  private let pages: [String: String]

  /// `init/what.md` becomes `init/what.html`, a `README.md` its folder's `index.html`; if that leaves the site without
  /// an `index.html`, the first chapter is it.
  public init(_ book: Book) {
    let chapters = book.chapters.map(\.path)
    var pages: [String: String] = [:]
    for path in chapters { pages[path] = ownPath(path) }
    if let first = chapters.first, !pages.values.contains("index.html") { pages[first] = "index.html" }
    self.pages = pages
  }

  /// The page of a chapter, from the site's folder; `nil` for drafts and for files that are not in the book.
  public func page(ofChapter path: String) -> String? { pages[path] }

  /// What leads from a page to the site's folder: nothing, `../`, `../../`.
  public static func root(of page: String) -> String {
    String(repeating: "../", count: page.count { $0 == "/" })
  }

  /// The address of a page or file (from the site's folder) as a page at `page` writes it.
  public static func address(of target: String, from page: String) -> String {
    let from = page.split(separator: "/").dropLast()
    let to = target.split(separator: "/")
    let shared = zip(from, to.dropLast()).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: from.count - shared) + to.dropFirst(shared).map(encoded))
      .joined(separator: "/")
  }

  /// An address that a chapter writes, as that chapter's page must write it.
  ///
  /// A page need not stand where its chapter does (`index.html`). Addresses with a scheme, of a place on the same page, or
  /// from the server's root stay as they are.
  func address(_ written: String, in chapter: Chapter) -> String {
    guard let page = pages[chapter.path], isRelative(written) else { return written }
    let end = written.firstIndex { $0 == "#" || $0 == "?" } ?? written.endIndex
    let target = chapter.bookPath(String(written[..<end]))
    // A link to a chapter is written as that chapter's own page, whether or not it stands there.
    let source = target.hasSuffix(".html") ? target.dropLast(5) + ".md" : target
    return Self.address(of: pages[source] ?? target, from: page) + written[end...]
  }
}

/// Whether an address is a path from where it is written.
private func isRelative(_ address: String) -> Bool {
  guard let first = address.first, first != "#", first != "/", first != "?" else { return false }
  let scheme = address.prefix { $0 != ":" && $0 != "/" && $0 != "#" && $0 != "?" }
  return !address.dropFirst(scheme.count).hasPrefix(":")
}

private func ownPath(_ path: String) -> String {
  let folders = path.split(separator: "/").dropLast().map { "\($0)/" }.joined()
  let name = path.split(separator: "/").last.map(String.init) ?? path
  let stem = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
  return folders + (stem.lowercased() == "readme" ? "index" : stem) + ".html"
}

/// A file's name with the characters escaped that an address reads otherwise.
private func encoded(_ name: Substring) -> String {
  var output = ""
  for character in name.unicodeScalars {
    switch character {
    case "%": output += "%25"
    case " ": output += "%20"
    case "#": output += "%23"
    case "?": output += "%3F"
    case ":": output += "%3A"
    default: output.unicodeScalars.append(character)
    }
  }
  return output
}

import Foundation
import Pages

/// The library that sets formulas, as installed.
struct Katex {
  private let folder: String
  /// Its code.
  let library: String

  init(folder: String = ProcessInfo.processInfo.environment["FIELDBOOK_KATEX"] ?? "/usr/share/javascript/katex")
    throws(Failure)
  {
    self.folder = folder
    library = try Self.text("\(folder)/katex.min.js")
  }

  /// Its style sheet and fonts, for the site.
  func write(to site: SiteFolder) throws(Failure) {
    let (page, fonts) = katexStyle(try Self.text("\(folder)/katex.min.css"))
    try site.write(page.text, to: page.path)
    for font in fonts {
      guard try site.copy("\(folder)/\(font.source)", to: font.destination) else {
        throw .inputOutput("‘\(folder)/\(font.source)’ cannot be read")
      }
    }
  }

  private static func text(_ path: String) throws(Failure) -> String {
    guard let data = FileManager.default.contents(atPath: path) else { throw .inputOutput(missing(path)) }
    return String(decoding: data, as: UTF8.self)
  }
}

/// Formulas set by earlier builds, kept by content beside the store.
struct MathMemory {
  private let path: String
  let formulas: [String: String]

  init(_ path: String) {
    self.path = path
    let data = FileManager.default.contents(atPath: path)
    formulas = data.flatMap { try? JSONDecoder().decode([String: String].self, from: $0) } ?? [:]
  }

  /// Keeps what is new; a folder that cannot be written costs only time.
  func remember(_ math: RenderedMath) {
    guard math.newCount > 0 else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let folder = (path as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try? encoder.encode(math.html).write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}

private func missing(_ path: String) -> String {
  "‘\(path)’ cannot be read: formulas need KaTeX (on Debian: libjs-katex), or FIELDBOOK_KATEX set to its folder"
}

import Foundation
import Pages
import Testing

/// Writes the sample book to the folder that `FIELDBOOK_SAMPLE` names, to be looked at after a change to `templates/`.
@Test(.enabled(if: ProcessInfo.processInfo.environment["FIELDBOOK_SAMPLE"] != nil))
func `The sample book can be looked at`() throws {
  let site = URL(fileURLWithPath: ProcessInfo.processInfo.environment["FIELDBOOK_SAMPLE"] ?? "")
  let templates = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../templates")
  let library = URL(fileURLWithPath: katexFolder)
  let katex = katexStyle(try String(contentsOf: library.appending(path: "katex.min.css"), encoding: .utf8))
  for page in try Sample.pages() + [katex.page] {
    try write(Data(page.text.utf8), to: site.appending(path: page.path))
  }
  for font in katex.fonts {
    try write(Data(contentsOf: library.appending(path: font.source)), to: site.appending(path: font.destination))
  }
  for name in ["style.css", "book.js", "charts.css"] {
    guard let data = try? Data(contentsOf: templates.appending(path: name)) else { continue }
    try write(data, to: site.appending(path: name))
  }
}

private func write(_ data: Data, to file: URL) throws {
  try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
  try data.write(to: file)
}

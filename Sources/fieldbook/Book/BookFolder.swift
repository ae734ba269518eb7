import Diagnostics
import Experiments
import Foundation
import Notebook
import Pages
import Runs

/// A book's folder as read from the disk: its settings, table of contents and chapters, and what is wrong with them.
struct BookFolder {
  /// Absolute.
  let path: String
  var settings: BookSettings
  var contents: Contents
  /// By path, as the table of contents gives it.
  var chapters: [String: Chapter] = [:]
  /// The works that chapters cite, if the book names a file of them.
  var bibliography: Bibliography?
  /// The text of each file that a message may point into.
  var sources: [String: String] = [:]
  var diagnostics: [Diagnostic] = []

  /// Reads a folder. Files that are missing but named are diagnostics; a folder that is no book is a failure.
  init(_ folder: String) throws(Failure) {
    path = absolute(folder)
    let settingsText = try Self.text("book.yml", in: path, otherwise: notABook(folder))
    let summary = try Self.text("chapters/SUMMARY.md", in: path, otherwise: noSummary(folder))
    sources = ["book.yml": settingsText, "chapters/SUMMARY.md": summary]
    settings = BookSettings(settingsText, file: "book.yml", into: &diagnostics)
    let parsed = Contents.parse(summary, file: "chapters/SUMMARY.md")
    contents = parsed.contents
    diagnostics += parsed.diagnostics
    let root = path
    if !contents.chapters.contains(where: { $0.path != nil }) {
      diagnostics.append(Diagnostic(at: Place(file: "chapters/SUMMARY.md", line: 1, column: 1), noChapters))
    }
    diagnostics += contents.missingChapters { FileManager.default.fileExists(atPath: "\(root)/chapters/\($0)") }
    for entry in contents.chapters {
      guard let path = entry.path, chapters[path] == nil,
        let data = FileManager.default.contents(atPath: "\(root)/chapters/\(path)")
      else { continue }
      let read = AuthoredText(data, file: "chapters/\(path)")
      let parsed = Chapter.parse(text: read.text, path: path)
      // What can be read of it is: other chapters may refer to it.
      chapters[path] = parsed.chapter
      if let mistake = read.mistake {
        diagnostics.append(mistake)
      } else {
        sources["chapters/\(path)"] = read.text
        diagnostics += parsed.diagnostics
      }
    }
    if let (file, place) = settings.bibliography { bibliography = readBibliography(file, namedAt: place) }
  }

  /// The chapters in reading order. Those that are drafts are checked and run as well.
  var inOrder: [Chapter] { contents.chapters.compactMap { $0.path.flatMap { chapters[$0] } } }

  /// The book as pages are made of it.
  var book: Book {
    Book(
      title: settings.title, authors: settings.authors, language: settings.language, contents: contents,
      bibliography: bibliography, chapters: inOrder)
  }

  var surroundings: Surroundings {
    Surroundings(seed: settings.seed, dataFolders: settings.dataFolders.map { absolute($0, from: path) }, folder: path)
  }

  /// The version of a name.
  func profile(_ name: String) throws(Failure) -> Profile {
    if let profile = settings.profiles.first(where: { $0.name == name }) { return profile }
    throw .diagnostics(
      diagnostics.filter { $0.severity == .error } + [
        Diagnostic(
          at: nil, "book.yml has no profile ‘\(name)’",
          hints: suggestion(for: name, among: settings.profiles.map(\.name)))
      ])
  }

  var store: Store { Store(folder: path + "/.fieldbook") }

  /// The store of a book whose chapters need not be readable.
  static func store(at folder: String) throws(Failure) -> Store {
    _ = try text("book.yml", in: absolute(folder), otherwise: notABook(folder))
    return Store(folder: absolute(folder) + "/.fieldbook")
  }

  /// The works of a BibTeX file of this folder.
  private mutating func readBibliography(_ file: String, namedAt place: Place) -> Bibliography {
    guard isFile("\(path)/\(file)"), let data = FileManager.default.contents(atPath: "\(path)/\(file)") else {
      let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasSuffix(".bib") }
      diagnostics.append(
        Diagnostic(
          at: place, "there is no file ‘\(file)’ that can be read", hints: suggestion(for: file, among: names.sorted()))
      )
      return .unreadable
    }
    let read = AuthoredText(data, file: file)
    if let mistake = read.mistake {
      diagnostics.append(mistake)
      return .unreadable
    }
    sources[file] = read.text
    let (bibliography, mistakes) = Bibliography.parse(text: read.text, file: file)
    diagnostics += mistakes
    return bibliography
  }

  private static func text(_ file: String, in folder: String, otherwise message: String) throws(Failure) -> String {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(file)") else { throw .inputOutput(message) }
    let read = AuthoredText(data, file: file)
    if let mistake = read.mistake { throw .diagnostics([mistake]) }
    return read.text
  }
}

/// A path from the root, without `.` and `..`.
func absolute(_ path: String, from folder: String = FileManager.default.currentDirectoryPath) -> String {
  URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: folder, isDirectory: true)).standardizedFileURL.path
}

private func notABook(_ folder: String) -> String { "‘\(folder)’ is not a book: it has no book.yml that can be read" }
private func noSummary(_ folder: String) -> String { "‘\(folder)’ has no chapters/SUMMARY.md that can be read" }

private let noChapters = "the table of contents names no chapter: a book needs one, such as ‘- [Title](file.md)’"

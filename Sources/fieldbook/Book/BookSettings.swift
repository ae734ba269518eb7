import Diagnostics
import Runs
import Specs

/// What `book.yml` says.
struct BookSettings {
  var title = ""
  var authors: [String] = []
  var language = "en"
  var seed: UInt64 = 1
  /// As written, relative to the book's folder.
  var dataFolders: [String] = []
  /// The file of works that chapters cite, with the place where it is named.
  var bibliography: (file: String, place: Place)?
  /// The versions of the book: `full` first, then those that it names, by name.
  var profiles = [Profile.full]

  static let options = [
    Option("title", .text, .required, "The book's title."),
    Option("authors", .either([.list(.text), .text]), .yaml("[]"), "Who wrote it."),
    Option("language", .text, .yaml("en"), "A BCP 47 tag, such as en or de-CH."),
    Option("seed", .integer(0...Int.max), .yaml("1"), "The seed of every random stream of the book."),
    Option("data-folders", .either([.list(.text), .text]), .yaml("[]"), "Folders in which data sets are looked for."),
    Option("bibliography", .text, .absent, "A BibTeX file of the works that chapters cite as [@key]."),
    Option(
      "profiles",
      .map(
        .options([
          Option("seeds", .integer(1...Int.max), .absent, "Take only so many of the values of a sweep over `seed`."),
          Option(
            "at-most", .map(.number()), .yaml("{}"),
            "Bounds of options where experiments have them: {epochs: 1, data.fashion-mnist.train: 2000}."),
        ])), .yaml("{}"),
      "Smaller versions of the book, built with --profile NAME; an experiment can say more under `profiles:`."),
  ]

  /// Reads `book.yml`; what cannot be read keeps its default.
  init(_ text: String, file: String, into diagnostics: inout [Diagnostic]) {
    let spec: Spec
    do {
      spec = try Spec.parse(text, at: Place(file: file, line: 1, column: 1))
    } catch {
      diagnostics += error.diagnostics
      return
    }
    guard let values = spec.read(Self.options, owner: "book.yml", into: &diagnostics) else { return }
    title = values.text("title")
    authors = values.texts("authors")
    language = values.text("language")
    seed = UInt64(values.integer("seed"))
    dataFolders = values.texts("data-folders")
    if let name = values["bibliography"], name.isWritten { bibliography = (name.asText, name.place) }
    for (name, profile) in values["profiles"]!.asMap.sorted(by: { $0.key < $1.key }) {
      guard name != Profile.full.name else {
        diagnostics.append(Diagnostic(at: spec["profiles"]!.place, fullIsTheBook))
        continue
      }
      let bounds = profile.asOptions["at-most"]!.asMap.sorted { $0.key < $1.key }
      profiles.append(
        Profile(
          name, seeds: profile.asOptions.optionalInteger("seeds"),
          bounds: bounds.map { Profile.Bound($0, atMost: $1.asNumber, at: $1.place) }))
    }
  }
}

extension Values {
  /// A list of texts, or one text as a list of one.
  fileprivate func texts(_ name: String) -> [String] {
    guard let value = self[name] else { return [] }
    if case .text(let text) = value.value { return [text] }
    return value.asList.map(\.asText)
  }
}

private let fullIsTheBook = "‘full’ is the book as it is written; give the profile another name, such as ‘quick’"

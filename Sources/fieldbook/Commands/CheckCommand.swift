import ArgumentParser

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say all that is wrong with a book, without running anything.",
    discussion: """
      EXAMPLES:
        fieldbook check
        fieldbook check my-book
      """)

  @Argument(help: "The book's folder.")
  var folder = "."
  @OptionGroup var profile: ProfileOption

  func run() throws {
    try reporting { console throws(Failure) in
      try checkBook(at: folder, kinds: allKinds, profile: profile.name, console: console)
    }
  }
}

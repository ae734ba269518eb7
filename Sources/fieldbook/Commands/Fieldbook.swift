import ArgumentParser

/// `fieldbook`: turns chapters with experiments into a site.
struct Fieldbook: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fieldbook",
    abstract: "Turns Markdown chapters with fenced experiment blocks into a static HTML book.",
    discussion: """
      A book is a folder with book.yml, chapters/SUMMARY.md and chapters. Experiments run once; their results are kept \
      in .fieldbook and used again until something that they depend on changes.

      EXAMPLES:
        fieldbook build                 build the book in this folder into ./site
        fieldbook check my-book         say all that is wrong; run nothing
        fieldbook show init-study       print a table of results
        fieldbook kinds adam            what Adam is and which options it has

      EXIT CODES: 0, 1 (something is wrong with the book), 2 (files cannot be read or written), 64 (wrong usage),
      130 (interrupted; finished runs are kept).
      """,
    version: "0.1.0",
    subcommands: [
      BuildCommand.self, RunCommand.self, ShowCommand.self, ExportCommand.self, CheckCommand.self, StatusCommand.self,
      WhyCommand.self,
      KindsCommand.self, CleanCommand.self,
    ])
}

/// Which book a command is about, where its other arguments name something else.
struct BookOption: ParsableArguments {
  @ArgumentParser.Option(name: [.customLong("book"), .customShort("C")], help: "The book's folder.")
  var folder = "."
}

import ArgumentParser
import Foundation
import Runs

struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Run what is not stored and write the site.",
    discussion: """
      The site is written beside the old one and swapped in whole: whatever goes wrong, the old site stays.

      EXAMPLES:
        fieldbook build
        fieldbook build my-book -o /var/www/book
        fieldbook build -j 4 --no-timings
        fieldbook build --profile quick
      """)

  @Argument(help: "The book's folder.")
  var folder = "."
  @ArgumentParser.Option(name: [.short, .customLong("output")], help: "Where the site goes (default: DIR/site).")
  var output: String?
  @OptionGroup var workers: WorkersOption
  @OptionGroup var profile: ProfileOption
  @Flag(help: "Leave measured columns (seconds) out, so that the site is the same on every machine.")
  var noTimings = false

  func run() throws {
    try reporting { console throws(Failure) in
      try buildBook(
        at: folder, output: output ?? folder + "/site", kinds: allKinds, profile: profile.name,
        workers: workers.count, measurements: !noTimings, console: console)
    }
  }
}

/// How many runs may be under way at once.
struct WorkersOption: ParsableArguments {
  @ArgumentParser.Option(name: [.customShort("j"), .customLong("workers")], help: "Runs at once (default: all cores).")
  var jobs: Int?

  var count: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("-j needs a number from 1 on, not \(jobs)") }
  }
}

/// Which version of the book.
struct ProfileOption: ParsableArguments {
  @ArgumentParser.Option(
    name: .customLong("profile"), help: "The version of the book: full, or one that book.yml names.")
  var name = Profile.full.name
}

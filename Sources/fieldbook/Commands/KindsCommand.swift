import ArgumentParser
import Specs

struct KindsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kinds", abstract: "List all that a block can say: kinds, optimizers, models, data sets, marks, …",
    discussion: """
      EXAMPLES:
        fieldbook kinds               everything, a line each
        fieldbook kinds optimizer     all optimizers with their options
        fieldbook kinds adam          one of them
      """)

  @Argument(help: "A name, or a group of names such as ‘optimizer’.")
  var name: String?

  func run() throws {
    try reporting { console throws(Failure) in
      console.output(try Vocabulary(kinds: allKinds).text(of: name))
    }
  }
}

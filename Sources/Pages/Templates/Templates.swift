public import Diagnostics
internal import Mustache

/// The book's page templates, read and checked: `page`, and the partials it uses.
public struct Templates: Sendable {
  private let library: MustacheLibrary

  /// - Parameters:
  ///   - texts: each template's text by its name without `.mustache`.
  ///   - folder: where they stand, for the places of diagnostics.
  /// - Throws: a diagnostic for each template that cannot be read, each name in one that pages do not have, and each
  ///   partial that is missing.
  public init(_ texts: [String: String], folder: String = "templates") throws(DiagnosticError) {
    var templates: [String: MustacheTemplate] = [:]
    var diagnostics: [Diagnostic] = []
    if texts["page"] == nil { diagnostics.append(noPage(in: folder)) }
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
      let file = "\(folder)/\(name).mustache"
      diagnostics += wrongNames(in: text, file: file, partials: texts.keys.sorted())
      do {
        templates[name] = try MustacheTemplate(string: text)
      } catch {
        diagnostics.append(unreadable(file, error))
      }
    }
    if !diagnostics.isEmpty { throw DiagnosticError(diagnostics) }
    library = MustacheLibrary(templates: templates)
  }

  func page(_ values: [String: Any]) -> String { library.render(values, withTemplate: "page") ?? "" }
}

// MARK: Messages

private func noPage(in folder: String) -> Diagnostic {
  Diagnostic(at: nil, "there is no \(folder)/page.mustache", hints: ["every page of the book is made with it"])
}

private func unreadable(_ file: String, _ error: any Error) -> Diagnostic {
  guard let error = error as? MustacheTemplate.ParserError else {
    return Diagnostic(at: Place(file: file, line: 1, column: 1), "this template cannot be read: \(error)")
  }
  let place = Place(file: file, line: error.context.lineNumber, column: error.context.columnNumber)
  return Diagnostic(at: place, "this template cannot be read: \(explanation(of: error.error))")
}

private func explanation(of error: any Error) -> String {
  switch error as? MustacheTemplate.Error {
  case .sectionCloseNameIncorrect: "another section is open here"
  case .expectedSectionEnd: "a section is not closed"
  case .unfinishedName: "a tag is not closed with }}"
  default: "a tag is not well formed"
  }
}

import Diagnostics
import Testing

@testable import Pages

@Suite struct TemplatesTests {
  @Test func `The book's own templates are in order`() throws {
    _ = try Templates(Sample.templates)
  }

  @Test func `A name that pages do not have is a diagnostic with the nearest`() {
    #expect(
      diagnostics(["page": "<html>\n  {{#sidebar}}{{titel}}{{/sidebar}}"]) == [
        Diagnostic(
          at: Place(file: "templates/page.mustache", line: 2, column: 17), "pages have no ‘titel’",
          hints: ["did you mean ‘title’?"])
      ])
  }

  @Test func `A partial that does not exist is a diagnostic`() {
    #expect(diagnostics(["page": "{{> sidebat}}", "sidebar": ""]).map(\.message) == ["there is no template ‘sidebat’"])
  }

  @Test func `A section that is not closed is a diagnostic at its place`() {
    let found = diagnostics(["page": "a\n{{#sidebar}}b"])
    #expect(found.map(\.message) == ["this template cannot be read: a section is not closed"])
    #expect(found.first?.place?.line == 2)
  }

  @Test func `A section closed under another name is a diagnostic`() {
    #expect(diagnostics(["page": "{{#sidebar}}b{{/outline}}"]).count == 1)
  }

  @Test func `Without a page template there is one diagnostic`() {
    #expect(diagnostics([:]).map(\.message) == ["there is no templates/page.mustache"])
  }

  private func diagnostics(_ texts: [String: String]) -> [Diagnostic] {
    do {
      _ = try Templates(texts)
      return []
    } catch {
      return error.diagnostics
    }
  }
}

public import Diagnostics
public import Notebook

/// The formulas of a book as HTML, by content: what is kept between builds.
///
/// It holds exactly the formulas that it was asked for, so a kept copy never grows past the book.
public struct RenderedMath: Sendable, Hashable {
  /// HTML by key; a key is the library's version, the style and the TeX source.
  public var html: [String: String]
  /// How many of them were not known before: with 0 there is nothing new to keep, and no engine was started.
  public var newCount: Int

  public init(html: [String: String] = [:], newCount: Int = 0) {
    self.html = html
    self.newCount = newCount
  }

  /// The formula's HTML, if it could be rendered.
  public subscript(formula: Formula) -> String? { html[key(formula, version)] }

  var version = ""
}

/// Renders formulas with KaTeX: HTML for the eye and MathML for the ear.
///
/// A formula that is `known` is taken from there; the engine starts at the first that is not (about 0.1 s
/// for the library, then 1–10 ms a formula) and is freed at the end.
///
/// - Parameters:
///   - known: the `html` of an earlier build, or nothing.
///   - katex: the text of `katex.min.js`.
/// - Returns: the formulas that could be rendered, and a diagnostic at the place of the mistake for each other.
public func renderMath(
  _ formulas: [Formula], known: [String: String] = [:], katex: String
) -> (RenderedMath, [Diagnostic]) {
  var result = RenderedMath()
  var diagnostics: [Diagnostic] = []
  var engine: JavaScript?
  result.version = version(of: katex)
  for formula in formulas {
    let key = key(formula, result.version)
    if result.html[key] != nil { continue }
    if let html = known[key] {
      result.html[key] = html
      continue
    }
    if engine == nil {
      do {
        engine = try start(katex)
      } catch {
        // Without the library no formula can be set: one message, not one a formula.
        diagnostics.append(failure(of: formula, error.message))
        return (result, diagnostics)
      }
    }
    switch render(formula, engine) {
    case .html(let html):
      result.html[key] = html
      result.newCount += 1
    case .mistake(let message, let offset): diagnostics.append(mistake(in: formula, message, offset))
    case .failure(let message): diagnostics.append(failure(of: formula, message))
    }
  }
  return (result, diagnostics)
}

/// Where a character of a formula stands in its file.
///
/// - Parameter offset: in UTF-16 units from the start of the TeX source.
func place(of formula: Formula, offset: Int) -> Place {
  let units = formula.tex.utf16
  let end = units.index(units.startIndex, offsetBy: min(max(0, offset), units.count))
  let before = formula.tex[..<end]
  guard let newline = before.lastIndex(where: \.isNewline) else {
    return formula.place.moved(lines: 0, columns: before.count)
  }
  return Place(
    file: formula.place.file,
    line: formula.place.line + before.count { $0.isNewline },
    column: before.distance(from: newline, to: before.endIndex))
}

private func key(_ formula: Formula, _ version: String) -> String {
  "\(version) \(formula.isDisplay ? "display" : "inline") \(formula.tex)"
}

/// `katex-0.16.4`, from the library's own text: a new library makes new HTML.
private func version(of katex: String) -> String {
  guard let start = katex.firstRange(of: "version:\"")?.upperBound,
    let end = katex[start...].firstIndex(of: "\"")
  else { return "katex" }
  return "katex-\(katex[start..<end])"
}

private func start(_ katex: String) throws(JavaScriptError) -> JavaScript {
  let engine = JavaScript()
  try engine.run(beforeLibrary)
  try engine.run(katex)
  try engine.run(afterLibrary)
  return engine
}

private enum Answer { case html(String), mistake(String, offset: Int), failure(String) }

private func render(_ formula: Formula, _ engine: JavaScript?) -> Answer {
  do throws(JavaScriptError) {
    let answer = try engine?.call("renderFormula", formula.tex, formula.isDisplay ? "display" : "inline") ?? ""
    // "=" and the HTML, or "!", the offset, a newline and the message.
    if answer.first == "=" { return .html(String(answer.dropFirst())) }
    let lines = answer.dropFirst().split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    return .mistake(lines.count > 1 ? String(lines[1]) : answer, offset: Int(lines.first ?? "") ?? 0)
  } catch {
    return .failure(error.message)
  }
}

/// What KaTeX needs of newer JavaScript than Duktape's.
private let beforeLibrary = """
  Array.prototype.fill = Array.prototype.fill || function (value) {
    for (var i = 0; i < this.length; i++) { this[i] = value; }
    return this;
  };
  """

/// The namespace attribute is for XML alone; in HTML it would only make every formula longer.
private let afterLibrary = """
  var library = typeof katex === 'object' ? katex : this.katex;
  function renderFormula(tex, style) {
    try {
      return '=' + library.renderToString(tex, {
        displayMode: style === 'display', throwOnError: true, strict: 'ignore', output: 'htmlAndMathml'
      }).replace(/ xmlns="[^"]*"/g, '');
    } catch (error) {
      if (!(error instanceof library.ParseError)) { throw error; }
      var position = typeof error.position === 'number' ? error.position : 0;
      var message = String(error.rawMessage || error.message).replace(/^KaTeX parse error: /, '');
      return '!' + position + '\\n' + message.replace(/ at (position \\d+|end of input): [\\s\\S]*$/, '');
    }
  }
  """

// MARK: Messages

private func mistake(in formula: Formula, _ message: String, _ offset: Int) -> Diagnostic {
  Diagnostic(at: place(of: formula, offset: offset), "this formula cannot be set: \(sentence(message))")
}

private func failure(of formula: Formula, _ message: String) -> Diagnostic {
  Diagnostic(at: formula.place, "the library for formulas, KaTeX, failed here: \(message)")
}

private func sentence(_ message: String) -> String {
  message.prefix(1).lowercased() + message.dropFirst()
}

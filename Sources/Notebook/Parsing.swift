public import Diagnostics

extension Chapter {
  /// Reads a chapter.
  ///
  /// - Parameters:
  ///   - text: CommonMark with optional front matter and the additions of a book: math, numbers, cross-references,
  ///     citations, computed blocks, pipe tables, footnotes.
  ///   - path: where it was read, relative to the chapters folder.
  ///   - folder: the chapters folder as diagnostics name it.
  /// - Returns: the chapter, whole even where something is wrong with it, and what is wrong.
  public static func parse(text: String, path: String, folder: String = "chapters")
    -> (chapter: Chapter, diagnostics: [Diagnostic])
  {
    let file = folder.isEmpty ? path : "\(folder)/\(path)"
    let source = SourceText(text, at: Place(file: file, line: 1, column: 1))
    let (front, bodyLine) = FrontMatter.read(source)
    var builder = ProseBuilder(Lifted(source, from: bodyLine))
    let body = builder.body()
    let chapter = Chapter(
      path: path, title: front.title ?? builder.headings.first?.title.plainText ?? "", isDraft: front.isDraft,
      headings: builder.headings, body: body, files: builder.files, links: builder.links)
    return (chapter, source.controlWarnings + front.diagnostics + builder.diagnostics)
  }
}

/// Reads Markdown without blocks, such as a caption: emphasis, code, links, math, numbers, cross-references,
/// citations.
///
/// - Parameters:
///   - text: the text; line breaks are spaces.
///   - place: the place of its first character. Later lines are taken to start in the same column.
public func inlineProse(_ text: String, at place: Place) -> (prose: [Prose], diagnostics: [Diagnostic]) {
  let source = SourceText(text, at: place)
  var builder = ProseBuilder(Lifted(inline: source))
  let prose = builder.alone(0..<source.bytes.count, isCell: false)
  return (prose, source.controlWarnings + builder.diagnostics + builder.footnotes.diagnostics)
}

public import Diagnostics
public import Markup

/// A piece of a chapter after parsing: HTML elements with holes where a computed thing will go.
///
/// `Pages` fills the holes; everything else is already what it will be.
public indirect enum Prose: Sendable, Hashable {
  /// An HTML element and what is in it.
  case element(String, [Attribute], [Prose])
  case text(String)
  /// HTML that the author wrote.
  case html(String)
  /// `$…$` and `$$…$$`.
  case math(Formula)
  /// `` `= study.column[axis=value] | format` ``: the text after the `=`, as written.
  case number(String, at: Place)
  /// `@fig-…`, `@tbl-…`, `@eq-…`, `@sec-…`.
  case reference(CrossReference)
  /// `[@key]` and `@key`.
  case citation(Citation)
  /// `::: {#refs}`: where the list of all works of the book's bibliography goes.
  case bibliography(at: Place)
  /// A fenced block that Fieldbook computes or shows.
  case fence(Fence)
  /// A fenced or indented code block of any other language.
  case code(language: String, text: String)
}

/// A formula: TeX source and whether it stands on lines of its own.
public struct Formula: Sendable, Hashable {
  public var tex: String
  public var isDisplay: Bool
  /// The label of a display formula (`$$…$$ {#eq-name}`), if it has one.
  public var label: String?
  /// The first character of `tex`, which has no blanks at its ends.
  public var place: Place

  public init(tex: String, isDisplay: Bool, label: String? = nil, place: Place) {
    self.tex = tex
    self.isDisplay = isDisplay
    self.label = label
    self.place = place
  }
}

/// A reference to a figure, table, equation or section, by label (`fig-init-loss`).
public struct CrossReference: Sendable, Hashable {
  public var label: String
  public var place: Place

  public init(label: String, place: Place) {
    self.label = label
    self.place = place
  }
}

/// Works that a sentence cites: `[see @key, section 3; @other]`, or `@key` as one of its words.
public struct Citation: Sendable, Hashable {
  public struct Item: Sendable, Hashable {
    /// The words before the key, with the blank after them.
    public var prefix: String
    public var key: String
    /// What follows the key: `, section 3`.
    public var suffix: String
    /// `-@key`: the sentence names the authors itself.
    public var isYearOnly: Bool
    /// Of the `@`.
    public var place: Place
  }

  public var items: [Item]
  /// Whether it stands without brackets.
  public var isInText: Bool
  /// As the author wrote it.
  public var written: String
}

/// A fenced `experiment`, `figure` or `table` block.
public struct Fence: Sendable, Hashable {
  public enum Language: String, Sendable, CaseIterable { case experiment, figure, table }

  public var language: Language
  /// The text between the fences, with the fence's indentation removed.
  public var text: String
  /// The first character of that text.
  public var place: Place

  public init(language: Language, text: String, place: Place) {
    self.language = language
    self.text = text
    self.place = place
  }
}

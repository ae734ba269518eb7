public import Diagnostics
public import Markup
public import Notebook

/// What the laboratory and the charts put into a book's holes.
public struct Computed {
  /// What an `experiment`, `figure` or `table` fence shows: finished figures and tables, with their numbers and ids. The
  /// typesetter knows where the page is (for addresses of data files) and sets captions.
  public var fence: (_ fence: Fence, _ typesetter: Typesetter) -> Node
  /// What a number in the prose says: the text after the `=`, and where it stands.
  public var number: (_ expression: String, _ place: Place) -> Node
  /// What the page says of itself before it begins: that its results are quick ones, for instance.
  public var notice: (_ chapter: Chapter) -> String?

  public init(
    fence: @escaping (_ fence: Fence, _ typesetter: Typesetter) -> Node,
    number: @escaping (_ expression: String, _ place: Place) -> Node,
    notice: @escaping (_ chapter: Chapter) -> String? = { _ in nil }
  ) {
    self.fence = fence
    self.number = number
    self.notice = notice
  }
}

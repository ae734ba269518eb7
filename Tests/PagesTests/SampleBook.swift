import Diagnostics
import Foundation
import Markup
import Notebook

@testable import Pages

/// A small book with everything that a page may hold.
enum Sample {
  static let templates: [String: String] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../templates")
    var texts: [String: String] = [:]
    for name in ["page", "sidebar", "chapter", "outline"] {
      texts[name] = try? String(contentsOf: folder.appending(path: "\(name).mustache"), encoding: .utf8)
    }
    return texts
  }()

  static let introduction = """
    # A field book

    A surveyor’s field book records terrain. This one begins with [what an initializer
    decides](../init/what.md#sec-variance), and its first picture is @fig-variance. More is
    in [a picture of its own](map.png) and [elsewhere](https://example.org).
    """

  static let initializers = #"""
    # What an initializer decides

    Before a network has seen one example, its weights have already chosen how far a signal travels. In a deep tanh
    network that starts too small, activations shrink by a constant factor $\rho < 1$ in every layer, and after thirty
    layers nothing is left to learn from; one that starts too large saturates. Between the two lies a line, the *edge
    of chaos*, on which the variance of a pre-activation keeps its size. This chapter measures where it runs.

    ## The variance map {#sec-variance}

    Let layer $\ell$ have weights drawn with variance $\sigma_w^2 / n_{\ell-1}$ and biases with variance $\sigma_b^2$.
    In the limit of wide layers the pre-activations are Gaussian, and their variance follows

    $$q_\ell = \sigma_w^2 \int_{-\infty}^{\infty} \phi\bigl(\sqrt{q_{\ell-1}}\,z\bigr)^2
      \frac{e^{-z^2/2}}{\sqrt{2\pi}}\,dz + \sigma_b^2.$$ {#eq-variance}

    Its fixed point $q^*$ is reached within a few layers. What a gradient meets on its way back is the slope
    $\chi = \sigma_w^2\,\mathbb{E}[\phi'(\sqrt{q^*}z)^2]$ at that point: by @eq-variance it is
    `= init-study.slope[init=kaiming-normal]` for the network below, as @fig-variance and @tbl-init show; @sec-order
    explains why order matters.

    ```figure
    id: fig-variance
    ```

    ### How it was measured

    Every cell is one network of width 256, initialized once and never trained. The slope is estimated with
    `jacobian-vector products` at a thousand inputs; nothing here depends on labels.[^labels]

    > [!NOTE]
    > Orthogonal weights keep lengths exactly, not only on average. The rest of the book uses them when a comparison
    > must not be about luck.

    > [!WARNING]
    > A diverged run is data. It is drawn up to where it left.

    ## Order, chaos and $\chi = 1$ {#sec-order}

    Three things can be said of each initializer:

    - how the length of a signal changes from layer to layer;
    - how the angle between two signals changes, which decides what can be told apart;
    - how far the singular values of the input–output Jacobian spread.

    ```table
    id: tbl-init
    ```

    The study that made them is a dozen lines:

    ```yaml
    id: init-study
    kind: train
    data: fashion-mnist
    model: {mlp: {hidden: [256, 192, 128, 64], activation: prelu}}
    optimizer: {sgd: {lr: 0.001, momentum: 0.9}}
    sweep:
      init: [lecun, xavier-normal, kaiming-normal, orthogonal, scaled-orthogonal, l-momentum]  # every one of them
      seed: [1, 2, 3, 4, 5]
    ```

    | Symbol | Meaning | Default |
    | --- | --- | ---: |
    | $\sigma_w$ | scale of the weights | 1.5 |
    | $q^*$ | fixed point of the variance | 0.41 |

    > The purpose of computing is insight, not numbers.

    A wide formula scrolls within itself:
    $$\mathcal{L}(\theta + \alpha\,d_1 + \beta\,d_2) \approx \mathcal{L}(\theta) + \alpha\,g^\top d_1
      + \beta\,g^\top d_2 + \tfrac12\alpha^2 d_1^\top H d_1 + \alpha\beta\,d_1^\top H d_2
      + \tfrac12\beta^2 d_2^\top H d_2 + \mathcal{O}(\lVert(\alpha,\beta)\rVert^3)$$
    and the sentence goes on after it.

    [^labels]: Labels enter only with the loss.
    """#

  static let optimizers = """
    It has no heading of its own. See @fig-descent, @fig-variance and @sec-order.

    ```figure
    id: fig-descent
    ```
    """

  static let summary = """
    # Summary

    [A field book](start/introduction.md)

    # Where training starts

    - [What an initializer decides](init/what.md)
      - [Mean-field theory in ten lines]()
      - [Depth without normalization](init/depth.md)

    # Where it goes

    - [Rules that move a point](optimizers.md)

    ---

    [Colophon](colophon.md)
    """

  static let book = Book(
    title: "The Shape of Learning", authors: ["Ada Surveyor", "B. Chain"],
    contents: Contents.parse(summary, file: "chapters/SUMMARY.md").contents,
    chapters: [
      chapter("start/introduction.md", introduction), chapter("init/what.md", initializers),
      chapter("optimizers.md", optimizers), chapter("colophon.md", "Set in Swift."),
      chapter("init/depth.md", "---\ntitle: Depth\ndraft: true\n---\n"),
    ])

  static func chapter(_ path: String, _ text: String) -> Chapter { Chapter.parse(text: text, path: path).chapter }

  /// The figures and tables of a chapter whose fences are an `id` and nothing else.
  static func views(of chapter: Chapter) -> [LabelledView] {
    chapter.body.fences.map { fence in
      LabelledView(
        label: label(of: fence), kind: fence.language == .table ? .table : .figure,
        place: fence.place.moved(lines: 0, columns: 4))
    }
  }

  private static func label(of fence: Fence) -> String {
    String(fence.text.dropFirst(4).prefix { !$0.isNewline })
  }

  static func views(_ book: Book) -> [String: [LabelledView]] {
    Dictionary(uniqueKeysWithValues: book.chapters.map { ($0.path, views(of: $0)) })
  }

  static let references = CrossReferences.collect(book, views: views(book)).0
  static let citations = Citations.collect(book, views: views(book), references: references).0
  static let rendered = renderMath(book.formulas, katex: katexScript).0

  static var computed: Computed {
    Computed(
      fence: { fence, typesetter in
        let label = label(of: fence)
        let number = references.number(of: label) ?? "?"
        let word = fence.language == .table ? "Table" : "Figure"
        let caption = Node.tag(
          "figcaption", [:], .tag("strong", [:], .text("\(word) \(number).")),
          .text(" Six initializers, five seeds each: the mean, and the band between the best and the worst. "),
          .tag("a", ["href": "\(typesetter.root)data/\(label).csv"], "Data"))
        return fence.language == .table
          ? .tag("figure", ["id": label, "class": "table"], caption, table)
          : .tag("figure", ["id": label, "class": "figure"], .tag("div", ["class": "chart-body"], drawing), caption)
      },
      number: { _, _ in .tag("span", ["class": "number"], "0.987 ± 0.004") },
      notice: { $0.path == "init/what.md" ? "Quick results: two seeds and a tenth of the images." : nil })
  }

  private static let drawing: Node = {
    let curves = (0..<5).map { curve in
      let points = (0...40).map { x in
        "\(40 + x * 14),\(270 - Int(230.0 / (1 + exp(-(Double(x) - 14 - 3 * Double(curve)) / 4))))"
      }
      return Node.element(
        "polyline",
        [
          Attribute("points", points.joined(separator: " ")), Attribute("fill", "none"),
          Attribute("stroke", "var(--series-\(curve + 1), var(--accent))"), Attribute("stroke-width", "2"),
        ], [])
    }
    return .tag(
      "svg", ["class": "chart", "viewBox": "0 0 640 300", "width": "680", "role": "img", "aria-label": "Five curves"],
      .tag("path", ["d": "M40 270H610M40 190H610M40 110H610M40 30H610", "stroke": "var(--grid)", "fill": "none"]),
      .fragment(curves))
  }()

  private static let table: Node = .tag(
    "div", ["class": "table-scroll"],
    .tag(
      "table", [:],
      .tag(
        "thead", [:],
        .tag(
          "tr", [:],
          ["Initializer", "Test loss", "Test error", "Condition number", "Spectral norm", "Effective rank"].map {
            .tag("th", [:], .text($0))
          })),
      .tag(
        "tbody", [:],
        ["LeCun", "Xavier", "Kaiming", "Orthogonal", "Scaled orthogonal"].enumerated().map { index, name in
          Node.tag(
            "tr", [:],
            [name, "0.4\(index)1 ± 0.012", "14.\(index) %", "8\(index)2", "1.\(index)4", "41.\(index)"].map {
              .tag("td", [:], .text($0))
            })
        })))

  static func pages() throws -> [Page] {
    try renderPages(
      book, references: references, citations: citations, math: rendered, templates: Templates(templates),
      computed: computed)
  }
}

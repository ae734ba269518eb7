import Diagnostics
import Foundation
import Markup
import Notebook

@testable import Pages

/// A small book with everything that a page may hold, built from the model types.
enum Sample {
  static let templates: [String: String] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../templates")
    var texts: [String: String] = [:]
    for name in ["page", "sidebar", "chapter", "outline"] {
      texts[name] = try? String(contentsOf: folder.appending(path: "\(name).mustache"), encoding: .utf8)
    }
    return texts
  }()

  static func place(_ file: String, _ line: Int, _ column: Int = 1) -> Place {
    Place(file: "chapters/\(file)", line: line, column: column)
  }

  static func element(_ name: String, _ children: Prose...) -> Prose { .element(name, [], children) }
  static func paragraph(_ children: Prose...) -> Prose { .element("p", [], children) }

  static func heading(_ level: Int, _ id: String, _ title: [Prose]) -> Prose {
    .element("h\(level)", [Attribute("id", id)], title)
  }

  static func chapter(
    _ path: String, _ title: String, draft: Bool = false, files: [LinkedFile] = [], _ body: [Prose]
  ) -> Chapter {
    var headings: [Heading] = []
    for case .element(let name, let attributes, let children) in body {
      guard name.first == "h", let level = Int(name.dropFirst()) else { continue }
      let id = attributes.first { $0.name == "id" }?.value ?? ""
      headings.append(Heading(level: level, id: id, title: children, place: place(path, headings.count + 1)))
    }
    return Chapter(path: path, title: title, isDraft: draft, headings: headings, body: body, files: files)
  }

  static func math(_ tex: String) -> Prose { .math(Formula(tex: tex, isDisplay: false, place: place("x.md", 1))) }
  static func display(_ tex: String, label: String? = nil) -> Prose {
    .math(Formula(tex: tex, isDisplay: true, label: label, place: place("x.md", 2)))
  }
  static func reference(_ label: String, line: Int = 3) -> Prose {
    .reference(CrossReference(label: label, place: place("x.md", line, 5)))
  }
  static func fence(_ language: Fence.Language, _ text: String, line: Int = 9) -> Prose {
    .fence(Fence(language: language, text: text, place: place("x.md", line)))
  }

  static let introduction: Chapter = chapter(
    "start/introduction.md", "A field book",
    [
      heading(1, "a-field-book", [.text("A field book")]),
      paragraph(
        .text("A surveyor’s field book records terrain. This one begins with "),
        .element("a", [Attribute("href", "../init/what.md#sec-variance")], [.text("what an initializer decides")]),
        .text(", and its first picture is "), reference("fig-variance"), .text(".")),
    ])

  static let initializers: Chapter = chapter(
    "init/what.md", "What an initializer decides",
    [
      heading(1, "what-an-initializer-decides", [.text("What an initializer decides")]),
      paragraph(
        .text("Before a network has seen one example, its weights have already chosen how far a signal travels. In a "),
        .text("deep tanh network that starts too small, activations shrink by a constant factor "), math(#"\rho < 1"#),
        .text(
          " in every layer, and after thirty layers nothing is left to learn from; one that starts too large saturates. "),
        .text("Between the two lies a line, the "), .element("em", [], [.text("edge of chaos")]),
        .text(", on which the variance of a pre-activation keeps its size. This chapter measures where it runs.")),
      heading(2, "sec-variance", [.text("The variance map")]),
      paragraph(
        .text("Let layer "), math(#"\ell"#), .text(" have weights drawn with variance "),
        math(#"\sigma_w^2 / n_{\ell-1}"#), .text(" and biases with variance "), math(#"\sigma_b^2"#),
        .text(". In the limit of wide layers the pre-activations are Gaussian, and their variance follows"),
        display(
          #"q_\ell = \sigma_w^2 \int_{-\infty}^{\infty} \phi\bigl(\sqrt{q_{\ell-1}}\,z\bigr)^2 \frac{e^{-z^2/2}}{\sqrt{2\pi}}\,dz + \sigma_b^2."#,
          label: "eq-variance"),
        .text("Its fixed point "), math("q^*"), .text(" is reached within a few layers. What a gradient meets on its way "),
        .text("back is the slope "), math(#"\chi = \sigma_w^2\,\mathbb{E}[\phi'(\sqrt{q^*}z)^2]"#),
        .text(" at that point: by "), reference("eq-variance"), .text(" it is "),
        .number("init-study.test-error[init=kaiming-normal] | percent", at: place("init/what.md", 12)),
        .text(" for the network below, as "), reference("fig-variance"), .text(" and "), reference("tbl-init"),
        .text(" show; "), reference("sec-order"), .text(" explains why order matters.")),
      fence(.figure, "id: fig-variance"),
      heading(3, "how-it-was-measured", [.text("How it was measured")]),
      paragraph(
        .text("Every cell is one network of width 256, initialized once and never trained. The slope is estimated with "),
        .element("code", [], [.text("jacobian-vector products")]),
        .text(" at a thousand inputs; nothing here depends on labels."),
        .element(
          "sup", [Attribute("id", "fnref-1"), Attribute("class", "footnote-ref")],
          [.element("a", [Attribute("href", "#fn-1")], [.text("1")])])),
      .element(
        "aside", [Attribute("class", "callout callout-note")],
        [
          .element("p", [Attribute("class", "callout-title")], [.text("Note")]),
          paragraph(.text("Orthogonal weights keep lengths exactly, not only on average. The rest of the book uses them when a comparison must not be about luck.")),
        ]),
      .element(
        "aside", [Attribute("class", "callout callout-warning")],
        [
          .element("p", [Attribute("class", "callout-title")], [.text("Warning")]),
          paragraph(.text("A diverged run is data. It is drawn up to where it left.")),
        ]),
      heading(2, "sec-order", [.text("Order, chaos and "), math(#"\chi = 1"#)]),
      paragraph(.text("Three things can be said of each initializer:")),
      element(
        "ul",
        element("li", .text("how the length of a signal changes from layer to layer;")),
        element("li", .text("how the angle between two signals changes, which decides what can be told apart;")),
        element("li", .text("how far the singular values of the input–output Jacobian spread."))),
      fence(.table, "id: tbl-init"),
      paragraph(.text("The study that made them is a dozen lines:")),
      .code(
        language: "yaml",
        text: """
          id: init-study
          kind: train
          data: fashion-mnist
          model: {mlp: {hidden: [256, 192, 128, 64], activation: prelu}}
          optimizer: {sgd: {lr: 0.001, momentum: 0.9}}
          sweep:
            init: [lecun, xavier-normal, kaiming-normal, orthogonal, scaled-orthogonal, l-momentum] # every one of them
            seed: [1, 2, 3, 4, 5]

          """),
      .element(
        "table", [],
        [
          element("thead", element("tr", element("th", .text("Symbol")), element("th", .text("Meaning")))),
          element(
            "tbody",
            element("tr", element("td", math(#"\sigma_w"#)), element("td", .text("scale of the weights"))),
            element("tr", element("td", math("q^*")), element("td", .text("fixed point of the variance")))),
        ]),
      element(
        "blockquote",
        paragraph(.text("The purpose of computing is insight, not numbers."))),
      paragraph(
        .text("A wide formula scrolls within itself:"),
        display(
          #"\mathcal{L}(\theta + \alpha\,d_1 + \beta\,d_2) \approx \mathcal{L}(\theta) + \alpha\,g^\top d_1 + \beta\,g^\top d_2 + \tfrac12\alpha^2 d_1^\top H d_1 + \alpha\beta\,d_1^\top H d_2 + \tfrac12\beta^2 d_2^\top H d_2 + \mathcal{O}(\lVert(\alpha,\beta)\rVert^3)"#
        )),
      .element(
        "section", [Attribute("class", "footnotes")],
        [.element("ol", [], [.element("li", [Attribute("id", "fn-1")], [.text("Labels enter only with the loss. "), .element("a", [Attribute("href", "#fnref-1")], [.text("↩")])])])]),
    ])

  static let optimizers: Chapter = chapter(
    "optimizers.md", "Rules that move a point",
    [
      paragraph(.text("It has no heading of its own. See "), reference("fig-descent"), .text(" and "), reference("fig-variance")),
      fence(.figure, "id: fig-descent", line: 4),
    ])

  static let book = Book(
    title: "The Shape of Learning", authors: ["Ada Surveyor", "B. Chain"],
    contents: [
      .chapter(ContentsEntry(title: "A field book", chapter: introduction)),
      .part("Where training starts"),
      .chapter(
        ContentsEntry(
          number: [1], title: "What an initializer decides", chapter: initializers,
          children: [
            ContentsEntry(number: [1, 1], title: "Mean-field theory in ten lines", chapter: nil),
            ContentsEntry(
              number: [1, 2], title: "Depth without normalization",
              chapter: chapter("init/depth.md", "Depth", draft: true, [])),
          ])),
      .part("Where it goes"),
      .chapter(ContentsEntry(number: [2], title: "Rules that move a point", chapter: optimizers)),
      .separator,
      .chapter(
        ContentsEntry(title: "Colophon", chapter: chapter("colophon.md", "Colophon", [paragraph(.text("Set in Swift."))]))),
    ])

  static let views: [String: [LabelledView]] = [
    "init/what.md": [
      LabelledView(label: "fig-variance", kind: .figure, place: place("init/what.md", 20, 5)),
      LabelledView(label: "tbl-init", kind: .table, place: place("init/what.md", 40, 5)),
    ],
    "optimizers.md": [LabelledView(label: "fig-descent", kind: .figure, place: place("optimizers.md", 5, 5))],
  ]

  static let references = CrossReferences.collect(book, views: views).0
  static let rendered = renderMath(book.chapters.flatMap(\.formulas), katex: katexScript).0

  static var computed: Computed {
    Computed(
    fence: { fence, root in
      let label = String(fence.text.dropFirst(4))
      let number = references.number(of: label) ?? "?"
      let word = fence.language == .table ? "Table" : "Figure"
      let caption = Node.tag(
        "figcaption", [:], .tag("strong", [:], .text("\(word) \(number).")),
        .text(" Six initializers, five seeds each: the mean, and the band between the best and the worst. "),
        .tag("a", ["href": "\(root)data/\(label).csv"], "Data"))
      return .tag("figure", ["id": label], fence.language == .table ? table : drawing, caption)
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
      "svg", ["viewBox": "0 0 640 300", "width": "760", "role": "img", "aria-label": "Five curves"],
      .tag("path", ["d": "M40 270H610M40 190H610M40 110H610M40 30H610", "stroke": "var(--grid)", "fill": "none"]),
      .fragment(curves))
  }()

  private static let table: Node = .tag(
    "div", ["class": "wide"],
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
      book, references: references, math: rendered, templates: Templates(templates), computed: computed)
  }
}

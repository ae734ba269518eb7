import Charts
import Diagnostics
import Notebook
import Pages
import Specs

/// A figure or table that a chapter places, checked.
struct View {
  enum Content {
    case figure(Figure)
    case table(TableView)
  }

  var content: Content
  /// Where its `id` is written.
  var place: Place
  var caption: [Prose] = []

  var id: String {
    switch content {
    case .figure(let figure): figure.id
    case .table(let table): table.id
    }
  }

  var sources: [Source] {
    switch content {
    case .figure(let figure): figure.sources
    case .table(let table): table.sources
    }
  }

  /// The values that rows are chosen by, with the table they are of.
  var choices: [(source: Source, conditions: [Reference.Condition])] {
    switch content {
    case .figure(let figure): figure.choices
    case .table(let table): table.choices
    }
  }

  var labelled: LabelledView {
    if case .figure = content { return LabelledView(label: id, kind: .figure, place: place, caption: caption) }
    return LabelledView(label: id, kind: .table, place: place, caption: caption)
  }

  func draw(_ presentation: Presentation, tables: TableLookup) -> Drawing {
    switch content {
    case .figure(let figure): figure.draw(presentation, tables: tables)
    case .table(let table): table.draw(presentation, tables: tables)
    }
  }

  /// The views of a fence, and the labels of those with mistakes, so that references to them are not mistakes too.
  static func check(
    _ fence: Fence, shown: [Spec], of experiment: String, schemas: SchemaLookup, into diagnostics: inout [Diagnostic]
  ) -> (views: [View], broken: [LabelledView]) {
    var specs: [(spec: Spec, isTable: Bool)] = []
    switch fence.language {
    case .experiment:
      // A view under `show:` is about its experiment unless it says otherwise.
      specs = shown.map { (defaulting($0, from: experiment), $0["mark"] == nil && $0["layers"] == nil) }
    case .figure, .table:
      do {
        specs = [(try Spec.parse(fence.text, at: fence.place), fence.language == .table)]
      } catch {
        diagnostics += error.diagnostics
        return ([], [])
      }
    }
    var views: [View] = []
    var broken: [LabelledView] = []
    for (spec, isTable) in specs {
      let place = spec["id"]?.place ?? spec.place
      let content: Content? =
        isTable
        ? TableView.check(spec, schemas: schemas, into: &diagnostics).map(Content.table)
        : Figure.check(spec, schemas: schemas, into: &diagnostics).map(Content.figure)
      if let content {
        var view = View(content: content, place: place)
        let problems: [Diagnostic]
        switch content {
        case .figure(let figure): (view.caption, problems) = inlineProse(figure.caption, at: figure.captionPlace)
        case .table(let table): (view.caption, problems) = inlineProse(table.caption, at: table.captionPlace)
        }
        diagnostics += problems
        views.append(view)
      } else if let id = spec["id"]?.text {
        broken.append(LabelledView(label: id, kind: isTable ? .table : .figure, place: place))
      }
    }
    return (views, broken)
  }
}

private func defaulting(_ view: Spec, from experiment: String) -> Spec {
  guard case .map = view.value, view["from"] == nil else { return view }
  return view.setting(["from"], to: Spec(.scalar(experiment, quoted: false), at: view.place), keyPlace: view.place)
}

public import Notebook

extension Chapter {
  /// All formulas of the chapter in reading order, those of headings among them.
  public var formulas: [Formula] {
    var found: [Formula] = []
    walk { if case .math(let formula) = $0 { found.append(formula) } }
    return found
  }

  /// All fences in reading order.
  public var fences: [Fence] {
    var found: [Fence] = []
    walk { if case .fence(let fence) = $0 { found.append(fence) } }
    return found
  }

  /// Visits every piece of the chapter, an element before what is in it.
  func walk(_ visit: (Prose) -> Void) { for prose in body { prose.walk(visit) } }
}

extension Prose {
  func walk(_ visit: (Prose) -> Void) {
    visit(self)
    if case .element(_, _, let children) = self { for child in children { child.walk(visit) } }
  }
}

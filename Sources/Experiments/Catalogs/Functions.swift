public import Autodiff
public import Specs
import Tensors

/// A function of the plane: `(x, y) ↦ z`, traced.
public typealias PlaneFunction = @Sendable (_ x: Value, _ y: Value) -> Value

typealias PlaneFunctionItem = MakerCatalog<@Sendable (Values) -> PlaneFunction>.Item

/// Analytic functions that optimizers are tried on.
public let functionCatalog = MakerCatalog<@Sendable (Values) -> PlaneFunction>(
  "function",
  [
    .init(
      CatalogEntry(
        "quadratic",
        options: [
          Option(
            "matrix", .list(.list(.number(), count: 2...2), count: 2...2), .yaml("[[1, 0], [0, 1]]"),
            "A in f = ½(p−c)ᵀA(p−c), made symmetric."),
          Option("center", .list(.number(), count: 2...2), .yaml("[0, 0]"), "c."),
          Option("offset", .number(), .yaml("0"), "Added to every value."),
        ],
        doc: "½(p−c)ᵀA(p−c) + offset: a bowl, a valley or a saddle.")
    ) { o in
      let a = o.list("matrix").map { $0.asList.map(\.asNumber) }
      let c = o.list("center").map(\.asNumber)
      let offset = o.number("offset")
      let mixed = (a[0][1] + a[1][0]) / 2
      return { x, y in
        let u = x - c[0]
        let v = y - c[1]
        return 0.5 * a[0][0] * u.squared + mixed * (u * v) + 0.5 * a[1][1] * v.squared + offset
      }
    },
    .init(
      CatalogEntry(
        "rosenbrock",
        options: [
          Option("a", .number(), .yaml("1"), "Where the minimum is: (a, a²)."),
          Option("b", .number(above: 0), .yaml("100"), "How narrow the valley is."),
        ],
        doc: "(a−x)² + b(y−x²)²: a curved valley.", source: "Rosenbrock 1960")
    ) { o in
      let a = o.number("a")
      let b = o.number("b")
      return { x, y in (a - x).squared + b * (y - x.squared).squared }
    },
    .init(
      CatalogEntry(
        "himmelblau", doc: "(x²+y−11)² + (x+y²−7)²: four minima, four saddles, one maximum.", source: "Himmelblau 1972")
    ) { _ in { x, y in (x.squared + y - 11).squared + (x + y.squared - 7).squared } },
    .init(
      CatalogEntry(
        "beale", doc: "(1.5−x+xy)² + (2.25−x+xy²)² + (2.625−x+xy³)²: flat far out, minimum at (3, ½).",
        source: "Beale 1958")
    ) { _ in
      { x, y in
        (1.5 - x + x * y).squared + (2.25 - x + x * y.squared).squared
          + (2.625 - x + x * (y * y.squared)).squared
      }
    },
    .init(
      CatalogEntry(
        "gaussian",
        options: [
          Option("amplitude", .number(above: 0), .yaml("1"), "Depth A."),
          Option("center", .list(.number(), count: 2...2), .yaml("[0, 0]"), "Where the minimum is."),
          Option("sigma", .list(.number(above: 0), count: 2...2), .yaml("[1, 1]"), "Widths."),
          Option("offset", .number(), .yaml("0"), "The value far away."),
        ],
        doc: "offset − A·exp(−(x−x₀)²/(2σ₁²) − (y−y₀)²/(2σ₂²)): a pit, convex only inside one standard deviation.")
    ) { o in
      let c = o.list("center").map(\.asNumber)
      let s = o.list("sigma").map(\.asNumber)
      let amplitude = o.number("amplitude")
      let offset = o.number("offset")
      return { x, y in offset - gaussianBowl(x, y, amplitude: amplitude, center: c, sigma: s) }
    },
    gaussianMixtureEntry, polynomialEntry, doubleWellEntry, monkeySaddleEntry, productEntry, rastriginEntry,
  ])

/// A·exp(−(x−x₀)²/(2σ₁²) − (y−y₀)²/(2σ₂²)).
func gaussianBowl(_ x: Value, _ y: Value, amplitude: Double, center: [Double], sigma: [Double]) -> Value {
  let u = (x - center[0]) / sigma[0]
  let v = (y - center[1]) / sigma[1]
  return amplitude * (-0.5 * (u.squared + v.squared)).exp
}

/// A function of the plane as an objective's function: two coordinates, no data.
func traced(_ function: @escaping PlaneFunction) -> TracedFunction {
  TracedFunction(layout: planeLayout) { a in
    TracedFunction.Result(value: function(a.parameters[0], a.parameters[1]))
  }
}

/// The two coordinates.
let planeLayout = {
  var layout = ParameterLayout()
  layout.append("x", .scalar, role: .coordinate, layer: 1)
  layout.append("y", .scalar, role: .coordinate, layer: 1)
  return layout
}()

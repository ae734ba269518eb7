import Autodiff
import Specs

let gaussianMixtureEntry = PlaneFunctionItem(
  CatalogEntry(
    "gaussian-mixture",
    options: [
      Option(
        "bowls",
        .list(
          .options([
            Option("amplitude", .number(above: 0), .yaml("1"), "Depth A."),
            Option("center", .list(.number(), count: 2...2), .yaml("[0, 0]"), "Where it is deepest."),
            Option("sigma", .list(.number(above: 0), count: 2...2), .yaml("[1, 1]"), "Widths."),
          ]), count: 1...50), .required, "The pits."),
      Option("offset", .number(), .yaml("0"), "The value far away."),
    ],
    doc: "offset − Σ A·exp(−(x−x₀)²/(2σ₁²) − (y−y₀)²/(2σ₂²)): several pits under one rim.")
) { o in
  let bowls = o.list("bowls").map { $0.asOptions }
  let offset = o.number("offset")
  return { x, y in
    let depths = bowls.map { bowl in
      gaussianBowl(
        x, y, amplitude: bowl.number("amplitude"), center: bowl.list("center").map(\.asNumber),
        sigma: bowl.list("sigma").map(\.asNumber))
    }
    return offset - depths.dropFirst().reduce(depths[0], +)
  }
}

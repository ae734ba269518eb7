import Autodiff
import Specs

let rastriginEntry = PlaneFunctionItem(
  CatalogEntry(
    "rastrigin",
    options: [
      Option("ripple", .number(atLeast: 0), .yaml("10"), "A in x² + y² + A(2 − cos 2πx − cos 2πy): 0 is a bowl.")
    ],
    doc: "A bowl with ripples: x² + y² + A(2 − cos 2πx − cos 2πy), a minimum near each pair of whole numbers.",
    source: "Rastrigin 1974")
) { o in
  let ripple = o.number("ripple")
  let turn = 2 * Double.pi
  return { x, y in
    let waves = (turn * x).cos + (turn * y).cos
    return x.squared + y.squared + ripple * (2 - waves)
  }
}

import Autodiff
import Specs

let polynomialEntry = MakerCatalog<@Sendable (Values) -> PlaneFunction>.Item(
  CatalogEntry(
    "polynomial",
    options: [
      Option(
        "terms",
        .list(
          .options([
            Option("coefficient", .number(), .yaml("1"), "c."), Option("x", .integer(0...12), .yaml("0"), "i."),
            Option("y", .integer(0...12), .yaml("0"), "j."),
          ]), count: 1...100), .required, "The terms c·xⁱ·yʲ.")
    ],
    doc: "A sum of powers: x⁴ + y⁴, −x⁴, x² and their like are where tests for minima fail.")
) { o in
  let terms = o.list("terms").map(\.asOptions)
  return { x, y in
    terms.map { $0.number("coefficient") * (x.power($0.integer("x")) * y.power($0.integer("y"))) }.reduce(0 * x, +)
  }
}

extension Value {
  /// A whole power, by multiplication.
  fileprivate func power(_ exponent: Int) -> Value {
    guard exponent > 1 else { return exponent == 1 ? self : 1 + 0 * self }
    let half = power(exponent / 2)
    return exponent % 2 == 0 ? half.squared : half.squared * self
  }
}

import Datasets
import Specs

extension Augmentation {
  /// `augment: {flip: true, rotate: 10, crop: 4}`.
  static let option = Option(
    "augment",
    .options([
      Option("flip", .boolean, .yaml("false"), "Flip every other picture, at random, left to right."),
      Option("rotate", .number(atLeast: 0, atMost: 180), .yaml("0"), "Largest angle either way, in degrees."),
      Option("crop", .integer(0...1000), .yaml("0"), "Largest shift along each axis, in pixels, black coming in."),
      Option(
        "interpolation", .choice(Interpolation.allCases.map(\.rawValue)), .yaml("nearest"),
        "How a rotated picture is read between its pixels."),
    ]), .absent,
    "Random changes to pictures that are learned from, another in each epoch; those tested on are never changed.")

  /// What an author said; `nil` when nothing.
  init?(_ options: Values) {
    guard let o = options["augment"]?.asOptions else { return nil }
    self.init(
      flip: o.boolean("flip"), rotate: o.number("rotate"), crop: o.integer("crop"),
      interpolation: Interpolation(rawValue: o.text("interpolation"))!)
  }
}

@testable import Experiments
import Tables
import Tensors
import Testing

struct SharpnessStudyTests {
  /// A linear regression at its minimum, one Newton step from anywhere.
  private func minimum(_ folder: String) throws -> Checkpoint {
    try #require(
      try run(trainKind, LineData.spec + "optimizer: {newton: {}}\nepochs: 3\n", folder: folder).checkpoints.last)
  }

  private func outcome(_ rest: String, at checkpoint: Checkpoint, _ folder: String) throws -> Outcome {
    let spec = LineData.spec.replacing("batch: full\n", with: "") + "from: base@end\n" + rest
    return try prepare(sharpnessKind, spec, folder: folder).run(
      inputs: ["from": [Input(tables: [], checkpoint: checkpoint)]], doors: Doors())
  }

  @Test("In a ball about a quadratic's minimum the loss rises by ½ρ²λ")
  func ball() throws {
    try LineData.inFolder { folder in
      let there = try minimum(folder)
      let rise = try outcome("region: ball\nradius: 0.3\nsteps: 200\n", at: there, folder).column("rise", of: "runs")[0]
      #expect(abs(rise - 0.5 * 0.09 * LineData.largest) < 1e-9)
    }
  }

  @Test("In Keskar's box it rises as far as at the highest of the corners, and sharpness is a share of 1 + loss")
  func box() throws {
    try LineData.inFolder { folder in
      let there = try minimum(folder)
      let bounds = there.parameters.map { 0.1 * (abs($0) + 1) }
      let hessian = LineData.hessian
      let corners = (0..<8).map { corner -> Double in
        let z = (0..<3).map { corner >> $0 & 1 == 0 ? bounds[$0] : -bounds[$0] }
        return (0..<9).reduce(0) { $0 + 0.5 * z[$1 / 3] * hessian[$1 / 3, $1 % 3] * z[$1 % 3] }
      }
      let found = try outcome("radius: 0.1\nclimbs: 10\n", at: there, folder)
      let (rise, loss) = (try found.column("rise", of: "runs")[0], try found.column("loss", of: "runs")[0])
      #expect(abs(rise - corners.max()!) < 1e-9)
      #expect(abs(try found.column("sharpness", of: "runs")[0] - 100 * rise / (1 + loss)) < 1e-12)
      #expect(abs(try found.column("highest", of: "runs")[0] - loss - rise) < 1e-15)
    }
  }

  @Test("On a slope the point's own climb finds the way up, and a larger neighbourhood is no lower")
  func slope() throws {
    let task = "data: {spirals: {points: 30, test: 0}}\nmodel: {mlp: {hidden: [6], activation: tanh}}\nclimbs: 0\n"
    var last = 0.0
    for radius in [0.01, 0.1, 0.5] {
      let found = try run(sharpnessKind, task + "region: ball\nradius: \(radius)\n")
      let rise = try found.column("rise", of: "runs")[0]
      #expect(rise > last)
      last = rise
    }
  }

  @Test("Of a function of the plane it looks around the point given, and around the origin when none is")
  func plane() throws {
    // Himmelblau's function is 0 at (3, 2), where its Hessian is [[74, 20], [20, 34]], and falls from 170 at the origin.
    let largest = 54 + (20.0 * 20 + 20 * 20).squareRoot()
    let spec = "function: himmelblau\nregion: ball\nradius: 1e-4\nsteps: 200\n"
    let found = try run(sharpnessKind, spec + "at: [3, 2]\n")
    #expect(abs(try found.column("rise", of: "runs")[0] / (0.5e-8 * largest) - 1) < 1e-3)
    #expect(try run(sharpnessKind, spec).column("loss", of: "runs") == [170])
  }
}

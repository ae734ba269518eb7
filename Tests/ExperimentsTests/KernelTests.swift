import Autodiff
@testable import Experiments
import Networks
import Tables
import Tensors
import Testing

struct KernelTests {
  @Test("The kernel is Σ r·J·Jᵀ, symmetric and positive")
  func jacobian() throws {
    let model = Model.perceptron(inputs: 3, hidden: [5, 4], outputs: 1, activation: .tanh, bias: false)
    let start = Initializer.lecun(.normal).parameters(for: .init(model: model, bookSeed: 1, seed: 1))
    let inputs = [0.3, -1, 2, 1, 0.5, -0.2, -2, 0.1, 0.7, 0.4, 0.4, 0.4]
    let rates = [0.5, 2, 3]
    let kernel = TangentKernel(model, rates: rates, inputs: inputs)(at: Vector(start))
    // Gradients one sample at a time.
    let function = TracedFunction(layout: model.layout, data: { _ in [[1, 3]] }) { arguments in
      TracedFunction.Result(value: model.pass(arguments.parameters, arguments.data[0]).outputs.sum())
    }
    let objective = TracedObjective<Double>(function)
    let gradients = (0..<4).map { sample in
      objective.set([Vector(inputs[sample * 3..<sample * 3 + 3])], samples: 1)
      var gradient = Vector<Double>(zeros: start.count)
      _ = objective.gradient(at: Vector(start), into: &gradient)
      return gradient.array
    }
    for i in 0..<4 {
      for j in 0..<4 {
        let wanted = zip(model.layout.slices, rates).reduce(0.0) { total, part in
          total + part.1 * part.0.range.reduce(0) { $0 + gradients[i][$1] * gradients[j][$1] }
        }
        #expect(abs(kernel[i, j] - wanted) < 1e-12)
      }
    }
    #expect(try #require(kernel.symmetricEigen()).values[0] > 0)
  }

  @Test("The limit agrees with the arc-cosine kernel by hand, and networks come closer to it as they widen")
  func limit() throws {
    // One hidden layer, σ² = 2, unit directions: Θ = Σ¹ + 2c(π−θ)/π with Σ¹ = 2(sin θ + (π−θ) cos θ)/π.
    let root = 2.0.squareRoot()
    let inputs: [Double] = [root, 0, 0, root, 1, 1]
    let kernel = analyticTangentKernel(inputs: inputs, width: 2, hiddenLayers: 1, weightVariance: 2)
    #expect(abs(kernel[0, 0] - 4) < 1e-12)
    #expect(abs(kernel[0, 1] - 2 / Double.pi) < 1e-12)
    let angle = Double.pi / 4
    let cosine = 0.5.squareRoot()
    let open = (Double.pi - angle) / Double.pi
    #expect(abs(kernel[0, 2] - (2 * (cosine / Double.pi + open * cosine) + 2 * cosine * open)) < 1e-12)
    let runs = try run(
      ntkKind, "widths: [16, 64, 256]\ndepth: 1\ninputs: 4\nsamples: 6\nsteps: 20\n"
    ).tables
    let widths = runs[1]
    #expect(widths["kernel-error"]!.number(2)! < widths["kernel-error"]!.number(0)!)
    #expect(runs[0]["smallest-eigenvalue"]!.number(0)! > -1e-10)
    #expect(runs[0]["asymmetry"]!.number(0)! < 1e-10)
    #expect(widths["loss"]!.number(2)! < widths["start-loss"]!.number(2)!)
  }

  @Test("Training moves weights and kernel less in wider networks")
  func lazy() throws {
    let tables = try run(
      ntkKind, "widths: [16, 64, 256]\ndepth: 2\ninputs: 4\nsamples: 6\nsteps: 40\n"
    ).tables
    #expect(tables[0]["kernel-change-slope"]!.number(0)! < -0.3)
    for layer in 0..<3 { #expect(tables[3]["slope"]!.number(layer)! < -0.25) }
    // Hidden weights move by 1/width in all, the others by its root.
    #expect(tables[3]["slope"]!.number(1)! < tables[3]["slope"]!.number(0)! - 0.2)
  }

  @Test("arccos is accurate over its whole range")
  func arccosines() {
    for (x, wanted) in [
      (1.0, 0.0), (-1.0, Double.pi), (0.0, Double.pi / 2), (0.5, Double.pi / 3), (-0.5, 2 * Double.pi / 3),
      (0.99999, 0.004472139681776703), (-0.99, 3.000053180265366),
    ] { #expect(abs(arccosine(x) - wanted) < 1e-14) }
  }
}

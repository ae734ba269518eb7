import Autodiff
@testable import Landscapes
import Tensors
import Testing

@Suite struct PenalizedTests {
  @Test func `Weight decay adds its value, slope and curvature`() {
    let base = linearModel(samples: 20, labels: true)
    let penalized = Penalized(base, decay: 0.3)
    let point = Vector((0..<16).map { 0.1 * Double($0) - 0.7 })
    let direction = Vector((0..<16).map { Double($0 % 3) - 1 })
    #expect(penalized.layout == base.layout)
    #expect(abs(penalized.value(at: point) - base.value(at: point) - 0.15 * point.dot(point)) < 1e-12)
    var (plain, ours) = (Vector<Double>(zeros: 16), Vector<Double>(zeros: 16))
    let value = penalized.gradient(at: point, into: &ours)
    #expect(value == penalized.value(at: point))
    _ = base.gradient(at: point, into: &plain)
    for index in 0..<16 { #expect(abs(ours[index] - plain[index] - 0.3 * point[index]) < 1e-12) }
    penalized.hessianProduct(at: point, with: direction, into: &ours, samePoint: false)
    base.hessianProduct(at: point, with: direction, into: &plain, samePoint: false)
    for index in 0..<16 { #expect(abs(ours[index] - plain[index] - 0.3 * direction[index]) < 1e-12) }
  }

  @Test func `With weight decay a softmax has one minimum, and nothing is flat about it`() {
    let found = Penalized(linearModel(samples: 40, labels: true), decay: 0.1)
      .criticalPoint(near: Array(repeating: 0.1, count: 16), tolerance: 1e-9)
    #expect(found.converged && Inertia(of: found.eigenvalues).verdict == .minimum)
    // Directions that change no probability have the penalty's curvature alone.
    #expect(found.eigenvalues.prefix(4).allSatisfy { abs($0 - 0.1) < 1e-9 } && found.eigenvalues[4] > 0.1)
  }
}

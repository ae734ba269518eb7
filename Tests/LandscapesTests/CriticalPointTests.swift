import Autodiff
@testable import Landscapes
import Tensors
import Testing

@Suite struct CriticalPointTests {
  @Test func `Himmelblau's function has four minima, four saddles and one maximum`() {
    let objective = plane(himmelblau)
    var stream = Stream(book: 1, run: 1, purpose: .data("starts"))
    let found = (0..<60).map { _ in
      objective.criticalPoint(near: [stream.uniform(from: -6, to: 6), stream.uniform(from: -6, to: 6)])
    }
    #expect(found.count { $0.converged } > 50)
    let distinct = found.filter(\.converged).distinct(within: 1e-6)
    let verdicts = distinct.map { Inertia(of: $0.point.eigenvalues).verdict }
    #expect(distinct.count == 9)
    #expect(verdicts.count { $0 == .minimum } == 4)
    #expect(verdicts.count { $0 == .saddle } == 4)
    #expect(verdicts.count { $0 == .maximum } == 1)
    #expect(distinct.reduce(0) { $0 + $1.places.count } == found.count { $0.converged })
    // Himmelblau 1972: one minimum is (3, 2), the maximum (−0.270845, −0.923039) of 181.617.
    #expect(distinct.contains { difference($0.point.point, [3, 2]) < 1e-9 })
    let maximum = distinct[verdicts.firstIndex(of: .maximum)!].point
    #expect(difference(maximum.point, [-0.270845, -0.923039]) < 1e-6)
    #expect(abs(maximum.loss - 181.617) < 1e-3)
    // Poincaré–Hopf for a function that grows on all sides: minima − saddles + maxima = 1.
    #expect(distinct.allSatisfy { $0.point.gradientNorm <= 1e-10 })
  }

  @Test func `Newton's step solves a quadratic, and a singular Hessian is no obstacle`() {
    let saddle = plane { x, y in 0.5 * x.squared - 0.25 * y.squared + x * y }
    let found = saddle.criticalPoint(near: [3, -2])
    #expect(found.converged && found.point.allSatisfy { abs($0) < 1e-9 } && found.steps < 12)
    let valley = plane { x, y in (x - 1).squared + 0 * y }
    let line = valley.criticalPoint(near: [5, 7])
    // The pseudo-inverse leaves y where it is.
    #expect(line.converged && abs(line.point[0] - 1) < 1e-9 && line.point[1] == 7)
  }

  @Test func `Where there is no critical point the search says so`() {
    // ∇ = (3x² + 1, 2y): at x = 0 its length is least and the Hessian is singular.
    let flat = plane { x, y in x * x.squared + x + y.squared }
    let found = flat.criticalPoint(near: [0.7, 1])
    #expect(!found.converged && abs(found.gradientNorm - 1) < 1e-3 && abs(found.point[0]) < 0.03)
    // H = diag(6x, 2) and ∇ ≈ (1, 0): the gradient is in the kernel as x goes to 0.
    let (x, y) = (found.point[0], found.point[1])
    let slope = 3 * x * x + 1
    let residual = (36 * x * x * slope * slope + 16 * y * y).squareRoot() / 2 / (slope * slope + 4 * y * y).squareRoot()
    #expect(residual < 0.1 && abs(found.cokernelResidual - residual) <= 1e-12)
    // Far from there it is not: one eigenvalue and all of the gradient along it.
    let start = flat.criticalPoint(near: [0.7, 0], maximumSteps: 0)
    #expect(abs(start.cokernelResidual - 1) < 1e-12)
    let infinite = plane { x, y in x.log + y }
    #expect(!infinite.criticalPoint(near: [-1, 0]).converged)
    #expect(!flat.criticalPoint(near: [0.7, 1], isCancelled: { true }).converged)
  }

  @Test func `Equal places with different losses stay apart, and the smallest gradient stands for its group`() {
    func point(_ place: Double, _ loss: Double, _ norm: Double) -> CriticalPoint {
      CriticalPoint(
        point: [place], loss: loss, gradientNorm: norm, eigenvalues: [1], startingCurvature: 1, steps: 1,
        converged: true)
    }
    let groups = [point(0, 1, 1e-11), point(1e-8, 1, 1e-13), point(0, 2, 0), point(1, 1, 0)].distinct(within: 1e-6)
    #expect(groups.map(\.places) == [[0, 1], [2], [3]])
    #expect(groups[0].point.gradientNorm == 1e-13)
  }

  @Test func `Points are ordered by index, loss and coordinates, and rounding decides nothing`() {
    func point(_ place: [Double], _ loss: Double) -> CriticalPoint {
      CriticalPoint(
        point: place, loss: loss, gradientNorm: 0, eigenvalues: [1, 1], startingCurvature: 1, steps: 1, converged: true)
    }
    let points = [
      point([0, 1], 3), point([2, 0], 1e-20), point([1e-12, -1], 3 + 1e-9), point([-2, 0], 1e-18), point([9, 9], -4),
    ]
    #expect(points.order(byIndex: [0, 0, 0, 0, 0.5]) == [3, 1, 2, 0, 4])
    #expect([CriticalPoint]().order(byIndex: []).isEmpty)
  }

  @Test func `A small network's search ends at a critical point of its own Hessian`() throws {
    let objective = linearModel(samples: 40, labels: true)
    let found = objective.criticalPoint(near: Array(repeating: 0.1, count: 16), tolerance: 1e-9)
    #expect(found.converged)
    let dense = try #require(objective.hessianMatrix(at: Vector(found.point)).symmetricEigen()).values
    #expect(found.eigenvalues == dense)
    let inertia = Inertia(of: found.eigenvalues)
    // Convex; adding one number to all logits of an input or bias changes nothing: 4 zero directions.
    #expect(inertia.negative == 0 && inertia.zero == 4 && inertia.positive == 12 && inertia.verdict == .undecided)
  }
}

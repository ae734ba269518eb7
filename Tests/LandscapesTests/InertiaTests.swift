import Autodiff
import Landscapes
import Tensors
import Testing

@Suite struct InertiaTests {
  @Test func `Critical points of known functions are what they are, and undecided where the Hessian is singular`() {
    let cases: [(String, TracedObjective<Double>, [Int], Inertia.Verdict)] = [
      ("x² + y²", plane { $0.squared + $1.squared }, [0, 0, 2], .minimum),
      ("x² − y²", plane { $0.squared - $1.squared }, [1, 0, 1], .saddle),
      ("−x² − y²", plane { -1 * $0.squared - $1.squared }, [2, 0, 0], .maximum),
      ("x²", plane { x, y in x.squared + 0 * y }, [0, 1, 1], .undecided),
      ("x³ − 3xy²", plane { x, y in x * x.squared - 3 * (x * y.squared) }, [0, 2, 0], .undecided),
      ("x⁴ + y⁴", plane { $0.squared.squared + $1.squared.squared }, [0, 2, 0], .undecided),
      ("−x⁴", plane { x, y in -1 * x.squared.squared + 0 * y }, [0, 2, 0], .undecided),
    ]
    for (name, objective, counts, verdict) in cases {
      let found = objective.criticalPoint(near: [0, 0])
      let inertia = Inertia(of: found.eigenvalues)
      #expect(found.converged && found.steps == 0, "\(name)")
      #expect([inertia.negative, inertia.zero, inertia.positive] == counts, "\(name)")
      #expect(inertia.verdict == verdict, "\(name)")
    }
  }

  @Test func `A degenerate point that is only come near is undecided beside the curvature at the start`() {
    let objective = plane { $0.squared.squared + $1.squared.squared }
    let found = objective.criticalPoint(near: [1.5, -1.25], tolerance: 1e-12)
    #expect(found.converged && found.gradientNorm <= 1e-12)
    // On its own the tiny Hessian looks like a minimum's.
    #expect(Inertia(of: found.eigenvalues).verdict == .minimum)
    #expect(Inertia(of: found.eigenvalues, scale: found.startingCurvature).verdict == .undecided)
  }

  @Test func `The tolerance decides what is zero, and the index is the share of negative eigenvalues`() {
    let values = [-2, -1e-5, 1e-9, 3, 4]
    #expect(Inertia(of: values).negative == 2)
    #expect(Inertia(of: values, tolerance: 1e-4) == Inertia(of: [-1, 0, 0, 1, 1]))
    #expect(Inertia(of: values, tolerance: 0).zero == 0)
    #expect(Inertia(of: values).index == 0.4)
    #expect(Inertia(of: [0.0, 0]).verdict == .undecided && Inertia(of: [0.0, 0]).zero == 2)
    #expect(Inertia(of: [-1.0, 0, 0]).verdict == .undecided)
  }
}

/// A step length that satisfies the strong Wolfe conditions, f(t) ≤ f(0) + c₁t·f′(0) and |f′(t)| ≤ c₂|f′(0)|: first a
/// bracket, then shrinking it by cubic interpolation. Nocedal & Wright 2006, ch. 3.5; the details (bounds, insufficient
/// progress) are those of minFunc and PyTorch's LBFGS.
///
/// - Parameters:
///   - first: the length tried first.
///   - tolerance: brackets narrower than this are not divided further.
///   - evaluate: value and slope at a length.
/// - Returns: the best length found within 25 evaluations, if the conditions cannot be met.
func strongWolfe(
  from first: Double, loss: Double, slope: Double, tolerance: Double, c1: Double = 1e-4, c2: Double = 0.9,
  evaluate: (Double) -> (loss: Double, slope: Double)
) -> Double {
  typealias Trial = (t: Double, loss: Double, slope: Double)
  let most = 25
  func tried(_ t: Double) -> Trial {
    let (loss, slope) = evaluate(t)
    return (t, loss, slope)
  }
  let start: Trial = (0, loss, slope)
  var last = start
  var now = tried(first)
  var bracket: [Trial] = []
  var tries = 0
  while tries < most {
    if now.loss > loss + c1 * now.t * slope || (tries > 1 && now.loss >= last.loss) {
      bracket = [last, now]
      break
    }
    if abs(now.slope) <= -c2 * slope { return now.t }
    if now.slope >= 0 {
      bracket = [last, now]
      break
    }
    let bounds = now.t + 0.01 * (now.t - last.t)...max(now.t + 0.01 * (now.t - last.t), now.t * 10)
    let next = cubicMinimum(last, now, within: bounds)
    last = now
    now = tried(next)
    tries += 1
  }
  if bracket.isEmpty { bracket = [start, now] }

  var low = bracket[0].loss <= bracket[1].loss ? 0 : 1
  var isStuck = false
  while tries < most {
    let width = abs(bracket[1].t - bracket[0].t)
    if width < tolerance { break }
    let ends = min(bracket[0].t, bracket[1].t)...max(bracket[0].t, bracket[1].t)
    var t = cubicMinimum(bracket[0], bracket[1], within: ends)
    // Near an end twice, or on it: a tenth of the bracket inside.
    let margin = 0.1 * width
    if min(ends.upperBound - t, t - ends.lowerBound) < margin {
      if isStuck || t >= ends.upperBound || t <= ends.lowerBound {
        t = abs(t - ends.upperBound) < abs(t - ends.lowerBound) ? ends.upperBound - margin : ends.lowerBound + margin
        isStuck = false
      } else {
        isStuck = true
      }
    } else {
      isStuck = false
    }
    now = tried(t)
    tries += 1
    if now.loss > loss + c1 * t * slope || now.loss >= bracket[low].loss {
      bracket[1 - low] = now
      low = bracket[0].loss <= bracket[1].loss ? 0 : 1
    } else {
      let isDone = abs(now.slope) <= -c2 * slope
      if !isDone, now.slope * (bracket[1 - low].t - bracket[low].t) >= 0 { bracket[1 - low] = bracket[low] }
      bracket[low] = now
      if isDone { break }
    }
  }
  return bracket[low].t
}

/// Where the cubic through two values with these slopes is lowest, within bounds; their middle if it has no minimum.
private func cubicMinimum(
  _ a: (t: Double, loss: Double, slope: Double), _ b: (t: Double, loss: Double, slope: Double),
  within bounds: ClosedRange<Double>
) -> Double {
  let d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.t - b.t)
  let square = d1 * d1 - a.slope * b.slope
  let middle = (bounds.lowerBound + bounds.upperBound) / 2
  guard square >= 0 else { return middle }
  let d2 = square.squareRoot()
  let t =
    a.t <= b.t
    ? b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
    : a.t - (a.t - b.t) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2))
  return t.isNaN ? middle : min(max(t, bounds.lowerBound), bounds.upperBound)
}

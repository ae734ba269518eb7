/// One step over a tile: a loop for each operation, written so that it becomes vector instructions.
@inline(__always)
func perform<T: Scalar>(
  _ step: Elementwise.Step, _ registers: UnsafeMutablePointer<UnsafeMutablePointer<T>>, _ n: Int
) {
  let d = unsafe registers[step.destination]
  let a = unsafe registers[step.a]
  let b = unsafe registers[step.b]
  let c = unsafe registers[step.c]
  switch step.operation {
  case .add: for i in 0..<n { unsafe d[i] = a[i] + b[i] }
  case .subtract: for i in 0..<n { unsafe d[i] = a[i] - b[i] }
  case .multiply: for i in 0..<n { unsafe d[i] = a[i] * b[i] }
  case .divide: for i in 0..<n { unsafe d[i] = a[i] / b[i] }
  case .maximum: for i in 0..<n { unsafe d[i] = a[i] < b[i] ? b[i] : a[i] + 0 * b[i] }
  case .minimum: for i in 0..<n { unsafe d[i] = b[i] < a[i] ? b[i] : a[i] + 0 * b[i] }
  case .equal: for i in 0..<n { unsafe d[i] = a[i] == b[i] ? 1 : 0 }
  case .greater: for i in 0..<n { unsafe d[i] = a[i] > b[i] ? 1 : 0 }
  case .negate: for i in 0..<n { unsafe d[i] = -a[i] }
  case .exp: for i in 0..<n { unsafe d[i] = Functions<T>.exp(a[i]) }
  case .log: for i in 0..<n { unsafe d[i] = Functions<T>.log(a[i]) }
  case .sqrt: for i in 0..<n { unsafe d[i] = T.squareRoot(a[i]) }
  case .tanh: for i in 0..<n { unsafe d[i] = Functions<T>.tanh(a[i]) }
  case .erf: for i in 0..<n { unsafe d[i] = Functions<T>.erf(a[i]) }
  case .sigmoid: for i in 0..<n { unsafe d[i] = Functions<T>.sigmoid(a[i]) }
  case .sin: for i in 0..<n { unsafe d[i] = Functions<T>.sin(a[i]) }
  case .cos: for i in 0..<n { unsafe d[i] = Functions<T>.cos(a[i]) }
  case .softplus: for i in 0..<n { unsafe d[i] = Functions<T>.softplus(a[i]) }
  // Written so that NaN passes through.
  case .relu: for i in 0..<n { unsafe d[i] = a[i] < 0 ? 0 : a[i] }
  case .step: for i in 0..<n { unsafe d[i] = a[i] > 0 ? 1 : 0 }
  case .sign: for i in 0..<n { unsafe d[i] = a[i] > 0 ? 1 : (a[i] < 0 ? -1 : a[i]) }
  case .absolute: for i in 0..<n { unsafe d[i] = abs(a[i]) }
  case .square: for i in 0..<n { unsafe d[i] = a[i] * a[i] }
  case .copy: unsafe d.update(from: a, count: n)
  case .multiplyAdd: for i in 0..<n { unsafe d[i] = c[i].addingProduct(a[i], b[i]) }
  case .multiplySubtract: for i in 0..<n { unsafe d[i] = c[i].addingProduct(-a[i], b[i]) }
  case .select: for i in 0..<n { unsafe d[i] = a[i] != 0 ? b[i] : c[i] }
  }
}

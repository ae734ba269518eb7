// A tile of a load that does not lie in memory as the kernel's elements do.

@inline(__always)
func fillCycled<T: Scalar>(
  _ target: UnsafeMutablePointer<T>, _ source: UnsafeMutablePointer<T>, period: Int, start: Int, count: Int
) {
  var done = 0
  var phase = start % period
  if phase == 0, 2 * period <= count {
    // Once, and then what is there doubles.
    for index in 0..<period { unsafe target[index] = source[index] }
    done = period
    while done < count {
      let n = min(done, count - done)
      unsafe (target + done).update(from: target, count: n)
      done += n
    }
  }
  while done < count {
    let n = min(period - phase, count - done)
    if n < 16 {
      for index in 0..<n { unsafe target[done + index] = source[phase + index] }
    } else {
      unsafe (target + done).update(from: source + phase, count: n)
    }
    done += n
    phase = 0
  }
}

@inline(__always)
func fillSpread<T: Scalar>(
  _ target: UnsafeMutablePointer<T>, _ source: UnsafeMutablePointer<T>, run: Int, start: Int, count: Int
) {
  var done = 0
  var element = start / run
  var left = run - start % run
  while done < count {
    let n = min(left, count - done)
    let value = unsafe source[element]
    if n <= 8 {
      // Past the run, too: the next one overwrites that, and behind the last there is room.
      unsafe store(SIMD8(repeating: value), target + done)
    } else {
      for index in 0..<n { unsafe target[done + index] = value }
    }
    done += n
    element += 1
    left = run
  }
}

@inline(never)
func fillStrided<T: Scalar>(
  _ target: UnsafeMutablePointer<T>, _ source: UnsafeMutablePointer<T>, _ lengths: [Int], _ strides: [Int], start: Int,
  count: Int
) {
  let last = lengths.count - 1
  let (inner, innerStride) = (lengths[last], strides[last])
  let (runs, runStride) = last > 0 ? (lengths[last - 1], strides[last - 1]) : (1, 0)
  var done = 0
  while done < count {
    // The position of this run: the flat index taken apart along the outer axes. Runs that follow it need no division.
    var (rest, first) = (start + done).quotientAndRemainder(dividingBy: inner)
    var offset = 0
    var run = 0
    if last > 0 {
      (rest, run) = rest.quotientAndRemainder(dividingBy: runs)
      offset = run * runStride
      for axis in Swift.stride(from: last - 2, through: 0, by: -1) {
        let (quotient, position) = rest.quotientAndRemainder(dividingBy: lengths[axis])
        offset += position * strides[axis]
        rest = quotient
      }
    }
    while run < runs && done < count {
      let n = min(inner - first, count - done)
      let from = unsafe source + offset + first * innerStride
      let to = unsafe target + done
      switch innerStride {
      case 1: for index in 0..<n { unsafe to[index] = from[index] }
      case 0: unsafe to.update(repeating: from[0], count: n)
      default: for index in 0..<n { unsafe to[index] = from[index * innerStride] }
      }
      done += n
      first = 0
      run += 1
      offset += runStride
    }
  }
}

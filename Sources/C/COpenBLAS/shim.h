#include <cblas.h>
#include <lapacke.h>

#if defined(__x86_64__)
#include <xmmintrin.h>

/// Lets this thread treat subnormal numbers as zero; gives what `restoreFloatingPoint` needs.
static inline unsigned flushSubnormalNumbers(void) {
  unsigned mode = _mm_getcsr();
  _mm_setcsr(mode | 0x8040);
  return mode;
}

static inline void restoreFloatingPoint(unsigned mode) { _mm_setcsr(mode); }
#else
static inline unsigned flushSubnormalNumbers(void) { return 0; }
static inline void restoreFloatingPoint(unsigned mode) {}
#endif
